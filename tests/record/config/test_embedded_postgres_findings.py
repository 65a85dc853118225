"""What `newel doctor` says about the embedded PostgreSQL."""

import socket
from pathlib import Path
from typing import Any

import pytest

from newel.record.config.embedded_postgres import Finding, binaries, status
from newel.record.config.embedded_postgres.places import Places
from tests.record.config.newel_processes import Processes


def wrong(data_home: Path) -> list[str]:
    return [found.sentence for found in status(data_home) if not found.ok]


def test_a_new_folder_is_in_order_and_nothing_is_made(data_home: Path) -> None:
    assert status(data_home) == [
        Finding(True, f"PostgreSQL {binaries.version()} is installed with Newel."),
        Finding(True, f"The folder {data_home} can be written to."),
        Finding(True, f"There is no database in {data_home} yet. The first start makes it."),
    ]
    assert not data_home.exists()


def test_a_running_one_is_named_with_its_port_and_one_that_hangs_too(
    data_home: Path, newel_process: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = newel_process(data_home).start(durable=True)
    assert wrong(data_home) == []
    assert status(data_home)[-1].sentence == f"PostgreSQL runs on 127.0.0.1:{made['port']}."
    monkeypatch.setattr("newel.record.config.embedded_postgres.ports.answers", lambda port: False)
    assert "should answer on 127.0.0.1" in wrong(data_home)[0]


def test_one_that_is_not_safe_in_a_power_cut_is_named(running: dict[str, Any]) -> None:
    assert "a power cut would lose data" in wrong(running["data_home"])[0]


def test_what_is_wrong_with_a_stopped_one_is_said(
    data_home: Path, newel_process: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = newel_process(data_home).start()["port"]
    newel_process.end_all()
    where = Places(data_home)
    assert status(data_home)[-1].sentence.startswith("PostgreSQL is not running. It starts")
    with socket.create_server(("127.0.0.1", port)):
        assert f"another program has taken its port {port}" in status(data_home)[-1].sentence
    where.secrets.chmod(0o644)
    assert "Run chmod 600" in wrong(data_home)[0]
    where.secrets.unlink()
    assert "is missing. Put that file back" in wrong(data_home)[0]
    (where.cluster / "PG_VERSION").write_text("15\n")
    assert "The data in" in wrong(data_home)[1]
    assert "is of PostgreSQL 15" in wrong(data_home)[1]


def test_a_file_in_the_place_of_the_folder_is_named(open_folder: Path) -> None:
    (open_folder / "file").write_text("")
    assert wrong(open_folder / "file" / "data") == [
        f"{open_folder}/file is a file, and the data needs a folder there."
    ]


def test_a_missing_install_is_named(data_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "The embedded PostgreSQL is not installed. Run make install" in wrong(data_home)[0]
