"""Where the child lived and learned: written, shown as bands, and what it says of gaps."""

from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.scoping import actions, queries
from newel.record.stairs.scoping.models import PathwayPlace
from newel.record.stairs.scoping.presenters.axis import Axis
from newel.record.stairs.scoping.presenters.bands import band_lanes
from newel.record.stairs.scoping.presenters.places import PlaceRow
from newel.record.stairs.scoping.rules import NotADate, Span, Stretch, When, at_once, gaps
from tests.cast import Cast
from tests.record.stairs.scoping.writing import NOW, event, last_audit

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
TODAY = date(2026, 11, 22)
BORN = date(2014, 3, 7)
FORM = {
    "kind": "lived_foster", "name": "Foster carers in Kent", "starts": "summer 2019",
    "ends": "Christmas 2020", "source": "Chronology", "whose_words": "adult",
    "sharing_level": "team",
}  # fmt: skip


def at(cast: Cast, name: str, *rest: str) -> str:
    return reverse(f"scoping:{name}", args=[cast.david.public_id, *rest])


def place(cast: Cast, by: Any, **more: Any) -> PathwayPlace:
    said = {"kind": "lived_foster", "name": "Foster carers", "starts": When.year(2019),
            "ends": When.year(2020), "source": "Chronology"} | more  # fmt: skip
    with acting(by.pk):
        return actions.write_place(child=cast.david, by=by, at=NOW, **said)


def names(cast: Cast, person: Any) -> list[str]:
    with acting(person.pk):
        found = queries.places(child=cast.david, visible_to=person)
        in_database = {one.name for one in PathwayPlace.objects.filter(is_current=True)}
        assert {one.name for one in found} == in_database  # locks three and four say the same
        return [one.name for one in found]


def test_a_place_is_saved_once_both_its_ends_have_been_shown(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    first = client.post(at(cast, "add_place"), FORM)
    page = unescape(first.content.decode())
    said = "From: June to August 2019. Until: 24 December 2020 to 26 December 2020."
    assert f"This is how it was read. {said}" in page
    assert names(cast, cast.omer) == []
    saved = client.post(at(cast, "add_place"), FORM | {"saw": said})
    assert saved.status_code == 302
    with acting(cast.omer.pk):
        row = PathwayPlace.objects.get()
    assert (row.start_earliest_on, row.end_latest_on) == (date(2019, 6, 1), date(2020, 12, 26))
    assert (row.start_words, row.end_words) == ("summer 2019", "Christmas 2020")
    assert last_audit("write_place").thing == "pathway_place"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"starts": "2021"}, "This is before the beginning"),
        ({"starts": "31/02/2019"}, "There is no day"),
        ({"starts": "1990"}, "before David was born"),
        ({"ends": "2093"}, "after today"),
        ({"still": "on"}, "Leave this empty while the child is still there"),
        ({"name": ""}, "Enter which place"),
    ],
)
def test_a_place_that_cannot_be_is_asked_about(
    cast: Cast, signed_in: SignIn, change: dict[str, str], sentence: str
) -> None:
    answer = signed_in(cast.omer).post(at(cast, "add_place"), FORM | change)
    page = unescape(answer.content.decode())
    assert sentence in page
    assert "Chronology" in page
    assert names(cast, cast.omer) == []


def test_a_change_keeps_the_earlier_wording_and_shows_the_words_again(
    cast: Cast, signed_in: SignIn
) -> None:
    row = place(cast, cast.omer, starts=When.between(date(2019, 6, 1), date(2019, 8, 31)))
    client = signed_in(cast.omer)
    page = client.get(at(cast, "change_place", row.public_id)).content.decode()
    assert 'value="June to August 2019"' in page
    changed = FORM | {"starts": "2019", "ends": "2020", "saw": "From: 2019. Until: 2020."}
    assert client.post(at(cast, "change_place", row.public_id), changed).status_code == 302
    assert names(cast, cast.omer) == ["Foster carers in Kent"]
    earlier = client.get(at(cast, "earlier_places", row.public_id)).content.decode()
    assert "Foster carers<" in earlier


def test_the_second_of_two_gets_both_texts(cast: Cast, signed_in: SignIn) -> None:
    row = place(cast, cast.omer)
    said = FORM | {"starts": "2019", "ends": "2020", "saw": "From: 2019. Until: 2020."}
    first, second = signed_in(cast.chillip), signed_in(cast.omer)
    address = at(cast, "change_place", row.public_id)
    assert first.post(address, said | {"name": "Hers"}).status_code == 302
    page = unescape(second.post(address, said | {"name": "His"}).content.decode())
    assert "Hers" in page
    assert 'value="His"' in page
    assert names(cast, cast.omer) == ["Hers"]


