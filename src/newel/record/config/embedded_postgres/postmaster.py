"""What PostgreSQL writes about itself in postmaster.pid, and how far that can be trusted."""

import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_FILE = "postmaster.pid"


@dataclass(frozen=True)
class Written:
    pid: int
    ready: bool


def written(cluster: Path) -> Written | None:
    try:
        lines = (cluster / _FILE).read_text(encoding="utf-8", errors="replace").splitlines()
        return Written(pid=abs(int(lines[0])), ready=len(lines) > 7 and "ready" in lines[7])
    except (OSError, ValueError, IndexError):
        return None


def living_pid(cluster: Path) -> int | None:
    """The process id of a PostgreSQL that really serves this cluster."""
    found = written(cluster)
    if found and _is_alive(found.pid) and _serves(found.pid, cluster):
        return found.pid
    return None


def forget_stale(cluster: Path) -> None:
    """Removes the file where PostgreSQL would be misled by it. It sees for itself when the process
    is gone, but not when the number is another program's by now, nor when the file is empty."""
    found = written(cluster)
    if found is None or _is_alive(found.pid):
        with suppress(FileNotFoundError):
            (cluster / _FILE).unlink()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _serves(pid: int, cluster: Path) -> bool:
    """A postmaster works in its data folder, and names it when it was started."""
    working_in = Path(f"/proc/{pid}/cwd")
    if working_in.parents[1].joinpath("self").exists():
        try:
            name = working_in.with_name("comm").read_text(encoding="utf-8", errors="replace")
            return name.strip() == "postgres" and working_in.samefile(cluster)
        except OSError:  # gone, or another user's, who cannot reach a cluster of ours
            return False
    said = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return "postgres" in said and str(cluster) in said
