"""What is done with a wave. Planning, making slips and closing are in the audit; answering is not:
there is nobody to name, and the moment would say who it was (H20)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from newel.evidence.measures import measure as definition
from newel.evidence.measures.definition import Measure
from newel.evidence.measures.scoring import faults_of
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.establishments.models import Setting, Unit
from newel.record.outcomes.surveys import codes, policies, queries, rules
from newel.record.outcomes.surveys.models import RESIDENTS, STAFF, SurveyResult, Wave, WaveGroup

Answers = dict[str, float | None]


@transaction.atomic
def plan_wave(
    *,
    measure: str,
    setting: Setting,
    unit: Unit | None,
    asked: list[str],
    opens_on: date,
    closes_on: date,
    by: StaffMember,
    at: datetime,
) -> Wave:
    policies.check_can_be_planned(
        measure=measure, setting=setting, unit=unit, asked=asked, opens_on=opens_on,
        closes_on=closes_on,
    )  # fmt: skip
    wave = Wave.objects.create(
        measure=measure,
        version=definition(measure).version,
        setting=setting,
        unit=unit,
        opens_on=opens_on,
        closes_on=closes_on,
        planned_by=by,
        planned_at=at,
    )
    WaveGroup.objects.bulk_create(WaveGroup(wave=wave, asked=one) for one in asked)
    audit.record("plan_wave", thing="wave", thing_id=wave.pk)
    return wave


@transaction.atomic
def make_slips(
    *, group: WaveGroup, number: int, by: StaffMember, at: datetime, today: date
) -> list[str]:
    """The codes, which are kept nowhere: whoever asked for them prints them now."""
    wave = group.wave
    policies.check_comes_from_outside(staff=by, setting=wave.setting, unit=wave.unit, at=at)
    policies.check_takes_slips(wave, today=today)
    made = [codes.new_code() for _ in range(number)]
    hashes = [codes.hash_of(one) for one in made]
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_make_slips(%s, %s::bytea[])", [group.pk, hashes])
    audit.record("make_slips", thing="wave", thing_id=wave.pk)
    return made


class NotAnAnswer(ValueError):
    """A value that the questionnaire does not have: the pages keep such things out."""


@transaction.atomic
def hand_in(*, code: str, answers: Mapping[str, float | None], today: date) -> str:
    """Keeps the answers and spends the slip: “kept”, or in one word why not. No actor, no audit."""
    opened = queries.opened_by(code=code, today=today)
    if opened is None:
        return "unknown"
    policies.check_is_of_this_version(opened.group.wave)
    faults = faults_of(definition(opened.group.wave.measure), answers)
    if faults:
        raise NotAnAnswer(" ".join(faults))
    kept = json.dumps(dict(sorted(answers.items())))
    row = queries.asked_apart(
        "SELECT outcomes_hand_in(%s, %s::jsonb, %s)", [codes.hash_of(code), kept, today]
    )
    assert row is not None  # noqa: S101 - the function always answers
    return str(row[0])


@transaction.atomic
def close_wave(*, wave: Wave, by: StaffMember, at: datetime, today: date) -> Wave:
    """No slip works any more. What has enough forms is worked out now and never again."""
    _one_after_the_other(wave)
    wave = Wave.objects.select_related("setting", "unit").get(pk=wave.pk)
    policies.check_comes_from_outside(staff=by, setting=wave.setting, unit=wave.unit, at=at)
    policies.check_is_of_this_version(wave)
    groups = list(wave.groups.select_related("wave__setting", "wave__unit").order_by("pk"))
    for one in groups:
        _wait_for_who_hands_in(one)
    policies.check_is_over(wave, today=today, counts=list(queries.counts(groups=groups).values()))
    wave.closed_by, wave.closed_at = by, at
    wave.save(update_fields=["closed_by", "closed_at"])
    audit.record("close_wave", thing="wave", thing_id=wave.pk)
    chosen = {one.asked: _counted_with(one) for one in groups}
    _publish({asked: pool for asked, pool in chosen.items() if _is_enough(pool)}, by=by, at=at)
    return wave


@transaction.atomic
def count_together(*, group: WaveGroup, by: StaffMember, at: datetime) -> SurveyResult:
    """What waits in units of one setting, each with too few forms, as one result of them all."""
    _one_after_the_other(group.wave)
    policies.check_is_of_this_version(group.wave)
    pool = queries.waiting(group=group)
    for one in pool:
        policies.check_comes_from_outside(
            staff=by, setting=one.wave.setting, unit=one.wave.unit, at=at
        )
    policies.check_enough(_returned(pool))
    audit.record("count_waves_together", thing="wave", thing_id=group.wave_id)
    return _publish({group.asked: pool}, by=by, at=at)[group.asked]


def _one_after_the_other(wave: Wave) -> None:
    """Two who close, or count together, in one setting: the second sees what the first has done."""
    rows = Wave.objects.select_for_update().filter(setting=wave.setting_id, measure=wave.measure)
    list(rows.order_by("pk").values_list("pk"))


def _wait_for_who_hands_in(group: WaveGroup) -> None:
    """Whoever pressed the button before is counted; whoever presses it later is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_one_at_a_time(%s)", [group.pk])


