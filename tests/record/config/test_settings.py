"""What the settings make of the environment."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.record.config.newel_command import SetUp

AWAY = "postgresql://newel_service:p%40ss@db.example:6543/the%20record?sslmode=verify-full"
KEYS = {"NEWEL_SECRET_KEY": "a" * 50, "NEWEL_AUDIT_KEY": "b" * 50}
ASK = """
import json
from newel.record.config import settings as s
print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}, default=str))
"""


@pytest.fixture
def settings_with(tmp_path: Any) -> Any:
    def ask(**environment: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-c", ASK],
            env=SetUp(tmp_path).environment(DATABASE_URL=AWAY, **KEYS, **environment),
            capture_output=True,
            text=True,
            check=True,
        )
        read: dict[str, Any] = json.loads(done.stdout)
        return read

    return ask


def test_a_database_of_ones_own_is_asked_as_its_address_says(settings_with: Any) -> None:
    database = settings_with()["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"], database["PASSWORD"]) == (
        "db.example",
        6543,
        "the record",
        "p@ss",
    )
    assert database["OPTIONS"]["sslmode"] == "verify-full"


def test_in_service_nothing_goes_over_a_plain_line(settings_with: Any) -> None:
    told = settings_with()
    assert told["DEBUG"] is False
    assert told["SESSION_COOKIE_SECURE"] and told["CSRF_COOKIE_SECURE"]
    assert told["SESSION_COOKIE_HTTPONLY"] and told["SECURE_HSTS_SECONDS"] >= 31536000
    assert told["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False
    assert told["NEWEL_DEMO"] is False


@pytest.mark.parametrize("variable", ["NEWEL_DEMO", "NEWEL_PLAIN_HTTP"])
def test_on_ones_own_machine_a_plain_line_will_do(variable: str, settings_with: Any) -> None:
    assert not settings_with(**{variable: "1"})["SESSION_COOKIE_SECURE"]


def test_each_database_has_an_audit_file_of_its_own(settings_with: Any) -> None:
    assert settings_with()["NEWEL_AUDIT_HEADS"].endswith("audit-heads-the record.jsonl")
    assert settings_with(NEWEL_AUDIT_HEADS="/mnt/heads")["NEWEL_AUDIT_HEADS"] == "/mnt/heads"


def test_only_hosts_that_are_named_are_answered(settings_with: Any) -> None:
    assert settings_with()["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    named = settings_with(NEWEL_HOSTS="newel.example", NEWEL_ORIGINS="https://newel.example")
    assert named["ALLOWED_HOSTS"] == ["newel.example"]
    assert named["CSRF_TRUSTED_ORIGINS"] == ["https://newel.example"]
