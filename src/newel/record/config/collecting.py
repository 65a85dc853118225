"""Static files, fingerprinted and compressed once for what is built, not at every start."""

import hashlib
from importlib.metadata import version
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from newel.record.config.embedded_postgres import locks

_STAMP = ".collected"
_AT_MOST = 120.0


def collect() -> None:
    """Files of an earlier build stay: a server that runs, and a page that is open, need them."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with locks.held(root.parent / ".collecting.lock", locks.EXCLUSIVE, seconds=_AT_MOST):
        now = _fingerprint(Path(settings.STATICFILES_DIRS[0]))
        stamp = root / _STAMP
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
        stamp.write_text(now)


def _fingerprint(built: Path) -> str:
    seen = hashlib.sha256(version("django-htmx").encode())
    for path in sorted(built.rglob("*")):
        facts = path.stat()
        seen.update(f"{path.relative_to(built)} {facts.st_size} {facts.st_mtime_ns}".encode())
    return seen.hexdigest()
