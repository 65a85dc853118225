"""Why a file is not read, and what is the same for every kind of file."""

from collections import Counter
from collections.abc import Sequence

import polars as pl


class FileRefused(ValueError):
    """The file cannot be read or written, and why, in a sentence."""


def headed(table: pl.DataFrame, names: Sequence[str], file: str) -> pl.DataFrame:
    """Named columns, no blank rows at the end, no nameless columns with nothing in them.

    table: text, without the row of headings; names: what stands in that row, a name a column.
    Raises FileRefused for a name that stands twice.
    """
    table = table.head(_last_used(table))
    stripped = [name.strip() for name in names]
    kept = [n for n, name in enumerate(stripped) if name or _holds_anything(table.to_series(n))]
    named = [stripped[n] or f"column_{n + 1}" for n in kept]
    _refuse_twice(named, file)
    table = table[:, kept]
    table.columns = named
    return table


def _last_used(table: pl.DataFrame) -> int:
    height = table.height
    while height and not any((cell or "").strip() for cell in table.row(height - 1)):
        height -= 1
    return height


def _holds_anything(column: pl.Series) -> bool:
    return bool((column.str.strip_chars() != "").any())


def _refuse_twice(names: Sequence[str], file: str) -> None:
    twice = [name for name, number in Counter(names).items() if number > 1]
    if twice:
        raise FileRefused(
            f"{file} has a column twice: {', '.join(twice)}. Which of them counts cannot be "
            "known, so nothing was scored."
        )
