"""A copy that leaves Newel, as Word and as PDF: what is in it, what is not, and whose it is."""

import io
import zipfile
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pypdf import PdfReader

from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.models import CopyMade
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import NOW, address, text_of
from tests.record.stairs.activators.wording import agreed

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=30)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODD = ("\u202etxet", "bell\x07 \x0b", "🙂 أحب 猫", '#image("x") {{ 7*7 }}')
FOR = "Agnes Wickfield, social worker"
OPEN_LINE = "He likes “boats” & <b>sails</b>."


@pytest.fixture
def version(cast: Cast) -> Any:
    """Statements of every level, a child's own words, a view, recommendations, an odd sign."""
    by = cast.chillip
    with acting(by.pk):
        agreed(cast.david, by, at=BEFORE, text=OPEN_LINE, kind="strength",
               five_ps=["protective"], sharing_level="child_open")  # fmt: skip
        agreed(cast.david, by, at=BEFORE, text="Tell me before you shut a door.",
               whose_words="child", said_by_role="child", sharing_level="child_open")  # fmt: skip
        agreed(cast.david, by, at=BEFORE, text="He was shut in at the school.",
               kind="understanding", area="developmental", five_ps=["predisposing"])  # fmt: skip
        agreed(cast.david, by, at=BEFORE, text="Steerforth frightens him.",
               sharing_level="restricted_third_party")  # fmt: skip
        agreed(cast.david, by, at=BEFORE, text="He tells of Tommy at night.")
        agreed(cast.david, by, at=BEFORE, text="He waits at 17 Quince Street for her.")
        formulation.view(cast.david, by, at=BEFORE, whose="child", text="That is not why.")
        formulation.recommendation(cast.david, by, at=BEFORE)
        return formulation.version(cast.david, by, at=BEFORE)


def made(client: Client, cast: Cast, version: Any, **changed: str) -> Any:
    typed = {"for_whom": FOR, "includes": "team", "kind": "word", **changed}
    answer = client.post(address("make_copy", cast.david, version.public_id), typed)
    assert answer.status_code == 302, text_of(answer)
    return client.get(answer.headers["Location"])


def parts(answer: Any) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        return {
            name: ElementTree.fromstring(file.read(name))  # noqa: S314 - made by us
            for name in file.namelist()
        }


def paragraphs(root: ElementTree.Element) -> list[tuple[str, str]]:
    """(style, words) of each."""
    found = []
    for one in root.iter(f"{W}p"):
        style = one.find(f"{W}pPr/{W}pStyle")
        words = "".join(text.text or "" for text in one.iter(f"{W}t"))
        found.append(("" if style is None else style.attrib[f"{W}val"], words))
    return found


def words_of(answer: Any) -> str:
    if answer.headers["Content-Type"] == "application/pdf":
        text = "\n".join(
            page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages
        )
    else:
        text = "\n".join(words for part in parts(answer).values() for _, words in paragraphs(part))
    return " ".join(text.replace("\u200b", "").split())


