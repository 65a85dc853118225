"""What `assets/build.py` made. `make install` runs it before any test."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from pytest_django.fixtures import Settings

from newel.record.design_system.storage import FingerprintedFiles

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "build" / "static"
FONTS = ROOT / "build" / "fonts"


def build() -> subprocess.CompletedProcess[str]:
    script = ROOT / "assets" / "build.py"
    return subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)


def test_a_second_build_does_nothing() -> None:
    build()
    made = (STATIC / "newel" / "newel.css").stat().st_mtime_ns
    started = time.perf_counter()
    build()
    assert time.perf_counter() - started < 2
    assert (STATIC / "newel" / "newel.css").stat().st_mtime_ns == made


def test_the_lock_names_no_registry_and_proves_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if "integrity" not in package] == []


def test_every_package_is_pinned() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert [v for v in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []


def test_the_macros_and_the_styles_are_of_one_version() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert wanted["nhsuk-frontend"] == "10.6.1"
    assert "nhsuk-frontend-jinja==0.10.2" in (ROOT / "requirements" / "run.in").read_text()


def test_the_style_sheet_asks_nobody_else_for_anything() -> None:
    css = (STATIC / "newel" / "newel.css").read_text()
    assert re.findall(r"url\([\"']?(?:https?:)?//", css) == []
    assert "@import" not in css
    assert "frutiger" not in css.lower()


def test_every_font_has_its_licence_beside_it() -> None:
    for folder in (FONTS, STATIC / "newel" / "fonts"):
        fonts = [f.stem.lower() for f in folder.iterdir() if f.suffix in {".ttf", ".woff2"}]
        licences = [f.name.removesuffix(".OFL.txt") for f in folder.glob("*.OFL.txt")]
        assert fonts
        for font in fonts:
            plain = font.replace("-", "")
            assert any(plain.startswith(name.replace("-", "")) for name in licences), font
        for text in folder.glob("*.OFL.txt"):
            assert "SIL Open Font License" in text.read_text(encoding="utf-8")


def test_every_file_can_be_fingerprinted_and_names_only_files_that_are_there(
    tmp_path: Path, settings: Settings
) -> None:
    """What `collectstatic` does in service: it fails on a name that leads nowhere."""
    storage = FingerprintedFiles(location=tmp_path, base_url="/static/")
    found = {}
    for finder in (FileSystemFinder(), AppDirectoriesFinder()):
        for path, source in finder.list([".*"]):
            found.setdefault(path, (source, path))
            with source.open(path) as file:
                storage.save(path, file)
    results = list(storage.post_process(found))
    assert [str(done) for _, _, done in results if isinstance(done, Exception)] == []
    main = (tmp_path / storage.hashed_files["newel/js/newel.js"]).read_text()
    assert re.findall(r'from "\./keep-words\.[0-9a-f]{12}\.js"', main)


@pytest.mark.parametrize("name", ["newel.js", "keep-words.js", "nhsuk-frontend.js"])
def test_no_script_names_a_source_map_that_is_not_there(name: str) -> None:
    assert "sourceMappingURL" not in (STATIC / "newel" / "js" / name).read_text()


KEEPS_NO_WORDS = {"print.js"}  # which page was printed and by whom, until the audit has heard it


def test_what_is_typed_is_stored_nowhere() -> None:
    for script in (ROOT / "assets" / "js").glob("*.js"):
        stores = re.search(r"(localStorage|sessionStorage)\.setItem|indexedDB", script.read_text())
        assert not stores or script.name in KEEPS_NO_WORDS, script.name
