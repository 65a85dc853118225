"""Folders and languages as people have them."""

from pathlib import Path

import pytest

from tests.record.config.newel_processes import Processes, ask_one, postmaster_pid

ODD_NAMES = ["Zoë's folder", 'it is "odd" $HOME; %p éàü-名前 ' + "n" * 160]
CALLERS: dict[str, dict[str, str | None]] = {
    "no language": {"LANG": None, "LC_ALL": None, "LANGUAGE": None},
    "a language that is not installed": {"LANG": "xx_XX.UTF-8", "LC_ALL": "tr_TR.ISO-8859-9"},
    "settings for another PostgreSQL": {
        "PGPORT": "1",
        "PGDATA": "/nowhere",
        "PGHOST": "elsewhere",
        "PGOPTIONS": "-c bad=1",
        "TZ": "Asia/Tokyo",
    },
}


def environment_of(pid: int) -> set[str]:
    said = Path(f"/proc/{pid}/environ").read_bytes().decode()
    return {each.partition("=")[0] for each in said.split("\0") if each}


@pytest.mark.parametrize("name", ODD_NAMES, ids=["short", "200 bytes"])
def test_it_runs_in_a_folder_of_any_name(
    name: str, open_folder: Path, newel_process: Processes
) -> None:
    made = newel_process(open_folder / name / "data").start()
    assert made["home"] == str(open_folder / name / "data" / "postgresql")
    assert ask_one(made["service"], "SELECT 1") == 1


def test_the_longest_odd_name_has_200_characters_or_more(open_folder: Path) -> None:
    assert len(str(open_folder / ODD_NAMES[-1] / "data")) >= 200


@pytest.mark.parametrize("caller", CALLERS)
def test_it_runs_whatever_the_environment_of_the_caller(
    caller: str, open_folder: Path, newel_process: Processes
) -> None:
    data_home = open_folder / "Zoë Müller" / "data"
    for _ in range(2):
        made = newel_process(data_home, environment=CALLERS[caller]).start()
        assert ask_one(made["service"], "SELECT lower('ÉI')") == "éi"
        assert environment_of(postmaster_pid(made["home"])) == {"PATH", "LC_ALL", "TZ", "HOME"}
        newel_process.end_all()
