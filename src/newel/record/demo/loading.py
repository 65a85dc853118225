"""Loading the demo estate: every fact through the rooms' own actions, in its author's name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol

from django.db import connection, transaction

from newel.record.children.models import Child
from newel.record.demo import estate, queries
from newel.record.demo.by_own_hand_story import ByOwnHandStory
from newel.record.demo.child_file import ChildFile
from newel.record.demo.files_story import FilesStory
from newel.record.demo.formulation_story import FormulationStory
from newel.record.demo.goals_story import GoalsStory
from newel.record.demo.governance_story import GovernanceStory
from newel.record.demo.happening import Happening, tell
from newel.record.demo.history_story import HistoryStory
from newel.record.demo.judgement_story import JudgementStory
from newel.record.demo.loaded import Estate
from newel.record.demo.maps_story import MapsStory
from newel.record.demo.month_story import MonthStory
from newel.record.demo.on_record import put_fiction_on_record
from newel.record.demo.only_here import refuse_outside_demo
from newel.record.demo.pathway_story import PathwayStory
from newel.record.demo.people_story import PeopleStory
from newel.record.demo.person_story import PersonStory
from newel.record.demo.questionnaire_story import QuestionnaireStory
from newel.record.demo.relative_days import Calendar
from newel.record.demo.stay_story import StayStory
from newel.record.demo.surveys_story import SurveysStory
from newel.record.demo.understanding_story import UnderstandingStory


class Story(Protocol):
    """One side of a child's file, told among the others in the order of the days."""

    def happenings(self) -> Iterator[Happening]: ...


class AlreadyLoaded(RuntimeError):
    """The demo's people are there: loading them twice would make two of each child."""


def is_loaded() -> bool:
    return queries.has_people()


@transaction.atomic
def load() -> None:
    """All of it or nothing: a demo whose loading was stopped is loaded at the next start."""
    refuse_outside_demo()
    if is_loaded():
        raise AlreadyLoaded("The demo estate is loaded already.")
    with _without_savepoints():
        _tell(Estate(Calendar(datetime.now(UTC))))


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """An action that fails takes the whole loading back with it, so nobody needs the savepoint that
    each one sets: they were two of every five questions to the database."""
    features = connection.features
    usual = features.uses_savepoints
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = usual


def _tell(loaded: Estate) -> None:
    people = PeopleStory(loaded)
    people.they_come()
    put_fiction_on_record(loaded)
    for name in estate.CHILDREN:
        loaded.children[name] = _tell_of_child(name, loaded)
    MonthStory(loaded).tell()
    QuestionnaireStory(loaded).tell()
    GoalsStory(loaded).tell()
    JudgementStory(loaded).tell()
    FilesStory(loaded).tell()
    people.they_leave()
    GovernanceStory(loaded).tell()
    SurveysStory(loaded).tell()


def _tell_of_child(name: str, loaded: Estate) -> Child:
    file = ChildFile(estate.child(name), loaded)
    stories: tuple[Story, ...] = (
        *(StayStory(file, told) for told in file.told["stays"]),
        PersonStory(file),
        HistoryStory(file),
        PathwayStory(file, estate.read("pathways").get(name, {})),
        UnderstandingStory(file),
        MapsStory(file, estate.read("maps").get(name, {})),
        FormulationStory(file, estate.read("formulations").get(name, {})),
        ByOwnHandStory(file, estate.read("by_own_hand").get(name, [])),
    )
    told = (one for story in stories for one in story.happenings())
    tell(told, afterwards=file.after)
    file.nobody_acts()
    return file.child
