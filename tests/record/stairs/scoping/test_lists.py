"""A list of events: brought, read, checked line by line, saved whole, taken back whole."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access.models import AuditEvent, HeldForm
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.scoping import actions, queries
from newel.record.stairs.scoping.models import EventList, LifeEvent, PathwayPlace, TakenBack
from newel.record.stairs.scoping.rules import When
from tests.cast import Cast
from tests.record.stairs.scoping.writing import NOW, changed, event, last_audit, titles

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
LIST = """2019 summer - moved to his aunt
12/03/2020; excluded from school
about age 6: first foster home
A few months after his sister was born - father left
"""
WHOLE = {"source": "School file", "whose_words": "adult", "sharing_level": "team"}


def at(cast: Cast, name: str, *rest: str) -> str:
    return reverse(f"scoping:{name}", args=[cast.david.public_id, *rest])


def brought(client: Client, cast: Cast, text: str = "", **more: Any) -> str:
    """The address where the lines can be checked."""
    answer = client.post(at(cast, "bring_list"), {"text": text, **more})
    assert answer.status_code == 302, unescape(answer.content.decode())
    return answer.headers["Location"]


def refused(client: Client, cast: Cast, text: str = "", **more: Any) -> str:
    answer = client.post(at(cast, "bring_list"), {"text": text, **more})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def page_at(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def boxes(page: str) -> dict[str, str]:
    """What a browser would send back: boxes, ticks and picks of the table."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = _in(tag, "name"), _in(tag, "value")
        if name and (_in(tag, "type") != "checkbox" or " checked" in tag) and "radio" not in tag:
            sent[name] = value
    for name, rest in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        sent[name] = rest
    for name, rest in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        picked = re.search(r'value="([^"]*)" selected', rest)
        sent[name] = picked[1] if picked else ""
    return {name: value for name, value in sent.items() if name not in {"csrfmiddlewaretoken"}}