def _counted_with(group: WaveGroup) -> list[WaveGroup]:
    """By itself where it has enough forms; else with what waits from earlier waves of this place.
    A form is counted once, so no two results ever share one (H18)."""
    if _is_enough([group]):
        return [group]
    return [one for one in queries.waiting(group=group) if one.wave.unit_id == group.wave.unit_id]


def _is_enough(pool: Sequence[WaveGroup]) -> bool:
    return rules.enough(_returned(pool))


def _returned(pool: Sequence[WaveGroup]) -> int:
    return sum(one.returned for one in queries.counts(groups=pool).values())


def _publish(
    pools: Mapping[str, list[WaveGroup]], *, by: StaffMember, at: datetime
) -> dict[str, SurveyResult]:
    if not pools:
        return {}
    # Loads Polars and SciPy, which a web worker has no use for but in this moment.
    from newel.record.outcomes.surveys import figures

    ids = {asked: uuid4() for asked in pools}
    forms = {asked: _forms(pool, ids[asked]) for asked, pool in pools.items()}
    found = definition(next(iter(pools.values()))[0].wave.measure)
    difference = {}
    if _is_of_the_same_waves(pools):
        difference = figures.of_difference(found, forms[STAFF], forms[RESIDENTS])
    return {
        asked: _write(
            found, pool[0].wave, asked, ids[asked], forms[asked],
            figures.of_group(found, forms[asked]),
            difference if asked == STAFF else {}, by, at,
        )
        for asked, pool in pools.items()
    }  # fmt: skip


def _is_of_the_same_waves(pools: Mapping[str, list[WaveGroup]]) -> bool:
    if set(pools) != {STAFF, RESIDENTS}:
        return False
    staff, residents = ({one.wave_id for one in pools[asked]} for asked in (STAFF, RESIDENTS))
    return staff == residents


def _forms(pool: Sequence[WaveGroup], result: UUID) -> list[Answers]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM outcomes_count_forms(%s::bigint[], %s)",
            [[one.pk for one in pool], result],
        )
        rows = [row[0] for row in cursor.fetchall()]
    return [json.loads(row) if isinstance(row, str) else row for row in rows]


def _write(
    found: Measure,
    wave: Wave,
    asked: str,
    id: UUID,
    forms: Sequence[Answers],
    figures: dict[str, object],
    difference: dict[str, object],
    by: StaffMember,
    at: datetime,
) -> SurveyResult:
    return SurveyResult.objects.create(
        id=id,
        measure=found.id,
        version=wave.version,
        setting=wave.setting,
        asked=asked,
        forms=len(forms),
        figures=figures,
        difference=difference,
        worked_out_by=by,
        worked_out_at=at,
    )
