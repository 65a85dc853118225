"""Files for the tests: made of rows, chosen on the page, brought in."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from newel.evidence.measures import measure
from newel.evidence.measures.exchange import columns
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes.exchange import queries
from newel.record.outcomes.exchange.told import told
from tests.cast import Cast

FROM = "CAMHS in Ipswich, by secure mail"


def to(name: str, child: Child, *more: object) -> str:
    return reverse(f"exchange:{name}", args=[child.public_id, *more])


def row(child: Child, id: str = "yp_core", /, **more: object) -> dict[str, object]:
    """A whole form: every question has its first answer."""
    found = measure(id)
    return {
        "form": "", "child": child.public_id, "measure": id, "version": found.version,
        "date": "2026-03-03", "answered_by": "self", "way": "paper", "language": "en",
        **{one.id: found.responses_of(one.id).values[0] for one in found.items},
        "declined": "",
    } | more  # fmt: skip


def table(*rows: Mapping[str, object]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def choose(
    client: Client, child: Child, content: bytes, name: str = "forms.csv", **more: str
) -> Any:
    """The page after a file was chosen, followed to where it leads."""
    told_of = {"source": FROM, "file": SimpleUploadedFile(name, content)} | more
    return client.post(to("choose_file", child), told_of, follow=True)


def hidden(page: Any) -> dict[str, str]:
    """What the page sends back of itself."""
    names = ("content", "name", "source", "reference")
    found = {name: _value_of(page.text, name) for name in (*names, "digest")}
    shown = {
        f"shown-{number}": "on" for number in range(1, 400) if f'name="shown-{number}"' in page.text
    }
    return found | shown


def _value_of(text: str, name: str) -> str:
    start = text.index(f'name="{name}"')
    tag = text[text.rindex("<", 0, start) : text.index(">", start)]
    return tag.partition('value="')[2].partition('"')[0] if 'value="' in tag else ""


def ticked(page: Any) -> dict[str, str]:
    return {
        f"take-{number}": "in"
        for number in range(1, 400)
        if f'id="take-{number}"' in page.text
        and "checked" in page.text.split(f'id="take-{number}"')[1].partition(">")[0]
    }


def bring(client: Client, child: Child, page: Any, **more: str) -> Any:
    """The page after the button; whatever the page has chosen stays so."""
    sent = {**hidden(page), **ticked(page), "looked": "on", "then": "bring"}
    sent |= {name.replace("_", "-") if name.startswith("take") else name: one
             for name, one in more.items()}  # fmt: skip
    return client.post(to("check_file", child), sent, follow=True)


def here(cast: Cast, child: Child) -> list[Any]:
    """Every form of the child, as a file would tell of it, without ids of its own."""
    with acting(cast.chillip.pk):
        return [
            told(one, measure(one.measure), reference="") for one in queries.forms_here(child=child)
        ]


def names(found: Sequence[columns.Column]) -> list[str]:
    return [one.name for one in found]
