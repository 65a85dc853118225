"""The full formulation as an accessible PDF (PDF/UA-1), by the press of the one page.

The words reach Typst as data, never as source.
"""

from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from newel.record.stairs.activators import one_page_letters as letters
from newel.record.stairs.activators.one_page_pdf import Press, each, is_marked
from newel.record.stairs.activators.presenters.formulation_parts import Document

TEMPLATE = Path(__file__).parent / "templates" / "activators" / "full_formulation.typ"
SIZE = 10.5


@cache
def _press() -> Press:
    return Press(Path(settings.NEWEL_PRINT_FONTS), TEMPLATE)


def pdf(document: Document, *, at: datetime) -> bytes:
    """As many sheets as it takes, at one size."""
    fonts = Path(settings.NEWEL_PRINT_FONTS)
    words = each(asdict(document), lambda text: letters.printable(text, fonts))
    words["mark"] = letters.NOT_IN_OUR_FONTS if is_marked(words) else ""
    try:
        return _press().print(words, (SIZE,), at)
    except typst.TypstError as refused:
        if "could not be displayed" not in refused.message:
            raise
        return _press().print(each(words, letters.plainest), (SIZE,), at)