@pytest.mark.parametrize(
    ("level", "username", "reads"),
    [
        ("team", "peggotty", True),
        ("restricted_third_party", "peggotty", False),
        ("restricted_third_party", "chillip", True),
        ("restricted_third_party", "omer", True),
        ("team", "leah", False),
    ],
)
def test_each_person_reads_the_places_that_are_shared_with_them(
    cast: Cast, level: str, username: str, reads: bool
) -> None:
    place(cast, cast.omer, sharing_level=level)
    person = getattr(cast, username)
    with acting(person.pk):
        assert PathwayPlace.objects.exists() is reads
    if username != "leah":
        assert bool(names(cast, person)) is reads


def test_the_reason_why_something_held_back_was_taken_back_is_held_back(cast: Cast) -> None:
    """H8"""
    row = place(cast, cast.omer, sharing_level="restricted_third_party")
    with acting(cast.omer.pk):
        actions.take_back(row=row, by=cast.omer, at=NOW, reason="It was his sister")
    for person, seen in ((cast.peggotty, 0), (cast.chillip, 1)):
        with acting(person.pk):
            assert row.__class__.objects.filter(taken_back__isnull=False).count() == seen
            assert actions.taking_back.TakenBack.objects.count() == seen


def test_the_words_of_a_place_are_never_altered(cast: Cast) -> None:
    row = place(cast, cast.omer)
    with acting(cast.omer.pk), pytest.raises(IntegrityError), transaction.atomic():
        PathwayPlace.objects.filter(pk=row.pk).update(name="Better")


def test_an_end_before_the_beginning_is_refused_by_the_action_too(cast: Cast) -> None:
    with pytest.raises(NotADate, match="before the beginning"):
        place(cast, cast.omer, ends=When.year(2018))


def test_a_childs_words_about_a_place_are_not_changed_by_another(cast: Cast) -> None:
    row = place(cast, cast.omer, whose_words="child")
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="own words"):
        actions.change_place(
            place=row, by=cast.chillip, at=NOW, kind="school", name="x", starts=When.year(2019),
            ends=When.year(2020), still=False, text="", source="", whose_words="child",
            sharing_level="team",
        )  # fmt: skip


def test_the_timeline_shows_places_and_stays_and_what_contradicts(
    cast: Cast, signed_in: SignIn
) -> None:
    event(cast.david, cast.omer, when=When.year(2015))
    place(cast, cast.omer, starts=When.exact(date(2019, 3, 1)), ends=When.exact(date(2020, 3, 1)))
    place(
        cast, cast.omer, name="His aunt", kind="lived_family",
        starts=When.exact(date(2020, 1, 1)), ends=When.unknown(), still=True,
    )  # fmt: skip
    page = unescape(signed_in(cast.peggotty).get(at(cast, "timeline")).content.decode())
    assert "Two places at once: “Foster carers” (from 1 March 2019 until 1 March 2020)" in page
    assert "From 1 January 2020, still there" in page
    assert "A stay in this record" in page
    assert 'class="newel-life__surely"' in page


def test_years_of_which_nothing_is_written_are_said_in_words(cast: Cast, signed_in: SignIn) -> None:
    for year in (2014, 2016, 2019):
        event(cast.david, cast.omer, when=When.year(year), title=str(year))
    client = signed_in(cast.peggotty)
    page = unescape(client.get(at(cast, "timeline")).content.decode())
    assert "A gap is not a fault." in page
    assert "2017 to 2018: nothing is written." in page
    assert 'class="newel-life__gap"' in page
    filtered = unescape(client.get(f"{at(cast, 'timeline')}?from=2019").content.decode())
    assert "2017 to 2018: nothing is written." not in filtered
    assert "Showing only events since 2019: 1 of 3. 2 events are hidden" in filtered


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "kind=moving&kind=school",
            "Showing only “School and learning” and “Moving” events: 2 of 3",
        ),
        ("source=His+aunt", "Showing only events from “His aunt”: 1 of 3. 2 events are hidden."),
        ("whose=child", "Showing only events in the child’s own words: 1 of 3"),
        ("from=2015&until=2015", "Showing only events of 2015: 1 of 3"),
        ("kind=not_chosen", "Showing only “Kind not chosen” events: 0 of 3"),
        ("kind=x&source=x&whose=x&from=x&until=99999", "Showing all 3 events."),
        ("from=²²²²", "Showing all 3 events."),
    ],
)
def test_a_filter_says_what_it_hides(cast: Cast, signed_in: SignIn, asked: str, said: str) -> None:
    event(cast.david, cast.omer, kind="moving", when=When.year(2015))
    event(cast.david, cast.omer, kind="school", when=When.year(2018), whose_words="child")
    event(cast.david, cast.omer, kind="good", when=When.unknown(), source="His aunt")
    page = signed_in(cast.peggotty).get(f"{at(cast, 'timeline')}?{asked}").content.decode()
    assert said in unescape(page)
    assert ("Show everything" in page) is ("all 3" not in said)


