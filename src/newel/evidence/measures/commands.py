"""What `newel measures` does. Each returns the exit code: 0, or 2 with a sentence for what cannot
be done. Scripts rely on what is printed here: docs/measures/commands.md says what stays."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from newel import definitions
from newel.evidence.measures import files, reports
from newel.evidence.measures.definition import Measure
from newel.evidence.measures.faults import Checked, checked
from newel.evidence.measures.reading import UnknownMeasure, measure, measures
from newel.evidence.measures.scoring import NotScored
from newel.evidence.measures.tables import (
    NoSuchColumns,
    TakenNames,
    refuse_missing_items,
    refuse_what_cannot_be_scored,
    score_table,
)

Say = Callable[[str], object]
OK, REFUSED = 0, 2
REFUSALS = (UnknownMeasure, NotScored, NoSuchColumns, TakenNames, files.FileRefused)


def list_measures(say: Say) -> int:
    """A line a measure: its id and its name."""
    for one in measures():
        say(f"{one.id:<22} {one.name}")
    return OK


def show(id: str, *, form: str, say: Say, complain: Say) -> int:
    """form: yaml (the definition itself), json (its key) or fhir (an R4 Questionnaire)."""
    try:
        found = measure(id)
    except UnknownMeasure as fault:
        return _refuse(fault, complain)
    say({"yaml": _as_yaml, "json": _as_json, "fhir": _as_fhir}[form](found))
    return OK


def score(id: str, file: Path, output: Path, *, say: Say, complain: Say) -> int:
    """Scores a file into another one; what is faulty goes into a third, beside it."""
    try:
        found = measure(id)
        files.check_output(output, file)
        table = files.read_table(file, sheet=id)
        refuse_what_cannot_be_scored(found, table.columns)
        sound = checked(found, table)
        scores = score_table(found, sound.table)
        files.write_table(scores, output)
        files.write_table(sound.faults, files.faults_beside(output))
    except REFUSALS as fault:
        return _refuse(fault, complain)
    say(_outcome(scores.height, sound.faults.height, output))
    return OK


def change(
    id: str, file: Path, *, person: str, date: str, day_first: bool, form: str,
    say: Say, complain: Say,
) -> int:  # fmt: skip
    """Each person's change from the first scored form to the last. form: json or text."""
    from newel.evidence.measures.change import changes
    from newel.evidence.measures.occasions import UnclearOccasions, occasions

    try:
        found, sound = _sound(id, file)
        forms = occasions(found, sound.table, person=person, date=date, day_first=day_first)
        compared = changes(found, forms)
    except (*REFUSALS, UnclearOccasions) as fault:
        return _refuse(fault, complain)
    report = reports.of_change(found, forms.height, sound.faults, compared)
    _print(report, form, reports.change_in_lines, say)
    return OK


def reliability(id: str, file: Path, *, form: str, say: Say, complain: Say) -> int:
    """Mean, spread and consistency of each subscale in a file. form: json or text."""
    from newel.evidence.measures.groups import group_statistics

    try:
        found, sound = _sound(id, file)
        statistics = group_statistics(found, sound.table)
    except REFUSALS as fault:
        return _refuse(fault, complain)
    report = reports.of_reliability(found, sound.table.height, sound.faults, statistics)
    _print(report, form, reports.reliability_in_lines, say)
    return OK


def _sound(id: str, file: Path) -> tuple[Measure, Checked]:
    found = measure(id)
    if found.is_judgement:
        raise NotScored(found)
    table = files.read_table(file, sheet=id)
    refuse_missing_items(found, table.columns)
    return found, checked(found, table)


def _print(
    report: reports.Report, form: str, in_lines: Callable[[reports.Report], Iterable[str]], say: Say
) -> None:
    if form == "json":
        say(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for line in in_lines(report):
        say(line)


def key(found: Measure) -> dict[str, object]:
    """What a program needs to score the measure by itself."""
    return {
        "id": found.id,
        "items": [_item_key(found, one.id) for one in found.items],
        "subscales": [
            {
                "id": one.id,
                "items": list(one.items),
                "reversed": list(one.reversed),
                "minimum": one.minimum,
            }
            for one in found.subscales
        ],
    }


def _item_key(found: Measure, id: str) -> dict[str, object]:
    """`unscored` stands only where an answer gives no points, such as “not known”."""
    responses = found.responses_of(id)
    unscored = [value for value in responses.values if value not in responses.scored_values]
    told: dict[str, object] = {"id": id, "values": list(responses.values)}
    return {**told, "unscored": unscored} if unscored and not found.is_judgement else told


def _refuse(fault: Exception, complain: Say) -> int:
    complain(str(fault))
    return REFUSED


def _as_yaml(found: Measure) -> str:
    text = definitions.read(f"measures/{found.id}.yaml")
    return yaml.safe_dump(text, sort_keys=False, allow_unicode=True, width=100).rstrip()


def _as_json(found: Measure) -> str:
    return json.dumps(key(found), ensure_ascii=False, indent=2)


def _as_fhir(found: Measure) -> str:
    from newel.evidence.measures.fhir import questionnaire

    return questionnaire(found).model_dump_json(indent=2)


def _outcome(forms: int, faults: int, output: Path) -> str:
    told = f"{forms} {'form' if forms == 1 else 'forms'} scored into {output}."
    if not faults:
        return f"{told} 0 faults."
    cells = "1 fault" if faults == 1 else f"{faults} faults"
    return (
        f"{told} {cells}: not permitted as answers, counted as unanswered, and listed in "
        f"{files.faults_beside(output)}."
    )
