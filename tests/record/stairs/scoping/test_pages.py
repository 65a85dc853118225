"""The pages: who opens them, what they show, and what they answer to bad input."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access.roles import ROLES, Capability
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from newel.record.stairs.scoping import queries
from newel.record.stairs.scoping.models import LifeEvent
from newel.record.stairs.scoping.rules import When
from tests.cast import Cast
from tests.record.stairs.scoping.writing import (
    ENTRY_FORM,
    FORM,
    NOW,
    changed,
    entry,
    event,
    titles,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
TEAM = ["peggotty", "omer", "chillip", "rosa", "mell", "trotwood", "wickfield"]
STRANGERS = ["barkis", "leah", "micawber"]
NO_BUSINESS = ["strong", "spenlow", "heep", "quinion", "waterbrook"]
PARTS = ["presenting_situation", "referral_problems", "resources", "pathway"]


def address(name: str, child: Child, *rest: str) -> str:
    return reverse(f"scoping:{name}", args=[child.public_id, *rest])


def words(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["scoping", "timeline"])
@pytest.mark.parametrize("username", [*TEAM, *STRANGERS, *NO_BUSINESS])
def test_the_team_reads_strangers_get_404_and_other_roles_403(
    cast: Cast, signed_in: SignIn, username: str, name: str
) -> None:
    answer = signed_in(getattr(cast, username)).get(address(name, cast.david))
    expected = 200 if username in TEAM else 404 if username in STRANGERS else 403
    assert answer.status_code == expected


@pytest.mark.parametrize("username", TEAM)
def test_only_roles_that_write_history_write_it(
    cast: Cast, signed_in: SignIn, username: str
) -> None:
    person = getattr(cast, username)
    writes = Capability.WRITE_HISTORY in ROLES[person.role].capabilities
    client = signed_in(person)
    add = address("add_event", cast.david)
    assert (add in words(client, address("timeline", cast.david))) is writes
    assert client.get(add).status_code == (200 if writes else 403)
    assert client.post(add, FORM).status_code == (302 if writes else 403)
    assert len(titles(cast.david, cast.chillip)) == (1 if writes else 0)


def test_an_empty_record_says_so_and_asks_for_the_first_part(cast: Cast, signed_in: SignIn) -> None:
    page = words(signed_in(cast.omer), address("scoping", cast.david))
    assert page.count("Nobody has written this yet.") == 5
    assert "“Why here, why now”: nobody has written this yet." in page
    assert address("add_entry", cast.david, "presenting_situation") in page


def test_the_next_thing_is_what_is_still_empty(cast: Cast, signed_in: SignIn) -> None:
    for part in PARTS[:2]:
        entry(cast.david, cast.omer, part)
    page = words(signed_in(cast.omer), address("scoping", cast.david))
    assert "“Strengths and resources”: nobody has written this yet." in page


def test_each_piece_says_who_wrote_it_and_where_from(cast: Cast, signed_in: SignIn) -> None:
    entry(cast.david, cast.omer, whose_words="child", source="David, to his keyworker")
    page = words(signed_in(cast.peggotty), address("scoping", cast.david))
    assert "In their own words" in page
    assert "David, to his keyworker" in page
    assert "Minnie Omer, " in page


def test_home_is_shown_with_its_safety_check_and_never_an_address(
    cast: Cast, signed_in: SignIn
) -> None:
    for protected in (True, False):
        with acting(cast.chillip.pk):
            children.add_home(
                child=cast.david,
                by=cast.chillip,
                at=NOW,
                kind="person",
                name="Betsey Trotwood",
                relationship="Great-aunt",
                address="Cliff Cottage, Dover",
                address_is_protected=protected,
            )
    page = words(signed_in(cast.chillip), address("scoping", cast.david))
    assert "Betsey Trotwood" in page
    assert "Not checked yet" in page
    assert "Cliff Cottage" not in page


def test_an_entry_is_added_and_changed_and_its_earlier_wording_read(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    added = client.post(address("add_entry", cast.david, "pathway"), ENTRY_FORM)
    assert added.headers["Location"].endswith("/scoping/#pathway")
    with acting(cast.omer.pk):
        row = queries.entries(child=cast.david, visible_to=cast.omer).get()
    change = address("change_entry", cast.david, row.public_id)
    assert client.post(change, {**ENTRY_FORM, "text": "Twice."}).status_code == 302
    page = words(client, address("scoping", cast.david))
    assert "Twice." in page
    assert "three times" not in page
    earlier = words(client, address("earlier_entries", cast.david, row.public_id))
    assert "Twice." in earlier
    assert "three times" in earlier


def test_there_is_no_other_part_of_scoping(cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in(cast.omer).get(address("add_entry", cast.david, "risk"))
    assert answer.status_code == 404


def test_the_table_and_the_picture_show_the_same_events(cast: Cast, signed_in: SignIn) -> None:
    for year in (2015, 2019, 2022):
        event(cast.david, cast.omer, when=When.year(year), title=f"Event of {year}")
    event(cast.david, cast.omer, when=When.unknown(), title="Undated")
    page = words(signed_in(cast.peggotty), address("timeline", cast.david))
    marks = re.findall(r'data-event="(\w+)"', page)
    rows = re.findall(r'id="event-(\w+)"', page)
    assert len(rows) == 4
    assert sorted(marks) == sorted(rows)
    assert "Some events may be held back from you" in page
    assert "style=" not in page


def test_a_filter_says_what_it_hides_and_keeps_the_numbers(cast: Cast, signed_in: SignIn) -> None:
    for year, kind in ((2015, "home"), (2016, "good"), (2017, "moving")):
        event(cast.david, cast.omer, when=When.year(year), kind=kind)
    url = f"{address('timeline', cast.david)}?kind=good&kind=nonsense"
    page = words(signed_in(cast.peggotty), url)
    assert "Showing only “Something good” events: 1 of 3. 2 events are hidden." in page
    assert re.findall(r'newel-events__number">(\d+)<', page) == ["2"]
    assert "Showing all 3 events." in words(
        signed_in(cast.peggotty), address("timeline", cast.david)
    )


def test_what_is_held_back_is_absent_and_not_counted(cast: Cast, signed_in: SignIn) -> None:
    event(cast.david, cast.omer, title="Open")
    event(cast.david, cast.omer, title="Hidden", sharing_level="restricted_third_party")
    page = words(signed_in(cast.peggotty), address("timeline", cast.david))
    assert "Open" in page
    assert "Hidden" not in page
    assert "Showing the one event." in page


def test_the_links_of_a_row_lead_where_the_addresses_say(cast: Cast, signed_in: SignIn) -> None:
    row = changed(event(cast.david, cast.omer), cast.omer, title="New")
    theirs = event(cast.david, cast.omer, whose_words="child")
    page = words(signed_in(cast.chillip), address("timeline", cast.david))
    assert address("change_event", cast.david, row.public_id) in page
    assert address("earlier_events", cast.david, row.public_id) in page
    assert address("event_readers", cast.david, theirs.public_id) in page
    assert address("change_event", cast.david, theirs.public_id) not in page


def test_an_event_before_the_birth_says_so(cast: Cast, signed_in: SignIn) -> None:
    event(cast.david, cast.omer, kind="loss", when=When.month(2010, 9))
    page = words(signed_in(cast.peggotty), address("timeline", cast.david))
    assert "before birth" in page


def test_ten_events_in_a_row_start_again_in_the_first_box_with_the_same_source(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    add = address("add_event", cast.david)
    for number in range(10):
        said = client.post(add, {**FORM, "title": f"Event {number}", "then": "another"})
        assert said.status_code == 302
        assert said.headers["Location"].startswith(f"{add}?like=")
        assert said.headers["Location"].endswith("#id_title")
    assert "chronology" not in said.headers["Location"]
    page = words(client, said.headers["Location"])
    assert 'value="social work chronology"' in page
    assert 'value="Event 9"' not in page
    assert len(titles(cast.david, cast.omer)) == 10


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Enter what happened, in a few words"),
        ({"source": ""}, "Enter where this comes from"),
        ({"kind": ""}, "Choose the kind of event"),
        ({"precision": ""}, "Answer “When was it?”"),
        ({"month": "Auguste"}, "Enter a month and a year, like March 2014"),
        ({"month": "13 2014"}, "Enter a month and a year, like March 2014"),
        ({"month": "August 1815"}, "The timeline begins in 1900"),
        ({"month": "March 2009"}, "This is before David was born, on 4 March 2011"),
        ({"precision": "year", "year": "93"}, "The year must have 4 numbers"),
        ({"precision": "year", "year": "2093"}, "This is after today"),
        ({"precision": "about_age", "age": "six"}, "Enter the age as a number"),
        ({"precision": "about_age", "age": "40"}, "Use a number that is 25 or less"),
        ({"precision": "exact"}, "Enter the day"),
        ({"title": "x" * 161}, "Use 160 characters or fewer; you have 161"),
        ({"text": "x" * 200_000}, "Use 5,000 characters or fewer; you have 200,000"),
        ({"text": "one\x00two"}, "hidden character"),
        ({"when_words": "\x00"}, "hidden character"),
        ({"month": "Mar\x00ch 2014"}, "hidden character"),
        ({"sharing_level": "named_people"}, "who may read it"),
        ({"sharing_level": "child_open"}, "from the list"),
        ({"whose_words": "nobody"}, "from the list"),
    ],
)
def test_bad_input_gets_a_sentence_twice_and_loses_nothing(
    cast: Cast, signed_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    sent = {**FORM, "text": "Words that must stay.", **wrong}
    answer = signed_in(cast.omer).post(address("add_event", cast.david), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(sentence) >= 2
    assert "<title>Error: " in page
    assert sent["text"].replace("\x00", "") in page
    assert titles(cast.david, cast.omer) == []


def test_emoji_and_right_to_left_words_are_kept_as_typed(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    typed = "שלום 😀 <b>&amp;</b> العربية"
    client.post(address("add_event", cast.david), {**FORM, "title": typed, "when_words": "😀"})
    assert titles(cast.david, cast.omer) == [typed]
    assert "שלום 😀 &lt;b&gt;&amp;amp;&lt;/b&gt;" in words(client, address("timeline", cast.david))


def test_the_second_of_two_tabs_gets_both_texts_and_can_save_over(
    cast: Cast, signed_in: SignIn
) -> None:
    row = event(cast.david, cast.omer)
    url = address("change_event", cast.david, row.public_id)
    signed_in(cast.chillip).post(url, {**FORM, "title": "Hers"})
    client = signed_in(cast.omer)
    answer = client.post(url, {**FORM, "title": "Mine", "text": "My long words."})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Somebody else changed this" in page
    assert "Hers" in page
    assert 'value="Mine"' in page
    assert "My long words." in page
    assert titles(cast.david, cast.omer) == ["Hers"]
    action = re.search(r'<form class="newel-form" method="post" action="([^"]+)"', page)
    assert action is not None
    assert client.post(action[1], {**FORM, "title": "Ours"}).status_code == 302
    assert titles(cast.david, cast.omer) == ["Ours"]


def test_words_typed_over_a_row_that_was_held_back_meanwhile_are_not_lost(
    cast: Cast, signed_in: SignIn
) -> None:
    row = event(cast.david, cast.rosa)
    changed(row, cast.chillip, title="Secret", sharing_level="restricted_third_party")
    url = address("change_event", cast.david, row.public_id)
    page = signed_in(cast.omer).post(url, {**FORM, "title": "Mine"}).content.decode()
    assert "not open to you" in page
    assert "Secret" not in page
    assert 'value="Mine"' in page
    assert f'action="{address("add_event", cast.david)}"' in page


def test_two_tabs_on_two_children_cannot_cross(cast: Cast, signed_in: SignIn) -> None:
    row = event(cast.tommy, cast.chillip)
    client = signed_in(cast.chillip)
    assert client.get(address("change_event", cast.david, row.public_id)).status_code == 404
    client.post(address("add_event", cast.tommy), {**FORM, "title": "Tommy’s"})
    client.post(address("add_event", cast.david), {**FORM, "title": "David’s"})
    assert titles(cast.david, cast.chillip) == ["David’s"]
    assert set(titles(cast.tommy, cast.chillip)) == {"Tommy’s", row.title}


def test_a_childs_words_have_no_change_form_for_others(cast: Cast, signed_in: SignIn) -> None:
    row = event(cast.david, cast.omer, whose_words="child")
    change = address("change_event", cast.david, row.public_id)
    readers = address("event_readers", cast.david, row.public_id)
    client = signed_in(cast.chillip)
    assert client.get(change).headers["Location"] == readers
    assert "Nobody changes them" in words(client, readers)
    said = client.post(change, {**FORM, "title": "Better", "whose_words": "child"})
    assert "These are the child’s own words" in said.content.decode()
    assert client.post(readers, {"sharing_level": "child_open"}).status_code == 302
    with acting(cast.omer.pk):
        now = LifeEvent.objects.get(pk=row.pk)
    assert (now.title, now.sharing_level) == (row.title, "child_open")


def test_a_named_reader_has_no_change_form(cast: Cast, signed_in: SignIn) -> None:
    row = event(cast.david, cast.omer, sharing_level="named_people", named_readers=[cast.rosa])
    client = signed_in(cast.rosa)
    change = address("change_event", cast.david, row.public_id)
    assert change not in words(client, address("timeline", cast.david))
    assert client.get(change).status_code == 403


def test_the_change_form_begins_with_what_is_written(cast: Cast, signed_in: SignIn) -> None:
    row = event(cast.david, cast.omer, when=When.about_age(6, words="in Reception"))
    page = words(signed_in(cast.omer), address("change_event", cast.david, row.public_id))
    assert 'value="Moved to Salem House"' in page
    assert 'value="in Reception"' in page
    assert re.search(r'name="age"[^>]*value="6"', page) or re.search(
        r'value="6"[^>]*name="age"', page
    )


def test_copying_what_is_held_back_has_to_be_said_knowingly(cast: Cast, signed_in: SignIn) -> None:
    secret = "His friend in the other house told us that her uncle came into her room."
    event(cast.david, cast.omer, text=secret, sharing_level="restricted_third_party")
    client = signed_in(cast.omer)
    sent = {**FORM, "text": f"As we heard: {secret}"}
    answer = client.post(address("add_event", cast.david), sent).content.decode()
    assert "Some of these words are held back elsewhere" in answer
    said = client.post(address("add_event", cast.david), {**sent, "copied_knowingly": "on"})
    assert said.status_code == 302


@pytest.mark.parametrize("name", ["scoping", "timeline"])
def test_the_number_of_queries_is_the_same_for_3_and_60_rows(
    cast: Cast, signed_in: SignIn, name: str
) -> None:
    client = signed_in(cast.omer)
    words(client, address(name, cast.david))  # the session has been seen
    counts = []
    for more in (3, 57):
        for number in range(more):
            row = event(cast.david, cast.omer, title=str(number))
            changed(row, cast.omer, title=f"{number} again")
            entry(cast.david, cast.omer)
        with CaptureQueriesContext(connection) as captured:
            words(client, address(name, cast.david))
        counts.append(len([q for q in captured if "SAVEPOINT" not in q["sql"]]))
    assert counts[0] == counts[1]
    assert counts[0] <= 11


def test_a_printed_timeline_says_who_printed_it_and_when(cast: Cast, signed_in: SignIn) -> None:
    """H23: on paper nobody sees that an event was taken back since."""
    event(cast.david, cast.omer)
    page = signed_in(cast.peggotty).get(address("timeline", cast.david)).content.decode()
    assert re.search(r"Printed by Clara Peggotty on \d+ \w+ 20\d\d", page)
