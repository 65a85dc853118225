"""Rules of the house that no import contract and no linter knows."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from newel.record.config.place import CHECKOUT

SOURCE = CHECKOUT / "src" / "newel"
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NO_SUCH_FOLDER = {"utils", "common", "helpers", "core", "constants"}

# Parts are joined here, so that this file does not hold what it looks for.
_HOMES = "|".join(
    ("work" + "/main", "work" + "/shared", "home/" + r"\w+", "Us" + r"ers/\w+", "root" + r"/\w")
)
MACHINE_PATH = re.compile(rf"(?<![\w.~}}-])/(?:{_HOMES})")
# One host of each kind of registry, and whatever looks like a mirror of one.
_REGISTRIES = ("registry." + "npmjs", "registry." + "yarnpkg", "pypi" + r"\.org/(?:simple|pypi)",
               "files.python" + "hosted", r"artif" + "actory", r"nexus\.")  # fmt: skip
REGISTRY_HOST = re.compile("|".join(_REGISTRIES), re.IGNORECASE)
INDEX_OPTION = re.compile(r"--(?:extra-)?index-" + "url", re.IGNORECASE)

UNSAFE = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false")
# The only markup that Python hands on was drawn by a template, or by Django’s format_html.
MARKED_SAFE = re.compile(r"\bmark_safe\b|\bMarkup\(|\bSafeString\((?!\"\"\))")
INLINE_STYLE = re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE)
INLINE_SCRIPT = re.compile(
    r"<script\b(?![^>]*\bsrc\s*=)|\son[a-z]{3,}\s*=|javascript:", re.IGNORECASE
)


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def templates() -> list[Path]:
    return sorted(SOURCE.rglob("*.jinja"))


def views() -> list[Path]:
    return [
        path
        for path in python_files()
        if path.stem.endswith("views") or path.parent.name == "views"
    ]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def imported(path: Path) -> Iterator[str]:
    """Full names: `from a import b` gives a.b, because b may be the module."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_the_rules_have_something_to_look_at() -> None:
    assert len(views()) > 10
    assert len(templates()) > 30
    assert len(committed()) > 300


@pytest.mark.parametrize("path", views(), ids=short)
def test_a_view_asks_queries_and_never_models(path: Path) -> None:
    assert not [name for name in imported(path) if "models" in name.split(".")]
    assert not [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("text that is not escaped", UNSAFE),
        ("a style inside the page", INLINE_STYLE),
        ("a script inside the page", INLINE_SCRIPT),
    ],
)
def test_no_template_holds(what: str, rule: re.Pattern[str]) -> None:
    found = [short(path) for path in templates() if rule.search(path.read_text(encoding="utf-8"))]
    assert not found, what


def test_no_code_calls_its_own_text_safe() -> None:
    files = python_files()
    assert not [short(one) for one in files if MARKED_SAFE.search(one.read_text(encoding="utf-8"))]


def test_the_rules_for_templates_would_find_it() -> None:
    assert MARKED_SAFE.search('SafeString(f"<b>{name}</b>")')
    assert not MARKED_SAFE.search('SafeString("")')
    assert UNSAFE.search("{{ words | safe }}")
    assert INLINE_STYLE.search('<p style="color: red">')
    for script in ("<script>go()</script>", '<a onclick="go()">', '<a href="javascript:go()">'):
        assert INLINE_SCRIPT.search(script)
    assert not INLINE_SCRIPT.search('<script src="/static/newel.js" defer></script>')


@cache
def committed() -> list[Path]:
    """What git holds, and what is about to be added to it."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(asked, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    found = (CHECKOUT / line for line in said.stdout.splitlines())
    return [path for path in found if path.is_file()]


def lines_with(rule: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{short(path)}:{number}"
            for number, line in enumerate(text.splitlines(), 1)
            if rule.search(line)
        ]
    return found


@pytest.mark.parametrize(
    "rule", [MACHINE_PATH, REGISTRY_HOST, INDEX_OPTION], ids=["path", "registry", "index"]
)
def test_nothing_committed_names_this_machine_or_a_registry(rule: re.Pattern[str]) -> None:
    assert not lines_with(rule)


def test_the_rules_for_machines_would_find_them() -> None:
    assert MACHINE_PATH.search("see /" + "work/main/src")
    assert MACHINE_PATH.search('"/' + 'home/clara/newel"')
    assert not MACHINE_PATH.search("go to {{ url }}/home/add/ or ../" + "work" + "/main")
    assert REGISTRY_HOST.search("https://registry." + "npmjs.org/htmx")


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if "migrations" not in path.parts:
        assert lines <= LONGEST_FILE
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert not {name: length for name, length in long.items() if length > LONGEST_FUNCTION}


def test_no_room_for_what_has_no_place() -> None:
    rooms = (path for path in SOURCE.rglob("*") if path.is_dir())
    assert not [short(path) for path in rooms if path.name in NO_SUCH_FOLDER]
    assert not [short(path) for path in python_files() if path.stem in NO_SUCH_FOLDER]


def test_no_package_is_empty() -> None:
    """What is not built yet is absent from the code."""
    empty = [
        short(path.parent)
        for path in SOURCE.rglob("__init__.py")
        if not any(
            other.stat().st_size
            for other in path.parent.rglob("*")
            if other.is_file() and other.suffix != ".pyc"
        )
    ]
    assert not empty
