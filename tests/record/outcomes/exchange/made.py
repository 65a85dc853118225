"""Forms as they may be anywhere, for the tests that send them out and bring them in."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from newel.evidence.measures import Measure, measure
from newel.evidence.measures.form import Form

FIRST, LAST = date(2024, 1, 1), date(2026, 10, 31)
# What a field of Newel can hold, and what tables, formulas and spreadsheets stumble over.
AWKWARD = "=+-@'\",;\t\n\\|%&<>_x0041_#0 aäßłЖ漢字🙂‏"
WORDS = st.text(alphabet=AWKWARD, min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
IDS = st.text(alphabet="=+-@abcXYZ0189./_", min_size=1, max_size=20)


@st.composite
def forms(draw: st.DrawFn, id: str) -> Form:
    found = measure(id)
    judged = found.is_judgement
    asked, who = _asked(draw, found), draw(st.sampled_from(_who(found)))
    told: dict[str, Any] = {one.id: _answer(draw, found, one.id, judged) for one in found.items}
    told = {item: value if item in asked else None for item, value in told.items()}
    return Form(
        answers={item: None if value == "declined" else value for item, value in told.items()},
        declined=frozenset(item for item, value in told.items() if value == "declined"),
        reasons={item: draw(WORDS) for item in told} if judged else {},
        texts=_texts(draw, found, asked, who),
        on=draw(st.dates(FIRST, LAST)),
        **_ending(draw),
        id=draw(IDS),
        child="DAVID",
        answered_by=who,
        way="judged" if judged else draw(st.sampled_from(["tablet", "together", "paper", "link"])),
        language=draw(st.sampled_from(["en", "cy", "ur", "pa-Arab"])),
        has_wording=draw(st.booleans()),
    )


def _asked(draw: st.DrawFn, found: Measure) -> set[str]:
    """Of goals those that there are; of everything else every question."""
    ids = [one.id for one in found.items]
    if found.kind != "goals":
        return set(ids)
    return set(draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)))


def _answer(draw: st.DrawFn, found: Measure, item: str, judged: bool) -> Any:
    values = st.sampled_from(found.responses_of(item).values)
    return draw(values if judged else st.one_of(values, st.none(), st.just("declined")))


def _ending(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {"finished": True}
    return {"finished": False, "set_aside": True, "because": draw(WORDS)}


def _who(found: Measure) -> list[str]:
    if found.is_judgement:
        return ["assessor"]
    return ["worker"] if found.kind == "rating" else ["self", "carer", "worker"]


def _texts(draw: st.DrawFn, found: Measure, asked: set[str], who: str) -> dict[str, str]:
    if found.is_judgement:
        what = {f"{one.id}_what": draw(WORDS) for one in found.items if one.own_words}
        return what | {
            "assessors": draw(WORDS), "are_trained": "yes", "sources_used": "talked records",
            "more_sources": draw(WORDS), "heard": "heard", "heard_words": draw(WORDS),
            "conclusion": draw(WORDS), "look_again_on": "2190-01-01",
        }  # fmt: skip
    if found.kind != "goals":
        return {}
    told = {}
    for item in sorted(asked):
        told |= {
            f"{item}_goal": draw(WORDS), f"{item}_goal_id": f"{item}{draw(IDS)}",
            f"{item}_goal_since": "2023-05-05",
        }  # fmt: skip
        if who == "self":
            told[f"{item}_goal_how"] = draw(st.sampled_from(["asked", "drawn", "other"]))
    return told
