"""The documents may not drift: what they point to exists, and what they name has that name."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from django.apps import apps

from newel.cli import main

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "GLOSSARY.md"
WORDS_WE_AVOID = "## Words we avoid"
# [words](target) and ![words](target); what stands in code is no link.
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_COMMAND = re.compile(r"\bnewel ((?:[a-z][a-z-]+)(?: verify)?)\b")
_NAME = re.compile(r"`([A-Z][A-Za-z]+)(?:\.([a-z_]+))?`")


def documents() -> list[Path]:
    folders = (ROOT / "docs", ROOT / "LICENSES")
    return sorted([*ROOT.glob("*.md"), *(p for f in folders for p in f.rglob("*.md"))])


def _name(document: Path) -> str:
    return str(document.relative_to(ROOT))


every_document = pytest.mark.parametrize("document", documents(), ids=_name)


def _links(document: Path) -> list[str]:
    return _LINK.findall(_CODE.sub("", document.read_text(encoding="utf-8")))


@cache
def _anchors(document: Path) -> set[str]:
    """As the usual forges make them from headings."""
    headings = re.findall(r"(?m)^#+ (.+)$", document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", one).strip().lower().replace(" ", "-") for one in headings}


def _broken(document: Path) -> Iterator[str]:
    for link in _links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            yield link


@every_document
def test_every_link_and_picture_of_a_document_leads_somewhere(document: Path) -> None:
    assert list(_broken(document)) == []


@every_document
def test_every_picture_says_what_is_on_it(document: Path) -> None:
    assert "![](" not in document.read_text(encoding="utf-8")


@every_document
def test_every_command_that_a_document_shows_exists(document: Path) -> None:
    code = " ".join(_CODE.findall(document.read_text(encoding="utf-8")))
    named = set(_COMMAND.findall(code))
    assert named <= _commands(), named - _commands()


@every_document
def test_every_make_target_that_a_document_shows_exists(document: Path) -> None:
    code = " ".join(_CODE.findall(document.read_text(encoding="utf-8")))
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)", code))
    assert named <= targets, named - targets


def _commands() -> set[str]:
    inside = {
        f"{group} {verb}"
        for group, command in main.commands.items()
        if isinstance(command, click.Group)
        for verb in command.commands
    }
    return set(main.commands) | inside


@every_document
def test_no_document_names_a_folder_of_one_machine(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert not re.findall(r"/(?:home|Users|wor[k]|roo[t]|tmp)/\S*", text)


@every_document
def test_every_document_begins_with_its_title(document: Path) -> None:
    assert document.read_text(encoding="utf-8").startswith("# ")


def _glossary() -> str:
    return GLOSSARY.read_text(encoding="utf-8").partition(WORDS_WE_AVOID)[0]


def _models() -> dict[str, set[str]]:
    ours = (m for m in apps.get_models() if m.__module__.startswith("newel."))
    return {m.__name__: {f.name for f in m._meta.get_fields()} for m in ours}


def test_every_code_name_of_the_glossary_is_in_the_code() -> None:
    models = _models()
    wrong = [
        f"{model}.{field}" if field else model
        for model, field in _NAME.findall(_glossary())
        if model not in models or (field and field not in models[model])
    ]
    assert wrong == []


def test_every_kind_of_thing_that_is_kept_is_in_the_glossary() -> None:
    named = {model for model, _ in _NAME.findall(_glossary())}
    assert set(_models()) - named == set()


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    missing = [p.name for p in folder.glob("[0-9]*.md") if f"({p.name})" not in listed]
    assert missing == []


@every_document
def test_every_variable_that_a_document_names_is_read(document: Path) -> None:
    named = set(re.findall(r"\b(?:NEWEL|DATABASE)_[A-Z_]+\b", document.read_text(encoding="utf-8")))
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src" / "newel").rglob("*.py"))
    assert {name for name in named if f'"{name}"' not in code} == set()
