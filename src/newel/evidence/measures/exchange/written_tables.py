"""Rows of cells as CSV and as Excel. The same rows give the same bytes."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

from newel.evidence.measures.definition import Number

Cell = str | Number
Rows = Sequence[Sequence[Cell]]
# What ZIP has where no time is told: a file says nothing beside its rows.
NO_DAY = (1980, 1, 1, 0, 0, 0)
CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_of(rows: Rows) -> bytes:
    """UTF-8 without a mark. Texts are guarded by whoever made the rows."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def excel_of(sheets: Mapping[str, Rows]) -> bytes:
    """A sheet for each, by its name. Text is text: no cell is a formula or a link."""
    content = io.BytesIO()
    no_guesses = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(content, no_guesses) as book:
        book.set_properties({"created": datetime(*NO_DAY)})
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    style = bold if number == 0 else None
                    write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                    write(number, column, cell, style)
            sheet.freeze_panes(1, 0)
    return content.getvalue()
