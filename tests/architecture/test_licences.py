"""What Newel is built on may be shipped with it, and the list of it is whole."""

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LISTED = (ROOT / "LICENSES" / "THIRD_PARTY.md").read_text(encoding="utf-8")

# Whoever ships Newel may ship these beside it. The GPL and the AGPL are not among them. Fonts are
# under the OFL; psycopg (LGPL) is used as it comes and can be exchanged for another build of it.
MAY_BE_SHIPPED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "Zlib",
}
# What older packages write instead of a name of the SPDX list.
MEANT = {
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD license": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
}
# Read in the package's own licence file, because what it declares is a text or more than one name.
READ_BY_US = {
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "polars": "MIT",
    "qrcode": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
}


def _installed_to_run() -> list[str]:
    """The names in run.txt that this machine needs."""
    lines = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line.rstrip("\\ ")) for line in lines if re.match(r"[A-Za-z]", line)]
    return [one.name for one in pinned if one.marker is None or one.marker.evaluate()]


def _licence_of(name: str) -> str:
    if name in READ_BY_US:
        return READ_BY_US[name]
    told = distribution(name).metadata
    classified = [c.split(" :: ")[-1] for c in told.get_all("Classifier") or [] if "License" in c]
    said = told["License-Expression"] or told["License"] or " AND ".join(classified)
    return MEANT.get(said, said)


def _may_be_shipped(expression: str) -> bool:
    """One name of each choice is enough; of what is joined by AND, all are needed."""
    choices = re.split(r"\bOR\b", expression.strip("() "))
    return any(
        all(part.strip("() ") in MAY_BE_SHIPPED for part in re.split(r"\bAND\b", choice))
        for choice in choices
    )


def _node_packages() -> dict[str, str]:
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    found = locked["packages"].items()
    return {path.removeprefix("node_modules/"): one["license"] for path, one in found if path}


PYTHON = _installed_to_run()
NODE = _node_packages()


@pytest.mark.parametrize("name", PYTHON)
def test_a_python_package_that_newel_runs_on_may_be_shipped(name: str) -> None:
    assert _may_be_shipped(_licence_of(name)), _licence_of(name)


@pytest.mark.parametrize("name", NODE)
def test_a_package_that_the_screens_are_built_with_may_be_shipped(name: str) -> None:
    assert _may_be_shipped(NODE[name]), NODE[name]


@pytest.mark.parametrize("name", PYTHON)
def test_a_python_package_is_listed_with_its_licence(name: str) -> None:
    assert f"| {name} | {_licence_of(name)} |" in LISTED


@pytest.mark.parametrize("name", NODE)
def test_a_package_of_the_screens_is_listed_with_its_licence(name: str) -> None:
    family = re.sub(r"^@parcel/watcher-.*", "@parcel/watcher-*", name)
    assert f"| {family} | {NODE[name]} |" in LISTED


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0", ""])
def test_what_may_not_be_shipped_is_refused(licence: str) -> None:
    assert not _may_be_shipped(licence)


def test_of_two_licences_to_choose_from_one_is_enough() -> None:
    assert _may_be_shipped("GPL-2.0 OR MIT")
