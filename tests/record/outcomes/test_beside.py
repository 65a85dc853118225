"""A picture and a recording beside a question: shown to whoever answers it, and to nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from newel import definitions
from newel.evidence.measures import measure, measures
from newel.evidence.measures.site_files import what_is_wrong
from newel.record.access.transactions import acting
from newel.record.outcomes import actions
from newel.record.outcomes.drawings import own_drawings
from newel.record.outcomes.models import Form
from newel.record.outcomes.wording import wording as wording_of
from tests.cast import Cast
from tests.record.outcomes.asking import form
from tests.record.outcomes.worded import DRAWING, drawing, recording, wording

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
PICTURE, OPTION, SOUND = "/answer/picture/1/", "/answer/picture/1-2/", "/answer/recording/2/"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.NEWEL_WORDING = tmp_path
    wording(
        tmp_path, "yp_core", "en",
        pictures={
            "items": {"yp_core_01": {"file": drawing(tmp_path, "a.svg"), "alt": "A door"}},
            "options": {"how_often": {1: {"file": "a.svg", "decorative": True}}},
        },
        recordings={"yp_core_02": recording(tmp_path, "b.ogg")},
    )  # fmt: skip
    return tmp_path


@pytest.fixture
def begun(cast: Cast, folder: Path) -> Form:
    with acting(cast.chillip.pk):
        return form(cast.david, cast, at=datetime.now(UTC))


@pytest.fixture
def tablet(begun: Form, cast: Cast) -> Client:
    with acting(cast.chillip.pk):
        secret = actions.hand_over(form=begun, by=cast.chillip, at=datetime.now(UTC))
    opened = Client()
    opened.cookies["newel_sitting"] = secret
    opened.post("/answer/begin/")
    return opened


def for_staff(kind: str, part: object, language: str = "en") -> str:
    return reverse(f"outcomes:wording_{kind}", args=["yp_core", language, part])


def test_a_question_shows_its_picture_with_what_it_shows(tablet: Client) -> None:
    page = tablet.get("/answer/question/1/").content.decode()
    assert f'src="{PICTURE}" alt="A door"' in page
    assert f'src="{OPTION}" alt=""' in page
    assert page.count("<img") == 2
    sent = tablet.get(PICTURE)
    assert sent.content.decode() == DRAWING
    assert sent.headers["Content-Type"] == "image/svg+xml"
    assert sent.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert (sent.headers["X-Content-Type-Options"], sent.headers["Cache-Control"]) == (
        "nosniff",
        "no-store",
    )


def test_a_recording_is_played_instead_of_a_voice_and_without_script(tablet: Client) -> None:
    page = tablet.get("/answer/question/2/").content.decode()
    assert "<audio controls" in page and f'src="{SOUND}"' in page
    assert "data-read-aloud" not in page
    assert "data-read-aloud" in tablet.get("/answer/question/1/").content.decode()
    assert (
        "media-src 'self'" in tablet.get("/answer/question/2/").headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize(
    ("asked", "status", "sent", "said"),
    [
        ("bytes=0-3", 206, b"OggS", "bytes 0-3/204"),
        ("bytes=202-", 206, bytes([198, 199]), "bytes 202-203/204"),
        ("bytes=-1", 206, bytes([199]), "bytes 203-203/204"),
        ("bytes=0-9999", 206, b"OggS" + bytes(range(200)), "bytes 0-203/204"),
        ("bytes=900-", 416, b"", "bytes */204"),
        ("bytes=-", 200, b"OggS" + bytes(range(200)), None),
        ("lines=1-2", 200, b"OggS" + bytes(range(200)), None),
    ],
)
def test_a_recording_comes_in_the_parts_that_a_tablet_asks_for(
    tablet: Client, asked: str, status: int, sent: bytes, said: str | None
) -> None:
    got = tablet.get(SOUND, headers={"range": asked})
    assert (got.status_code, got.content, got.headers.get("Content-Range")) == (status, sent, said)


@pytest.mark.parametrize("address", [PICTURE, OPTION, SOUND])
def test_nobody_without_the_sitting_gets_a_file(address: str, tablet: Client, cast: Cast) -> None:
    """H5"""
    for stranger in (Client(), _with_a_guess()):
        assert stranger.get(address).status_code == 302
    tablet.post("/answer/stop/")
    assert tablet.get(address).status_code == 410


def _with_a_guess() -> Client:
    guessing = Client()
    guessing.cookies["newel_sitting"] = "a guess"
    return guessing


def test_no_file_is_sent_before_what_is_said_first(begun: Form, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        secret = actions.hand_over(form=begun, by=cast.chillip, at=datetime.now(UTC))
    opened = Client()
    opened.cookies["newel_sitting"] = secret
    assert opened.get(PICTURE).status_code == 404
    assert opened.get(SOUND).status_code == 404


@pytest.mark.parametrize("part", ["0", "2", "11", "999", "1-1", "1-9", "1-2-3", "x", "²"])
def test_only_what_stands_beside_a_question_is_sent(tablet: Client, part: str) -> None:
    assert tablet.get(f"/answer/picture/{part}/").status_code in (302, 404)


def test_a_file_that_was_changed_into_something_else_is_not_sent(
    tablet: Client, folder: Path
) -> None:
    """H5: the wording is refused anew, and our labels stand there."""
    (folder / "a.svg").write_text("<svg onload='x()'/>", encoding="utf-8")
    assert tablet.get(PICTURE).status_code == 404
    assert "a.svg" not in tablet.get("/answer/question/1/").content.decode()


def test_those_who_give_questionnaires_see_and_hear_the_same(
    begun: Form, cast: Cast, signed_in: SignedIn
) -> None:
    worker = signed_in(cast.chillip)
    address = reverse("outcomes:answer", args=[cast.david.public_id, begun.public_id])
    page = worker.get(address).content.decode()
    assert f'src="{for_staff("picture", "1")}" alt="A door"' in page
    assert f'src="{for_staff("recording", 2)}"' in page
    assert worker.get(for_staff("picture", "1-2")).content.decode() == DRAWING
    assert worker.get(for_staff("recording", 2)).headers["Content-Type"] == "audio/ogg"
    for missing in (
        for_staff("picture", "3"),
        for_staff("recording", 1),
        for_staff("picture", "1", "cy"),
        for_staff("picture", "1").replace("yp_core", "nothing"),
    ):
        assert worker.get(missing).status_code == 404
    paper = reverse("outcomes:paper", args=[cast.david.public_id, begun.public_id])
    assert f'src="{for_staff("picture", "1")}"' in worker.get(paper).content.decode()


def test_who_does_not_give_questionnaires_gets_no_file(
    begun: Form, cast: Cast, signed_in: SignedIn
) -> None:
    for address in (for_staff("picture", "1"), for_staff("recording", 2)):
        assert Client().get(address).status_code == 302
        assert signed_in(cast.spenlow).get(address).status_code == 403


# Newel's own drawings


def drawn() -> dict[str, dict[str, str]]:
    return definitions.read("asking/drawings.yaml")["measures"]


def test_every_drawing_belongs_to_a_question_and_only_draws() -> None:
    for id in drawn():
        for item, picture in own_drawings(measure(id)).items.items():
            assert item in {one.id for one in measure(id).items}
            assert not what_is_wrong(picture.file), picture.file
            assert picture.alt == ""


def test_h4_a_drawing_stands_beside_no_answer_and_has_no_colour() -> None:
    """A face or a colour beside an answer says what the answer is worth."""
    used = set()
    for id in drawn():
        beside = own_drawings(measure(id))
        assert not beside.options
        used |= {one.file for one in beside.items.values()}
    for file in used:
        text = file.read_text(encoding="utf-8")
        assert text.count("fill=") == 2 and text.count("stroke=") == 1, file
    assert used == set(next(iter(used)).parent.glob("*.svg"))


def test_no_drawing_stands_beside_what_a_licence_lets_nobody_change() -> None:
    for one in measures():
        if one.licence.may_ship != "labels":
            assert not own_drawings(one).items
            assert one.id not in drawn()
    changed = measure("ors").licence.model_copy(update={"may_ship": "wording"})
    assert not own_drawings(measure("ors").model_copy(update={"licence": changed})).items


def test_no_drawing_of_ours_stands_beside_a_sites_own_wording(
    settings: Settings, tmp_path: Path
) -> None:
    ours = wording_of("ors")
    assert ours is not None and set(ours.beside.items) == {f"ors_0{n}" for n in (1, 2, 3, 4)}
    settings.NEWEL_WORDING = tmp_path
    wording(tmp_path, "ors", "en")
    theirs = wording_of("ors")
    assert theirs is not None and not theirs.beside.items