def _in(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def save(client: Client, address: str, page: str, **changes: str) -> Any:
    sent = boxes(page) | WHOLE | {"then": "save"} | changes
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def events(cast: Cast) -> list[LifeEvent]:
    with acting(cast.chillip.pk):
        return list(queries.events(child=cast.david, visible_to=cast.chillip))


def test_a_pasted_list_is_read_and_nothing_is_saved_before_somebody_says_so(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    page = page_at(client, brought(client, cast, LIST))
    for said in ("June to August 2019", "12 March 2020", "Read day first.", "About age 6"):
        assert said in page
    assert 'value="A few months after his sister was born"' in page
    assert "4 lines to save. Nothing is saved yet." in page
    assert events(cast) == []


def test_the_list_is_saved_with_each_line_as_it_was_brought(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, LIST)
    saved = save(client, address, page_at(client, address))
    assert saved.status_code == 302
    found = {one.title: one for one in events(cast)}
    aunt = found["moved to his aunt"]
    assert (aunt.precision, aunt.earliest_on, aunt.latest_on) == (
        "between", date(2019, 6, 1), date(2019, 8, 31),
    )  # fmt: skip
    assert aunt.when_words == "2019 summer"
    assert aunt.original == "2019 summer - moved to his aunt"
    assert (aunt.kind, aunt.source) == ("", "School file")
    father = found["father left"]
    assert (father.precision, father.when_words) == (
        "unknown", "A few months after his sister was born",
    )  # fmt: skip
    with acting(cast.omer.pk):
        row = EventList.objects.get()
    assert (row.how, row.line_count, row.written_by) == ("pasted", 4, cast.omer)
    assert HeldForm.objects.count() == 0


def test_the_audit_hears_of_the_list_once_and_of_no_word(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, LIST)
    save(client, address, page_at(client, address))
    told = last_audit("bring_list")
    assert (told.thing, list(told.fields)) == (
        "event_list", ["source", "line_count", "left_out_count"],
    )  # fmt: skip
    assert AuditEvent.objects.filter(act="bring_list").count() == 1


def test_loading_the_page_again_shows_the_list_again(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, LIST)
    page = page_at(client, address)
    sent = boxes(page) | {"then": "check", "what-1": "moved to his great-aunt"}
    checked = client.post(address, sent)
    assert checked.status_code == 302
    for _ in range(2):
        assert 'value="moved to his great-aunt"' in page_at(client, checked.headers["Location"])


def test_nobody_else_sees_a_list_that_is_being_checked(cast: Cast, signed_in: SignIn) -> None:
    address = brought(signed_in(cast.omer), cast, LIST)
    assert "moved to his aunt" not in page_at(signed_in(cast.chillip), address)


def test_a_changed_time_is_shown_as_it_is_read_before_it_is_saved(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, LIST)
    answer = save(client, address, page_at(client, address), **{"when-1": "spring 2018"})
    page = unescape(answer.content.decode())
    assert "Look how line 1 was read, then press Save again." in page
    assert "March to May 2018" in page
    assert events(cast) == []
    assert save(client, address, page).status_code == 302
    assert len(events(cast)) == 4


def test_without_a_source_nothing_is_saved_and_nothing_is_lost(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, LIST)
    answer = save(client, address, page_at(client, address), source="")
    page = unescape(answer.content.decode())
    assert "Enter where this comes from" in page
    assert 'value="father left"' in page
    assert events(cast) == []


@pytest.mark.parametrize(
    ("order", "found"), [("month_first", date(2014, 4, 3)), ("day_first", None)]
)
def test_a_list_with_months_first_is_asked_about_as_a_whole(
    cast: Cast, signed_in: SignIn, order: str, found: date | None
) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, "03/25/2014 - moved\n04/03/2014 - moved back")
    page = page_at(client, address)
    assert "How were the dates in this list written?" in page
    assert "There is no month 25" in page
    unanswered = unescape(save(client, address, page).content.decode())
    assert "Answer how they were written" in unanswered
    answered = save(client, address, page, order=order)
    if found is None:
        assert "There is no month 25" in unescape(answered.content.decode())
        return
    assert (
        save(client, address, unescape(answered.content.decode()), order=order).status_code == 302
    )
    assert [one.earliest_on for one in events(cast)] == [date(2014, 3, 25), found]


def test_dates_that_can_be_read_both_ways_are_read_day_first_and_say_so(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    page = page_at(client, brought(client, cast, "03/04/2014 - moved"))
    assert "3 April 2014" in page
    assert "Read day first." in page
    assert "How were the dates" not in page


def test_what_was_before_the_birth_is_asked_about_and_allowed_knowingly(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, "1990: his mother was in care")
    page = page_at(client, address)
    assert "This is before David was born" in page
    assert save(client, address, page).status_code == 200
    assert save(client, address, page, **{"known-1": "on"}).status_code == 302
    assert [one.earliest_on for one in events(cast)] == [date(1990, 1, 1)]


def test_nothing_else_than_home_family_and_loss_was_before_the_birth(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, "1990: excluded")
    sent = {"known-1": "on", "kind-1": "school"}
    answer = save(client, address, page_at(client, address), **sent)
    assert "Only home, family" in unescape(answer.content.decode())
    assert events(cast) == []


def test_what_is_after_today_is_refused_whatever_was_ticked(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, "2093: moved")
    answer = save(client, address, page_at(client, address), **{"known-1": "on"})
    assert "after today" in unescape(answer.content.decode())
    assert events(cast) == []


def test_the_same_event_twice_is_shown_beside_the_other_and_left_out(
    cast: Cast, signed_in: SignIn
) -> None:
    event(cast.david, cast.omer, title="Moved to Salem House")
    client = signed_in(cast.omer)
    text = "August 2022: moved to Salem house\n2021: went fishing\n2021 - Went fishing."
    address = brought(client, cast, text)
    page = page_at(client, address)
    assert "already on the timeline: August 2022, Moved to Salem House" in page
    assert "the same as another line: line 2" in page
    assert "1 line to save; 2 lines left out." in page
    assert save(client, address, page).status_code == 302
    assert len(events(cast)) == 2


def test_what_looks_the_same_can_be_kept_knowingly(cast: Cast, signed_in: SignIn) -> None:
    event(cast.david, cast.omer, title="Moved to Salem House")
    client = signed_in(cast.omer)
    address = brought(client, cast, "August 2022: moved to Salem house")
    page = page_at(client, address)
    taken_in = boxes(page) | WHOLE | {"then": "save"}
    del taken_in["out-1"]
    asked = client.post(address, taken_in)
    assert "if it is another event" in unescape(asked.content.decode())
    assert client.post(address, taken_in | {"known-1": "on"}).status_code == 302
    assert len(events(cast)) == 2


def test_an_event_held_back_from_the_writer_is_not_shown_beside_a_line(
    cast: Cast, signed_in: SignIn
) -> None:
    level = {"sharing_level": "restricted_third_party"}
    event(cast.david, cast.chillip, title="Moved to Salem House", **level)
    client = signed_in(cast.omer)
    page = page_at(client, brought(client, cast, "August 2022: moved to Salem house"))
    assert "already on the timeline" not in page


def test_a_line_that_cannot_be_read_keeps_its_words_when_it_was_checked(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, "31/02/2014: moved")
    page = page_at(client, address)
    assert "There is no day 31/02/2014" in page
    assert save(client, address, page).status_code == 200
    assert save(client, address, page, **{"known-1": "on"}).status_code == 302
    assert [(one.precision, one.when_words) for one in events(cast)] == [("unknown", "31/02/2014")]


def test_a_line_has_its_own_source_words_readers_and_kind(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, LIST)
    said = {
        "source-1": "His aunt", "whose-1": "child", "level-1": "restricted_third_party",
        "kind-1": "home", "more-1": "She had asked for him.",
    }  # fmt: skip
    assert save(client, address, page_at(client, address), **said).status_code == 302
    aunt = next(one for one in events(cast) if one.title == "moved to his aunt")
    assert (aunt.source, aunt.whose_words, aunt.sharing_level, aunt.kind, aunt.text) == (
        "His aunt", "child", "restricted_third_party", "home", "She had asked for him.",
    )  # fmt: skip
    assert "moved to his aunt" not in titles(cast.david, cast.peggotty)


def test_a_line_of_places_becomes_a_place_with_two_ends(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, "2019-2020: foster carers in Kent\nsince 2021 - Salem House")
    kinds = {"kind-1": "lived_foster", "kind-2": "school"}
    seen = save(client, address, page_at(client, address), **kinds)
    assert "From: 2019. Until: 2020" in unescape(seen.content.decode())
    assert save(client, address, unescape(seen.content.decode())).status_code == 302
    with acting(cast.omer.pk):
        foster, school = PathwayPlace.objects.order_by("pk")
    assert (foster.start_earliest_on, foster.end_latest_on) == (
        date(2019, 1, 1),
        date(2020, 12, 31),
    )
    assert (school.start_precision, school.end_precision) == ("year", "unknown")


def test_words_copied_from_what_is_held_back_are_asked_about(cast: Cast, signed_in: SignIn) -> None:
    """H7, for a list as for a single event."""
    secret = "His sister was hurt by the same man at the house in Yarmouth that year."
    level = {"sharing_level": "restricted_third_party"}
    event(cast.david, cast.omer, title="Held", text=secret, **level)
    client = signed_in(cast.omer)
    address = brought(client, cast, f"2019: {secret}")
    page = page_at(client, address)
    asked = save(client, address, page)
    assert "Some of these words are held back elsewhere" in unescape(asked.content.decode())
    assert len(events(cast)) == 1
    assert save(client, address, page, copied_knowingly="on").status_code == 302


def test_only_a_psychologist_opens_a_line_to_the_child(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = brought(client, cast, LIST)
    page = page_at(client, address)
    answer = save(client, address, page, **{"level-1": "child_open"})
    assert "Your role does not decide" in unescape(answer.content.decode())
    assert events(cast) == []


def test_three_hundred_lines_are_saved_in_as_many_queries_as_three(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    counts = []
    for number in (3, 300):
        text = "\n".join(
            f"{n % 28 + 1}/3/{2015 + n % 9}: happening {n * 7919}" for n in range(number)
        )
        address = brought(client, cast, text)
        page = page_at(client, address)
        sent = {f"known-{n}": "on" for n in range(1, number + 1)}
        sent |= {f"out-{n}": None for n in range(1, number + 1)}
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert save(client, address, page, **sent).status_code == 302
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(events(cast)) == 303


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste a list into the box, or choose a file"),
        ("\n \n", "Paste a list into the box"),
        ("Date\tEvent\tSource\n", "No events were found in it"),
        ("Chronology\nDate", "There are only headings in this list"),
        ("{\\rtf1\\ansi moved}", "not its words"),
        ("moved\n" * 401, "This list has 401 lines"),
    ],
)
def test_what_is_no_list_is_answered_in_a_sentence(
    cast: Cast, signed_in: SignIn, text: str, sentence: str
) -> None:
    page = refused(signed_in(cast.omer), cast, text)
    assert sentence in page
    assert text.strip() in page


def test_a_nul_and_an_emoji_do_no_harm(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    page = refused(client, cast, "2014: mo\x00ved 🍞")
    assert "hidden character" in page
    assert "2014: moved 🍞" in page
    address = brought(client, cast, "2014: moved 🍞")
    assert save(client, address, page_at(client, address)).status_code == 302
    assert titles(cast.david, cast.omer) == ["moved 🍞"]


def test_a_list_that_is_sent_after_the_session_ended_comes_back(
    cast: Cast, signed_in: SignIn
) -> None:
    """H25"""
    client = signed_in(cast.omer)
    for name in ("bring_list", "check_list"):
        typed = (
            {"text": LIST}
            if name == "bring_list"
            else {"lines": "10", "what-1": "moved to his aunt"}
        )
        sent = boxes(page_at(client, at(cast, name))) | typed
        client.logout()
        answer = client.post(at(cast, name), sent)
        back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
        client = signed_in(cast.omer)
        assert "moved to his aunt" in page_at(client, back)


def test_ten_megabytes_of_text_are_refused_in_a_sentence(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    assert "letters. Newel takes" in refused(client, cast, "moved to his aunt\n" * 20_000)
    answer = client.post(at(cast, "bring_list"), {"text": "x" * 10_000_000})
    assert answer.status_code in {400, 413}
    assert "send it in two parts" in answer.content.decode()
    assert events(cast) == []


def test_a_file_is_brought_and_its_name_remembered(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    file = SimpleUploadedFile("history.csv", "Date;Event\n12/03/2020;Exclu\xe9\n".encode("cp1252"))
    address = brought(client, cast, file=file)
    assert save(client, address, page_at(client, address)).status_code == 302
    assert titles(cast.david, cast.omer) == ["Exclué"]
    with acting(cast.omer.pk):
        assert EventList.objects.get().file_name == "history.csv"


def test_a_table_is_typed_without_a_list(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.omer)
    address = at(cast, "check_list")
    page = page_at(client, address)
    assert len(re.findall(r'name="when-\d+"', page)) == 10
    typed = {"when-1": "Year 4", "what-1": "Learned to swim", "kind-1": "good"}
    shown = unescape(save(client, address, page, **typed).content.decode())
    assert "By the age of the child" in shown
    assert save(client, address, shown).status_code == 302
    assert titles(cast.david, cast.omer) == ["Learned to swim"]


def _list(cast: Cast, **more: Any) -> EventList:
    lines = [
        actions.Brought(kind="good", title=title, when=When.year(2020), original=title)
        for title in ("one", "two", "three")
    ]
    with acting(cast.omer.pk):
        return actions.bring_list(
            child=cast.david, by=cast.omer, at=NOW, how="pasted", source="File", lines=lines, **more
        )


def test_a_list_is_taken_back_as_a_whole_and_its_words_stay(cast: Cast, signed_in: SignIn) -> None:
    """H27: undo the batch; nothing is overwritten."""
    row = _list(cast)
    client = signed_in(cast.omer)
    answer = client.post(
        at(cast, "take_back_list", row.public_id), {"reason": "About another child"}
    )
    assert answer.status_code == 302
    assert titles(cast.david, cast.omer) == []
    page = page_at(client, at(cast, "list", row.public_id))
    assert page.count("About another child") == 3
    with acting(cast.omer.pk):
        assert LifeEvent.objects.filter(from_list=row).count() == 3
        assert TakenBack.objects.count() == 3
    assert list(last_audit("take_back_list").fields) == ["is_current"]


def test_what_somebody_changed_since_stays(cast: Cast) -> None:
    row = _list(cast)
    with acting(cast.omer.pk):
        first = LifeEvent.objects.get(title="one")
    changed(first, cast.chillip, title="one, better said")
    with acting(cast.omer.pk):
        assert actions.take_back_list(event_list=row, by=cast.omer, at=NOW, reason="Wrong") == 2
        found = queries.lists(child=cast.david, visible_to=cast.omer).get()
        assert found.standing == 1
    assert titles(cast.david, cast.omer) == ["one, better said"]


def test_a_change_keeps_the_list_and_the_line_it_came_with(cast: Cast) -> None:
    row = _list(cast)
    with acting(cast.omer.pk):
        first = LifeEvent.objects.get(title="one")
    second = changed(first, cast.chillip, title="better said")
    assert (second.from_list_id, second.original) == (row.pk, "one")


def test_a_line_as_it_was_brought_is_read_by_its_bringer_and_psychologists(
    cast: Cast, signed_in: SignIn
) -> None:
    """H8: what was taken out of a line before it was saved stands in the line as it was brought."""
    line = actions.Brought(
        kind="harm", title="Hurt by a neighbour", when=When.year(2020),
        original="2020 hurt by Mr Creakle of 4 Salem Row",
    )  # fmt: skip
    with acting(cast.omer.pk):
        row = actions.bring_list(
            child=cast.david, by=cast.omer, at=NOW, how="pasted", source="File", lines=[line]
        )
    for person, reads in ((cast.omer, True), (cast.chillip, True), (cast.peggotty, False)):
        page = page_at(signed_in(person), at(cast, "list", row.public_id))
        assert "Hurt by a neighbour" in page
        assert ("Mr Creakle" in page) is reads


def test_a_place_leads_to_the_list_it_came_with_for_those_who_read_the_list(
    cast: Cast, signed_in: SignIn
) -> None:
    line = actions.Brought(
        kind="school", title="Salem House", when=When.year(2020), is_place=True,
        starts=When.year(2020), sharing_level="team",
    )  # fmt: skip
    with acting(cast.omer.pk):
        row = actions.bring_list(
            child=cast.david, by=cast.omer, at=NOW, how="pasted", source="File", lines=[line],
            sharing_level="restricted_third_party",
        )  # fmt: skip
    for person, reads in ((cast.omer, True), (cast.chillip, True), (cast.peggotty, False)):
        page = page_at(signed_in(person), at(cast, "timeline"))
        assert "Salem House" in page
        assert (at(cast, "list", row.public_id) in page) is reads


def test_a_place_that_is_on_record_is_shown_beside_the_line(cast: Cast, signed_in: SignIn) -> None:
    """H26, H27: the same list brought twice does not make two homes of one."""
    with acting(cast.omer.pk):
        actions.write_place(
            child=cast.david, by=cast.omer, at=NOW, kind="lived_family", name="With his aunt",
            starts=When.year(2019), ends=When.year(2021),
        )  # fmt: skip
    client = signed_in(cast.chillip)
    page = page_at(client, brought(client, cast, "2019 to 2021: With his aunt\n2015: Born again"))
    assert "already on the timeline: From 2019 until 2021, With his aunt" in page
    assert "1 line to save; 1 line left out" in page


def test_a_list_is_taken_back_once_and_not_by_anybody(cast: Cast) -> None:
    row = _list(cast)
    with acting(cast.rosa.pk), pytest.raises(NotNow, match="Only whoever brought"):
        actions.take_back_list(event_list=row, by=cast.rosa, at=NOW, reason="Wrong")
    with acting(cast.omer.pk):
        actions.take_back_list(event_list=row, by=cast.omer, at=NOW, reason="Wrong")
        with pytest.raises(NotNow, match="already"):
            actions.take_back_list(event_list=row, by=cast.omer, at=NOW, reason="Wrong")


def test_a_failing_audit_undoes_the_whole_list(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(actions.audit, "record", fail)
    with pytest.raises(RuntimeError):
        _list(cast)
    monkeypatch.undo()
    assert events(cast) == []


def test_one_line_that_cannot_be_undoes_the_whole_list(cast: Cast) -> None:
    good = actions.Brought(kind="good", title="one", when=When.year(2020))
    bad = actions.Brought(kind="good", title="two", when=When.year(2093))
    with acting(cast.omer.pk), pytest.raises(ValueError, match="after today"):
        actions.bring_list(
            child=cast.david, by=cast.omer, at=NOW, how="typed", source="x", lines=[good, bad]
        )
    assert events(cast) == []


def test_a_list_that_is_held_back_shows_its_source_to_nobody_else(
    cast: Cast, signed_in: SignIn
) -> None:
    """H8: the name of a paper can tell as much as its words."""
    row = _list(cast, sharing_level="restricted_third_party")
    assert signed_in(cast.peggotty).get(at(cast, "list", row.public_id)).status_code == 404
    with acting(cast.peggotty.pk):
        assert EventList.objects.count() == 0
        assert signed_in(cast.chillip).get(at(cast, "list", row.public_id)).status_code == 200


def test_a_single_event_is_taken_back_with_a_reason(cast: Cast, signed_in: SignIn) -> None:
    row = event(cast.david, cast.omer)
    client = signed_in(cast.omer)
    address = at(cast, "take_back_event", row.public_id)
    assert "Enter why it is taken back" in unescape(client.post(address, {}).content.decode())
    assert client.post(address, {"reason": "It was his cousin"}).status_code == 302
    assert titles(cast.david, cast.omer) == []
    assert client.get(address).status_code == 404


def test_what_was_taken_back_stays_readable_with_its_reason(cast: Cast, signed_in: SignIn) -> None:
    """H27: undone, and nothing is lost. Held back, it stays held back (H8)."""
    open_to_all = event(cast.david, cast.omer, title="Set fire to a barn")
    held_back = event(cast.david, cast.omer, title="What Emily did", sharing_level="named_people",
                      named_readers=[cast.chillip])  # fmt: skip
    with acting(cast.omer.pk):
        for row in (open_to_all, held_back):
            actions.take_back(row=row, by=cast.omer, at=NOW, reason="It was his cousin")
    page = page_at(signed_in(cast.peggotty), at(cast, "taken_back"))
    assert "Set fire to a barn" in page
    assert "Taken back by Minnie Omer" in page
    assert page.count("It was his cousin") == 1
    assert "What Emily did" in page_at(signed_in(cast.chillip), at(cast, "taken_back"))


def test_the_page_of_what_was_taken_back_asks_as_often_for_20_as_for_2(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.omer)
    asked = []
    for count in (2, 18):
        with acting(cast.omer.pk):
            for number in range(count):
                row = event(cast.david, cast.omer, title=f"Event {number}")
                actions.take_back(row=row, by=cast.omer, at=NOW, reason="Wrong")
        client.get(at(cast, "taken_back"))
        with CaptureQueriesContext(connection) as queries_made:
            client.get(at(cast, "taken_back"))
        asked.append(len(queries_made))
    assert asked[0] == asked[1]


def test_words_nobody_has_seen_are_not_taken_back(cast: Cast, signed_in: SignIn) -> None:
    """H27: somebody mended the event while the reason was being written."""
    row = event(cast.david, cast.omer, title="Ran away")
    client = signed_in(cast.chillip)
    new = changed(row, cast.omer, title="Walked to his aunt")
    said = {"reason": "It was his cousin"}
    answer = client.post(at(cast, "take_back_event", row.public_id), said)
    shown = unescape(answer.content.decode())
    assert "Nothing is saved yet" in shown
    assert "Walked to his aunt" in shown
    assert "It was his cousin" in shown
    assert titles(cast.david, cast.omer) == ["Walked to his aunt"]
    again = at(cast, "take_back_event", new.public_id)
    assert f'action="{again}"' in shown
    assert client.post(again, said).status_code == 302
    assert titles(cast.david, cast.omer) == []


def test_the_second_of_two_who_take_it_back_is_told_and_keeps_the_words(
    cast: Cast, signed_in: SignIn
) -> None:
    row = event(cast.david, cast.omer)
    address = at(cast, "take_back_event", row.public_id)
    signed_in(cast.omer).post(address, {"reason": "It was his cousin"})
    shown = unescape(signed_in(cast.chillip).post(address, {"reason": "Too"}).content.decode())
    assert "Somebody else has taken this back already" in shown
    assert ">Too</textarea>" in shown
    with acting(cast.omer.pk):
        assert TakenBack.objects.get().reason == "It was his cousin"


def test_nobody_but_their_writer_takes_back_a_childs_words(cast: Cast) -> None:
    row = event(cast.david, cast.omer, whose_words="child")
    with acting(cast.chillip.pk), pytest.raises(NotNow):
        actions.take_back(row=row, by=cast.chillip, at=NOW, reason="Unlikely")