def test_one_box_takes_the_words_of_a_single_event_and_shows_how_they_are_read(
    cast: Cast, signed_in: SignIn
) -> None:
    form = {
        "title": "Learned to swim", "precision": "words", "said": "summer 2022", "kind": "good",
        "source": "David", "whose_words": "adult", "sharing_level": "team",
    }  # fmt: skip
    client = signed_in(cast.omer)
    page = unescape(client.post(at(cast, "add_event"), form).content.decode())
    said = "June to August 2022, "
    assert f"This is how it was read. {said}" in page
    saw = page.split('name="saw" value="')[1].split('"')[0]
    assert client.post(at(cast, "add_event"), form | {"saw": saw}).status_code == 302
    with acting(cast.omer.pk):
        row = queries.events(child=cast.david, visible_to=cast.omer).get()
    assert (row.precision, row.when_words) == ("between", "summer 2022")
    change = client.get(at(cast, "change_event", row.public_id)).content.decode()
    assert 'value="summer 2022"' in change


def test_words_that_ask_something_are_asked_at_their_box(cast: Cast, signed_in: SignIn) -> None:
    form = {"title": "x", "precision": "words", "said": "03/25/2022", "kind": "good"}
    page = signed_in(cast.omer).post(at(cast, "add_event"), form).content.decode()
    assert "There is no month 25" in page
    assert 'value="03/25/2022"' in page


def day_of(year: int) -> Span:
    return Span(date(year, 5, 1), date(year, 5, 1))


def whole(year: int, until: int | None = None) -> Span:
    return Span(date(year, 1, 1), date(until or year, 12, 31))


UNKNOWN = Span(None, None)


@pytest.mark.parametrize(
    ("spans", "stretches", "found"),
    [
        ([day_of(2014), day_of(2016)], [], [(2015, 2015), (2017, 2025)]),
        ([whole(2014, 2016)], [], [(2017, 2025)]),
        ([whole(2014, 2019)], [], [(2014, 2025)]),  # some time in six years fills none of them
        ([UNKNOWN], [], [(2014, 2025)]),
        ([], [Stretch(name="a", starts=day_of(2015), ends=day_of(2018))],
         [(2014, 2014), (2019, 2025)]),
        ([], [Stretch(name="a", starts=day_of(2014), ends=UNKNOWN, still=True)], []),
        ([], [Stretch(name="a", starts=UNKNOWN, ends=UNKNOWN)], [(2014, 2025)]),
    ],
)  # fmt: skip
def test_a_gap_is_whole_years_of_which_nothing_is_written(
    spans: list[Span], stretches: list[Stretch], found: list[tuple[int, int]]
) -> None:
    assert gaps(spans, stretches, born_on=BORN, today=TODAY) == found


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ((2015, 2018), (2017, 2019), True),
        ((2015, 2017), (2017, 2019), False),
        ((2015, 2016), (2018, 2019), False),
    ],
)
def test_two_places_are_at_once_only_when_it_is_sure(
    first: tuple[int, int], second: tuple[int, int], both: bool
) -> None:
    pair = [
        Stretch(name=str(one), starts=day_of(one[0]), ends=day_of(one[1]))
        for one in (first, second)
    ]
    assert bool(at_once(pair, today=TODAY)) is both
    vague = Stretch(name="vague", starts=whole(2014, 2019), ends=whole(2015, 2020))
    assert not at_once([pair[0], vague], today=TODAY)


def test_bands_of_one_line_do_not_cover_each_other() -> None:
    axis = Axis(first=2014, starts=tuple(100 * n / 13 for n in range(14)))
    rows = [
        PlaceRow(
            public_id=str(year), name=f"Place of the year {year}", kind="", band="lived", when="",
            text="", written=None,
            stretch=Stretch(name="", starts=day_of(year), ends=day_of(year + 1)),
        )
        for year in range(2014, 2026)
    ]  # fmt: skip
    (lane,) = band_lanes(rows, axis, y=0, today=TODAY)
    by_line: dict[int, list[tuple[float, float]]] = {}
    for band in lane.bands:
        start, width = float(band.start[:-1]), float(band.width[:-1])
        by_line.setdefault(band.y, []).append((start, start + width))
    for line in by_line.values():
        ordered = sorted(line)
        assert all(one[1] <= other[0] + 0.01 for one, other in pairwise(ordered))
    assert lane.height >= len(by_line) * 25


def test_a_stay_that_has_not_ended_reaches_until_today(cast: Cast, signed_in: SignIn) -> None:
    page = unescape(signed_in(cast.omer).get(at(cast, "timeline")).content.decode())
    assert ", still there" in page
