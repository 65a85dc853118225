"""Where this installation keeps its own: NEWEL_DATA, by default `.newel/` in the checkout."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[4]


def data_home() -> Path:
    return Path(os.environ.get("NEWEL_DATA") or CHECKOUT / ".newel").absolute()


def built() -> Path:
    """Style sheets, scripts and fonts, made at set-up."""
    return Path(os.environ.get("NEWEL_BUILT") or CHECKOUT / "build").absolute()


def wording() -> Path | None:
    """Where the site keeps the wording of questionnaires that it has a licence for, if it has."""
    named = os.environ.get("NEWEL_WORDING")
    return Path(named).absolute() if named else None


def audit_heads(database_name: str) -> Path:
    """Where the audit's chains end, one file a database. Best kept on another disk."""
    named = os.environ.get("NEWEL_AUDIT_HEADS")
    return Path(named) if named else data_home() / f"audit-heads-{database_name}.jsonl"
