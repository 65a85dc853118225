"""The server under test: `newel serve` with two workers, and the CPU its processes have used."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PORT = 8977
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    pid: int
    port: int = PORT

    def cpu_seconds(self) -> float:
        return sum(_cpu(pid) for pid in (self.pid, *_descendants(self.pid)))

    def sql_cpu_seconds(self) -> float:
        """Of this database alone: others may run on the machine."""
        folder = Path(os.environ["NEWEL_DATA"])
        postmaster = next(iter(folder.rglob("postmaster.pid"))).read_text().split()[0]
        return sum(_cpu(pid) for pid in (int(postmaster), *_descendants(int(postmaster))))


@contextmanager
def running() -> Iterator[Server]:
    words = [sys.executable, "-m", "newel.cli", "serve", "--port", str(PORT), "--workers", "2"]
    process = subprocess.Popen(words, env={**os.environ, "NEWEL_PLAIN_HTTP": "1"})
    try:
        _wait_until_ready()
        yield Server(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_ready() -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not come up.")


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu(pid: int) -> float:
    """Of a process and of those of its children that have ended."""
    stat = _stat(pid)
    return sum(int(one) for one in stat[11:15]) / _TICKS if stat else 0.0


def _pids() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _descendants(pid: int) -> list[int]:
    children = [one for one in _pids() if (_stat(one) or ["", "0"])[1] == str(pid)]
    return children + [deeper for child in children for deeper in _descendants(child)]