def test_the_word_file_is_whole_and_holds_what_it_should(
    version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    answer = made(signed_in(cast.chillip), cast, version)
    assert 'filename="formulation.docx"' in answer.headers["Content-Disposition"]
    found = parts(answer)
    told = paragraphs(found["word/document.xml"])
    assert told[0] == ("Heading1", "Full formulation: David")
    headings = [words for style, words in told if style == "Heading2"]
    assert headings == [
        "In a few sentences",
        "In David’s own words",
        "What keeps the child well, and strengths",
        "What sets things off, early signs, and what helps",
        "How we understand it",
        "The 5 Ps",
        "Along a life",
        "What is not agreed, and by whom",
        "Recommendations",
        "Who took part",
    ]
    bullets = [words for style, words in told if style == "ListBullet"]
    assert OPEN_LINE in bullets
    assert "“Tell me before you shut a door.”" in bullets
    assert "The child: “That is not why.”" in bullets
    named = {one.attrib[f"{W}styleId"] for one in found["word/styles.xml"].iter(f"{W}style")}
    assert {style for style, _ in told} <= named


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_every_copy_says_whose_understanding_it_is_and_when(
    kind: str, version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H15"""
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    assert text.count("Our best understanding on") >= 2  # at the head and at the foot
    for words in ("It is not a diagnosis", "Fairly sure", "David: took part directly.",
                  "In their own words:", "Jo Field, aunt", formulation.SUMMARY):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_a_copy_says_for_whom_it_is_and_who_made_it_at_its_foot(
    kind: str, version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    assert f"For {FOR}. Made by Sam Chillip" in text
    assert "David, version 1" in text


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_what_is_held_back_is_in_no_copy_and_is_counted(
    kind: str, version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H6, H8: neither what is about somebody else, nor another child's name, nor an address."""
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    for words in ("Steerforth", "Tommy", "Quince"):
        assert words not in text
    assert "3 statements are held back from this copy." in text
    assert "He was shut in at the school." in text


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_the_least_is_only_what_the_child_may_read(
    kind: str, version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H6"""
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind, includes="child_open"))
    for words in ("shut in at the school", formulation.SUMMARY, "A walk every morning", "not why"):
        assert words not in text
    assert "Jo Field" not in text and "aunt" in text
    assert "4 statements are held back from this copy." in text
    assert "1 view that is not agreed is held back from this copy." in text
    assert "The summary is held back from this copy." in text
    assert "Tell me before you shut a door." in text


def test_the_least_is_what_the_form_offers_first(
    version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    page = address("make_copy", cast.david, version.public_id)
    shown = signed_in(cast.chillip).get(page).content.decode()
    checked = [part for part in shown.split("<input")[1:] if " checked" in part.split(">")[0]]
    assert any('value="child_open"' in one for one in checked)
    assert not any('value="team"' in one for one in checked)


def test_for_whom_has_to_be_said(version: Any, cast: Cast, signed_in: type[Client]) -> None:
    page = address("make_copy", cast.david, version.public_id)
    shown = text_of(signed_in(cast.chillip).post(page, {"includes": "team", "kind": "pdf"}))
    assert "Enter who it is for" in shown
    with acting(cast.chillip.pk):
        assert not CopyMade.objects.exists()


def test_a_copy_is_in_the_audit_and_on_the_page_of_the_version(
    version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H23"""
    made(signed_in(cast.chillip), cast, version)
    with acting(cast.chillip.pk):
        acts = list(AuditEvent.objects.order_by("-id").values_list("act", flat=True)[:2])
    assert acts == ["export", "make_copy"]
    shown = text_of(signed_in(cast.trotwood).get(address("formulation", cast.david)))
    assert f"Word, for {FOR}" in shown


def test_printing_the_page_is_in_the_audit(
    version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H30"""
    page = address("version", cast.david, version.public_id)
    assert signed_in(cast.peggotty).get(f"{page}?printed").status_code == 204
    with acting(cast.chillip.pk):
        told = AuditEvent.objects.order_by("-id").values_list("act", "actor")[0]
    assert told == ("print", cast.peggotty.pk)


def test_a_copy_is_fetched_only_by_who_made_it(
    version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    made(signed_in(cast.chillip), cast, version)
    with acting(cast.chillip.pk):
        page = address("copy", cast.david, CopyMade.objects.get().public_id)
    assert signed_in(cast.trotwood).get(page).status_code == 404
    assert signed_in(cast.peggotty).get(page).status_code == 403


def test_an_old_copy_is_made_anew(version: Any, cast: Cast, signed_in: type[Client]) -> None:
    """What was in it may not be so any more."""
    with acting(cast.chillip.pk):
        old = actions.make_copy(
            version=version, for_whom=FOR, includes="team", kind="pdf", by=cast.chillip,
            at=NOW - timedelta(hours=2),
        )  # fmt: skip
    answer = signed_in(cast.chillip).get(address("copy", cast.david, old.public_id))
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/copy/")


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_a_past_version_says_that_it_is_past_at_the_head_and_at_every_foot(
    kind: str, version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H2"""
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=NOW)
    answer = made(signed_in(cast.chillip), cast, version, kind=kind)
    text = words_of(answer)
    assert "This is past. It was our best understanding from" in text
    pages = len(PdfReader(io.BytesIO(answer.content)).pages) if kind == "pdf" else 1
    assert text.count("PAST. It no longer counts.") == pages


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_what_is_no_longer_so_says_so_in_a_copy_made_today(
    kind: str, version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H2"""
    with acting(cast.chillip.pk):
        one = cast.david.statement_rows.get(text="He was shut in at the school.")
        actions.retire_statement(statement=one, because="It was an inn.", by=cast.chillip, at=NOW)
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    assert text.index("No longer so, or put in other words, since this was agreed") < text.index(
        "at the school"
    )
    assert "It was an inn." in text


def test_the_pdf_is_tagged_titled_and_says_its_language(
    version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    answer = made(signed_in(cast.chillip), cast, version, kind="pdf")
    reader = PdfReader(io.BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB"
    assert reader.metadata and reader.metadata.title == "Full formulation: David"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert 'filename="formulation.pdf"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("kind", ["word", "pdf"])
@pytest.mark.parametrize(
    "odd", ["\u202etxet", "bell\x07 \x0b", "🙂 أحب 猫", '#image("x") {{ 7919*7919 }}']
)
def test_odd_signs_break_no_copy_and_become_no_markup(
    odd: str, kind: str, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=BEFORE, text=f"Before {odd} after.")
        version = formulation.version(cast.david, cast.chillip, at=BEFORE)
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    assert "Before" in text and "after." in text and "62710561" not in text
    if "image" in odd:
        assert '#image("x") {{ 7919*7919 }}' in text


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_120_statements_are_all_there(kind: str, cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        for number in range(120):
            kind_of_it = "understanding" if number % 2 else "sets_off"
            text = f"He reads book {number}."
            agreed(cast.david, cast.chillip, at=BEFORE, text=text, kind=kind_of_it)
        version = formulation.version(cast.david, cast.chillip, at=BEFORE)
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    assert all(f"He reads book {number}." in text for number in range(120))


def test_a_diagnosis_is_neither_asked_for_nor_the_title(
    version: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H15"""
    client = signed_in(cast.chillip)
    for name in ("formulation", "agree_formulation", "write_recommendation"):
        page = client.get(address(name, cast.david)).content.decode()
        said = page[page.index("<main") :].casefold().replace("it is not a diagnosis", "")
        assert "diagnos" not in said, name
