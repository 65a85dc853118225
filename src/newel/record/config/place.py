"""Where this installation keeps what is its own: NEWEL_DATA, by default `.newel/` in the checkout."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[4]


def data_home() -> Path:
    return Path(os.environ.get("NEWEL_DATA") or CHECKOUT / ".newel").absolute()


def built() -> Path:
    """Style sheets, scripts and fonts, made at set-up."""
    return Path(os.environ.get("NEWEL_BUILT") or CHECKOUT / "build").absolute()
