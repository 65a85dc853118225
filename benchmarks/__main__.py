"""`make bench`: the demo estate plus 500 made-up children, two workers, four clients.

Each page is driven in turn with the baseline page (baseline, page, baseline, page …), and what
counts is the ratio to it: seconds differ between machines, the ratio hardly does.
"""

import argparse
import os
import sys
from pathlib import Path

from newel.record.config import starting

TARGETS = {
    "one page": 6.0,
    "shift": 8.0,
    "timeline": 8.0,
    "5 Ps": 8.0,
    "life map": 8.0,
    "what helps": 8.0,
    "search": 3.0,
    "handover": 8.0,
    "comparison": 8.0,  # of 120 statements
}


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("--children", type=int, default=500)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=3.0)
    asked.add_argument("--data", type=Path, default=Path("benchmarks/results/newel"))
    options = asked.parse_args()
    os.environ["NEWEL_DATA"] = str(options.data.absolute())
    starting.in_demo_mode()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    from benchmarks import driving, estate, server

    signed_in = estate.prepare(options.children)
    with server.running() as running:
        rows = driving.drive(running, signed_in, rounds=options.rounds, seconds=options.seconds)
    return report(rows)


def report(rows: dict[str, dict[str, float]]) -> int:
    base = rows["baseline"]
    print(
        f"{'page':<17} {'req/s':>8} {'p95 ms':>8} {'CPU ms':>8} {'SQL CPU':>8} {'ratio':>7} target"
    )
    missed = 0
    for name, row in rows.items():
        ratio = (row["cpu"] + row["sql_cpu"]) / (base["cpu"] + base["sql_cpu"])
        target = TARGETS.get(name)
        missed += bool(target and ratio > target)
        print(
            f"{name:<17} {row['rate']:>8.1f} {row['p95']:>8.1f} {row['cpu']:>8.2f}"
            f" {row['sql_cpu']:>8.2f} {ratio:>7.2f} {f'≤ {target:g}' if target else ''}"
            f"   rate ratio {base['rate'] / row['rate']:.2f},"
            f" p95 ratio {row['p95'] / base['p95']:.2f}"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
