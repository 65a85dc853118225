"""A million EssenCES forms scored by a library call, beside reading the same file with Polars.

    python -m benchmarks.measures

Beside it, where they are installed: R's psych::scoreItems (Debian: r-cran-psych) on the same file,
and scorify (a package of Python's index) on fewer forms, because it goes row by row. Ratios are
of one run on one machine; each is the best of several rounds, the two taken in turn.
"""

import argparse
import csv
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import polars as pl

from newel.evidence.measures import commands, measure
from newel.evidence.measures.faults import checked
from newel.evidence.measures.files import read_table
from newel.evidence.measures.tables import score_table

TARGET = 2.0  # scoring, as a multiple of reading
FORMS = 1_000_000
FORMS_FOR_SCORIFY = 20_000
PSYCH = """
suppressPackageStartupMessages(library(psych))
answers <- read.csv(commandArgs(TRUE)[1])
key <- read.csv(commandArgs(TRUE)[2])
keys <- lapply(split(key$item, key$subscale), identity)
items <- answers[, unique(sub("-", "", key$item))]
for (method in c("none", "median")) {
  spent <- system.time(scoreItems(keys, items, totals = TRUE, impute = method, missing = TRUE,
                                  min = 0, max = 4))
  cat(method, spent[["elapsed"]], "\\n")
}
"""


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.measures")
    asked.add_argument("--forms", type=int, default=FORMS)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--scorify", help="a Python that has scorify, if it is not this one")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return compare(
            Path(folder), forms=options.forms, rounds=options.rounds, other=options.scorify
        )


def compare(folder: Path, *, forms: int, rounds: int, other: str | None) -> int:
    path = folder / "essences.csv"
    write_forms(path, forms)
    found, table = measure("essences"), pl.read_csv(path)
    reading, scoring = in_turn(rounds, lambda: pl.read_csv(path), lambda: score_table(found, table))
    print(f"{forms} EssenCES forms; reading them with Polars = 1.00 ({reading:.3f} s)")
    ratio = scoring / reading
    said(f"scoring them (≤ {TARGET:g})", scoring, ratio)
    reading, text, whole, command = in_turn(
        max(2, rounds - 2),
        lambda: pl.read_csv(path),
        lambda: read_table(path),
        lambda: score_table(found, checked(found, read_table(path)).table),
        lambda: commands.score(
            "essences", path, folder / "scores.csv", say=lambda _: None, complain=print
        ),
    )
    said("reading as text, with torn lines refused", text, text / reading)
    said("and checking, scoring", whole, whole / reading)
    said("the command: and writing", command, command / reading)
    beside_psych(folder, path, scoring)
    beside_scorify(folder, scoring / forms, other or sys.executable)
    return int(ratio > TARGET)


def in_turn(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The best time of each, each round doing all of them: a slow minute is everybody's."""
    times = [[timed(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def said(what: str, seconds: float, ratio: float, of: str = "reading") -> None:
    print(f"  {what:<44} {seconds:>9.3f} s {ratio:>9.2f} × {of}")


def write_forms(path: Path, forms: int) -> None:
    """Answers of 0 to 4, one in fifteen left out; the same every time."""
    chance = random.Random(17)
    ids = [one.id for one in measure("essences").items]
    columns: dict[str, list[int | None]] = {
        id: chance.choices([0, 1, 2, 3, 4, None], [14, 14, 14, 14, 14, 5], k=forms) for id in ids
    }
    pl.DataFrame({"id": range(forms), **columns}).write_csv(path)


def beside_psych(folder: Path, path: Path, scoring: float) -> None:
    """impute = "none" leaves gaps out as we do; "median" is what psych does unless told."""
    if shutil.which("Rscript") is None:
        print("  psych::scoreItems: no R on this machine")
        return
    script, key = folder / "psych.R", folder / "key.csv"
    script.write_text(PSYCH, encoding="utf-8")
    with key.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("subscale", "item"))
        for one in measure("essences").subscales:
            rows.writerows((one.id, f"-{id}" if id in one.reversed else id) for id in one.items)
    done = subprocess.run(
        ["Rscript", str(script), str(path), str(key)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"  psych::scoreItems: not to be had ({done.stderr.strip().splitlines()[-1]})")
        return
    for line in done.stdout.splitlines():
        method, seconds = line.split()
        what = f"psych::scoreItems, impute = {method}"
        said(what, float(seconds), float(seconds) / scoring, "our scoring")


SCORIFY = """
import csv, io, sys, time
from scorify import datafile, scorer, scoresheet
sheet = scoresheet.Reader(csv.reader(open(sys.argv[2]))).read_into_scoresheet()
rows = list(csv.reader(open(sys.argv[1])))
began = time.perf_counter()
data = datafile.Datafile(iter(rows), sheet.layout_section, sheet.rename_section)
data.read()
scored = scorer.Scorer.score(data, sheet.transform_section, sheet.score_section)
scorer.Scorer.add_measures(scored, sheet.aggregator_section)
assert len(scored) == len(rows) - 1
print(time.perf_counter() - began)
"""


def beside_scorify(folder: Path, a_form: float, python: str) -> None:
    """a_form: the seconds that one form takes here. scorify is measured on fewer forms."""
    path, sheet, script = (folder / name for name in ("few.csv", "sheet.csv", "scorify_bench.py"))
    write_forms(path, FORMS_FOR_SCORIFY)
    script.write_text(SCORIFY, encoding="utf-8")
    with sheet.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_sheet())
    done = subprocess.run(
        [python, str(script), str(path), str(sheet)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said_last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"  scorify: not to be had ({said_last})")
        return
    seconds = float(done.stdout)
    ratio = seconds / FORMS_FOR_SCORIFY / a_form
    said(f"scorify, {FORMS_FOR_SCORIFY} forms", seconds, ratio, "our scoring, a form")


def _sheet() -> list[list[str]]:
    """What scorify calls a scoresheet."""
    found = measure("essences")
    rows = [["layout", "header"], ["layout", "data"], ["transform", "same", "map(0:4,0:4)"]]
    rows += [["transform", "turned", "map(0:4,4:0)"]]
    for one in found.subscales:
        rows += [
            ["score", id, one.id, "turned" if id in one.reversed else "same"] for id in one.items
        ]
        rows.append(["aggregator", f"{one.id}_score", f"sum_imputed({one.id})"])
    return rows


if __name__ == "__main__":
    sys.exit(main())
