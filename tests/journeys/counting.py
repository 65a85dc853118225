"""What a journey asks of somebody's hands: clicks and keys. They are the same on every machine, so
a test says how many there are at most. The seconds are written down beside them and never asserted:
how long a busy machine takes is no fault of Newel's."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, Page

from newel.record.config import place

TRIES = 5
WRITTEN_IN = place.CHECKOUT / "docs" / "journeys.md"

# Kept in the tab's name: what else a tab keeps is cleared away at a change of person. A press of a
# key is one; words that the test puts into a field at once are as many keys as they have letters,
# and picking from a list is one.
COUNT = r"""
(() => {
  let [, clicks, keys] = /^counted (\d+) (\d+)$/.exec(window.name) || [0, 0, 0];
  let isDown = false;
  const keep = () => { window.name = `counted ${clicks} ${keys}`; };
  addEventListener("pointerdown", () => { clicks++; keep(); }, true);
  addEventListener("keydown", () => { keys++; isDown = true; keep(); }, true);
  addEventListener("keyup", () => { isDown = false; }, true);
  addEventListener("input", (event) => {
    if (isDown || ["radio", "checkbox", "file"].includes(event.target.type)) return;
    keys = Number(keys) + (event.data || "1").length;
    keep();
  }, true);
})();
"""


def count_in(page: Page) -> None:
    page.add_init_script(COUNT)


@contextmanager
def counted(page: Page, journey: str, *, clicks: int, keys: int) -> Iterator[None]:
    """From here to its end, the journey takes so many at most."""
    clicks_before, keys_before = so_far(page)
    began = time.monotonic()
    yield
    seconds = time.monotonic() - began
    clicks_now, keys_now = so_far(page)
    clicked, typed = clicks_now - clicks_before, keys_now - keys_before
    assert clicked <= clicks, f"{journey}: {clicked} clicks"
    assert typed <= keys, f"{journey}: {typed} keys"
    if os.environ.get("NEWEL_PICTURES"):
        row = f"| {journey} | {clicked} | {clicks} | {typed} | {keys} | {seconds:.0f} |"
        _write_down(WRITTEN_IN, journey, row)
    written = rf"\| {re.escape(journey)} \| \d+ \| {clicks} \| \d+ \| {keys} \| \d+ \|"
    document = WRITTEN_IN.read_text(encoding="utf-8")
    assert re.search(written, document), f"{WRITTEN_IN.name} is stale: run it with NEWEL_PICTURES=1"


def so_far(page: Page) -> tuple[int, int]:
    """Clicks and keys in this tab. A page on which the last click leads on is asked again."""
    for _ in range(TRIES):
        page.wait_for_load_state()
        try:
            clicks, keys = page.evaluate(
                "(/^counted (\\d+) (\\d+)$/.exec(window.name) || [0, 0, 0]).slice(1)"
            )
        except Error:
            continue
        return int(clicks), int(keys)
    raise AssertionError("No page stayed long enough to be counted on.")


def _write_down(document: Path, journey: str, row: str) -> None:
    """Only when asked to, with the pictures. The other journeys' rows stay as they are."""
    lines = document.read_text(encoding="utf-8").splitlines()
    there = [number for number, one in enumerate(lines) if one.startswith(f"| {journey} |")]
    if there:
        lines[there[0]] = row
    else:
        lines.append(row)
    document.write_text("\n".join(lines) + "\n", encoding="utf-8")
