"""Four clients, spread over readers and children; the baseline between the pages."""

import http.client
import random
import statistics
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

from benchmarks.estate import Reader
from benchmarks.server import Server

CLIENTS = 4
PAGES = (
    *("one page", "shift", "timeline", "search", "handover"),
    *("5 Ps", "life map", "what helps"),
    *("comparison", "full formulation", "versions"),
)


@dataclass
class Measured:
    """One stretch of one page."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0


def drive(
    server: Server, readers: list[Reader], *, rounds: int, seconds: float
) -> dict[str, dict[str, float]]:
    stretches: dict[str, list[dict[str, float]]] = defaultdict(list)
    _stretch(server, readers, "baseline", 1.0)
    for page in PAGES:
        _stretch(server, readers, page, 1.0)
    for _ in range(rounds):
        for page in PAGES:
            stretches["baseline"].append(_stretch(server, readers, "baseline", seconds))
            stretches[page].append(_stretch(server, readers, page, seconds))
    return {name: _medians(rows) for name, rows in stretches.items()}


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def _stretch(server: Server, readers: list[Reader], page: str, seconds: float) -> dict[str, float]:
    measured = Measured()
    until = time.monotonic() + seconds
    cpu, sql_cpu = server.cpu_seconds(), server.sql_cpu_seconds()
    began = time.monotonic()
    clients = [
        threading.Thread(target=_client, args=(server.port, readers, page, until, measured, n))
        for n in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.monotonic() - began
    if measured.failures:
        raise SystemExit(f"{measured.failures} requests for the {page} failed.")
    count = len(measured.seconds)
    return {
        "rate": count / took,
        "p95": statistics.quantiles(measured.seconds, n=20)[-1] * 1000,
        "cpu": (server.cpu_seconds() - cpu) / count * 1000,
        "sql_cpu": (server.sql_cpu_seconds() - sql_cpu) / count * 1000,
    }


def _client(
    port: int, readers: list[Reader], page: str, until: float, measured: Measured, number: int
) -> None:
    chance = random.Random(number)
    readers = [reader for reader in readers if page in reader.addresses]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while time.monotonic() < until:
        reader = chance.choice(readers)
        began = time.monotonic()
        headers = {"Cookie": reader.cookie}
        connection.request("GET", chance.choice(reader.addresses[page]), headers=headers)
        answer = connection.getresponse()
        answer.read()
        measured.seconds.append(time.monotonic() - began)
        measured.failures += answer.status != 200
    connection.close()
