"""Making a judgement: ratings with their reasons; who judged, from what, until when."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from newel.evidence.measures import Measure
from newel.evidence.measures.judgement import Topic
from newel.record.design_system.choice_fields import CheckboxesField, RadiosField, TickField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import LongTextField
from newel.record.design_system.forms import NewelForm
from newel.record.outcomes.actions import About, Given, Theirs, given_of, mark_of
from newel.record.outcomes.codes import SEEN, answer_in_words, code_of, given_by
from newel.record.outcomes.forms.line import AnswerField
from newel.record.outcomes.models import HEARD, REASONS, SOURCES, WHAT_IT_IS
from newel.record.outcomes.queries.judged import Judged, Spot

LONGEST = 6000
LONGEST_LINE = 300
FURTHEST = timedelta(days=3 * 366)


def name_of(spot: Spot) -> str:
    return f"{spot[0]}-{spot[1]}"


class RatingField(AnswerField):
    """One of the ratings that the definition has, or none: nobody declines to rate."""

    def __init__(self, *, called: str, **kwargs: Any) -> None:
        super().__init__(number=0, called=called, **kwargs)

    def clean(self, value: Any) -> Given:
        given = super().clean(value)
        if given.declined:
            raise forms.ValidationError(self._what_is_wrong())
        return given

    def _what_is_wrong(self) -> str:
        return f"{self._called}: choose one of the ratings"


class PartForm(NewelForm):
    """Nothing in it is required: what is there is kept. `seen_…` says what the page showed, so that
    nobody writes over what somebody else has put down since."""

    def __init__(
        self, *args: Any, topics: Sequence[Topic], measure: Measure, now: Judged, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.topics, self.measure, self.now = topics, measure, now
        self.spots: dict[str, Spot] = {}
        self.meanwhile: dict[str, tuple[str, str]] = {}  # field -> who, and what they put down
        for topic in topics:
            self._add(topic)

    def _add(self, topic: Topic) -> None:
        if topic.own_words:
            self._add_words((topic.what_it_is, WHAT_IT_IS), f"{topic.label}: what it is")
        for one in topic.ratings:
            called = f"{topic.label}, {one.name}" if one.name else topic.label
            self.fields[one.item] = RatingField(measure=self.measure, item=one.item, called=called)
            rated = self.now.ratings.get(one.item)
            self.initial[one.item] = code_of(given_of(rated))
            self._add_words((one.item, REASONS), f"{called}: the reasons")

    def _add_words(self, spot: Spot, called: str) -> None:
        name = name_of(spot)
        self.spots[name] = spot
        self.fields[name] = LongTextField(
            label=called, called=called, max_length=LONGEST, count=False, rows=3, required=False
        )
        self.initial[name] = self.now.words_of(*spot)

    @property
    def ratings(self) -> dict[str, Given]:
        """Those that could be read. A group that was not touched sends nothing."""
        return {
            name: one
            for name, one in self.cleaned_data.items()
            if name not in self.spots and (self.data.get(name) or one != Given(None))
        }

    @property
    def words(self) -> dict[Spot, str]:
        """Those that could be read. A box that the page did not have takes nothing back."""
        return {
            spot: self.cleaned_data[name]
            for name, spot in self.spots.items()
            if name in self.cleaned_data and name in self.data
        }

    @property
    def seen(self) -> dict[str, Given]:
        return {
            name: given_by(self.seen_code(name)) for name in self.fields if name not in self.spots
        }

    @property
    def seen_words(self) -> dict[Spot, str]:
        return {spot: self.seen_code(name) for name, spot in self.spots.items()}

    def seen_code(self, name: str) -> str:
        """What the page showed: as it was sent, or as it stands now."""
        if self.is_bound and f"{SEEN}{name}" in self.data:
            return str(self.data[f"{SEEN}{name}"])
        if name in self.spots:
            return mark_of(self.now.words_of(*self.spots[name]))
        return code_of(given_of(self.now.ratings.get(name)))

    def kept(self, theirs: Theirs) -> dict[str, str]:
        """What the page has before it once this was saved: by the name of its hidden field."""
        codes = {name: code_of(one) for name, one in self.ratings.items()}
        codes |= {name_of(spot): mark_of(text) for spot, text in self.words.items()}
        codes |= {name: code_of(given_of(one)) for name, one in theirs.ratings.items()}
        codes |= {name_of(spot): mark_of(one.text) for spot, one in theirs.words.items()}
        return {f"{SEEN}{name}": code for name, code in codes.items()}

    def show_both(self, theirs: Theirs) -> None:
        """The page that is shown again has their words beside mine; the next save knows them."""
        self.data = {**dict(self.data.items()), **self.kept(theirs)}
        for item, row in theirs.ratings.items():
            said = answer_in_words(row, self.measure, item) if row.value is not None else "nothing"
            self._tell(item, row.written_by.name if row.written_by else "", said, "rated this")
        for spot, words in theirs.words.items():
            self._tell(name_of(spot), words.written_by.name, words.text, "wrote here")

    def _tell(self, name: str, who: str, said: str, did: str) -> None:
        self.meanwhile[name] = (who, said)
        called = self.fields[name]._called  # type: ignore[attr-defined]
        self.add_error(
            name,
            f"{called}: meanwhile {who} {did} too. Both are here; leave what is to stand and save "
            "again",
        )


_NEEDED = ("assessors", "sources_used", "heard", "heard_words", "look_again_on")


class AboutForm(NewelForm):
    """Nothing in it is required before the end: a judgement is made over days."""

    submit_label = "Save"

    assessors = LongTextField(
        label="Who assessed?",
        hint="One person a line, with their profession. Everybody who judged, you too.",
        max_length=1000,
        count=False,
        rows=3,
        required=False,
    )
    are_trained = TickField(
        label="Everybody named here is trained to make this judgement", required=False
    )
    sources_used = CheckboxesField(
        label="Which information was it made from?",
        called="the information",
        choices=SOURCES,
        required=False,
    )
    more_sources = LongTextField(
        label="Which, more exactly, and what could not be had?",
        hint="For example from when a report is, or who could not be reached.",
        max_length=LONGEST,
        count=False,
        rows=3,
        required=False,
    )
    heard = RadiosField(
        label="Was the young person heard?",
        called="whether they were heard",
        choices=HEARD,
        required=False,
    )
    heard_words = LongTextField(
        label="What did they say of it? Or why were they not heard?",
        hint="Their own words, where you have them.",
        max_length=LONGEST,
        count=False,
        rows=3,
        required=False,
    )
    conclusion = LongTextField(
        label="What does it come to, and what follows from it?",
        hint="In your own words, with what helps. Nothing is added up for you.",
        max_length=LONGEST,
        count=False,
        rows=6,
        required=False,
    )
    look_again_on = DateField(
        label="When is it to be looked at again?", called="the day", required=False
    )
    look_again_because = LongTextField(
        label="Why on that day?",
        max_length=LONGEST_LINE,
        count=False,
        rows=2,
        required=False,
    )

    def __init__(self, *args: Any, proposal: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["look_again_on"]
        day.hint = f"{proposal} For example, 27 3 {today.year + 1}"  # type: ignore[attr-defined]
        day.earliest, day.latest = today, today + FURTHEST  # type: ignore[attr-defined]

    def render_nhs(self, *names: str) -> SafeString:
        """It can be saved without them and not finished without them: they are not optional."""
        for name in _NEEDED:
            self.fields[name].required = True
        return super().render_nhs(*names)

    @property
    def about(self) -> About:
        told = dict(self.cleaned_data)
        return About(**told | {"sources_used": tuple(told["sources_used"])})


def as_initial(about: About) -> Mapping[str, Any]:
    return vars(about) | {"sources_used": list(about.sources_used)}


class BeginJudgementForm(NewelForm):
    submit_label = "Begin"


class FinishJudgementForm(NewelForm):
    submit_label = "Finish"

    answered_on = DateField(label="Of which day is the judgement?", called="the day")

    def __init__(self, *args: Any, today: date, born_on: date | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"answered_on": today}
        super().__init__(*args, **kwargs)
        field = self.fields["answered_on"]
        field.latest, field.earliest = today, born_on  # type: ignore[attr-defined]
