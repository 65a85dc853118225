"""Folders and languages as people have them."""

from pathlib import Path

import pytest

from tests.record.config.newel_processes import Processes, ask_one


@pytest.mark.parametrize(
    "name",
    ["with a space", "éàü-名前", 'it\'s "quoted" $HOME; %p', "n" * 200],
    ids=lambda n: n[:12],
)
def test_it_runs_in_a_folder_of_any_name(
    name: str, open_folder: Path, newel_process: Processes
) -> None:
    made = newel_process(open_folder / name / "data").start()
    assert made["home"] == str(open_folder / name / "data" / "postgresql")
    assert ask_one(made["service"], "SELECT 1") == 1


@pytest.mark.parametrize("language", [None, "xx_XX.UTF-8", "tr_TR.ISO-8859-9", "C"])
def test_it_runs_whatever_the_language_of_the_caller(
    language: str | None, open_folder: Path, newel_process: Processes
) -> None:
    data_home = open_folder / "Zoë Müller" / "data"
    for _ in range(2):
        made = newel_process(data_home, LANG=language, LC_ALL=language, LANGUAGE=language).start()
        assert ask_one(made["service"], "SELECT lower('ÉI')") == "éi"
        newel_process.end_all()


def test_it_takes_nothing_from_the_callers_postgresql_settings(
    data_home: Path, newel_process: Processes
) -> None:
    elsewhere = {
        "PGPORT": "1",
        "PGDATA": "/nowhere",
        "PGHOST": "elsewhere",
        "PGOPTIONS": "-c bad=1",
    }
    made = newel_process(data_home, TZ="Asia/Tokyo", **elsewhere).start()
    assert ask_one(made["service"], "SHOW timezone") == "UTC"
