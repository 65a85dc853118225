"""The passwords and keys of this installation, made once and kept beside the data."""

import json
import os
import secrets as randomness
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError


@dataclass(frozen=True)
class Secrets:
    """Kept out of `repr`, so that no traceback or log shows one."""

    superuser_password: str = field(repr=False)
    owner_password: str = field(repr=False)
    service_password: str = field(repr=False)
    django_secret_key: str = field(repr=False)
    audit_key: str = field(repr=False)


def load(path: Path) -> Secrets:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Secrets(**{each.name: kept[each.name] for each in fields(Secrets)})
    except PermissionError:
        raise EmbeddedPostgresError(
            f"The secrets file {path} belongs to another user. Run Newel as the user who made it."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise EmbeddedPostgresError(
            f"The secrets file {path} is damaged. Put it back from a backup."
        ) from None


def make(path: Path) -> Secrets:
    made = Secrets(**{each.name: randomness.token_urlsafe(48) for each in fields(Secrets)})
    being_made = path.with_name(f"{path.name}.{randomness.token_hex(4)}")
    descriptor = os.open(being_made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(made), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    being_made.rename(path)
    return made


def readable_by_others(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)
