"""The fourth lock, read from the database's own catalogue: a table that somebody adds and forgets
to protect fails here, and so does a right that somebody gives away."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.utils import DatabaseError, ProgrammingError
from django.test import Client
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from tests.architecture import furnished
from tests.cast import Cast

SERVICE = "newel_service"

# Everything that holds something about a child, its history included: replaced rows stay in the
# same table as current ones, so each table is its own history.
ABOUT_A_CHILD = {
    "activators_adultview",
    "activators_childswords",
    "activators_confirmation",
    "activators_copymade",
    "activators_differingview",
    "activators_evidence",
    "activators_goeswith",
    "activators_keepingsafe",
    "activators_onepage",
    "activators_pageopened",
    "activators_placing",
    "activators_seennote",
    "activators_statement",
    "activators_wordschecked",
    "activators_wordstakenback",
    "activators_formulationversion",
    "activators_participant",
    "activators_recommendation",
    "activators_statementasagreed",
    "children_block",
    "children_breakglass",
    "children_child",
    "children_childname",
    "children_communicationneed",
    "children_earlierfact",
    "children_grant",
    "children_home",
    "children_identifier",
    "children_keyworkerassignment",
    "children_legalreason",
    "children_lookedinto",
    "children_notice",
    "children_openaddress",
    "children_perhapssame",
    "children_protectedaddress",
    "children_safetycheck",
    "children_sealedname",
    "children_sealing",
    "children_sealopening",
    "children_stay",
    "children_teammember",
    "children_unitstay",
    "outcomes_answer",
    "outcomes_broughtfile",
    "outcomes_broughtform",
    "outcomes_form",
    "outcomes_givenout",
    "outcomes_goal",
    "outcomes_goalonform",
    "outcomes_judgement",
    "outcomes_plan",
    "outcomes_reason",
    "outcomes_sitting",
    "outcomes_talk",
    "overview_handovernote",
    "scoping_eventlist",
    "scoping_lifeevent",
    "scoping_pathwayplace",
    "scoping_scopingentry",
    "scoping_takenback",
}
# Rows that are one person's own, or that tell of a child by number.
ALSO_UNDER_POLICY = {
    "access_auditevent",
    "access_heldform",
    "access_savedform",
    "overview_lasthere",
    "overview_takeover",
    "overview_unitnote",
}
# Row security without any policy: the service sees and writes nothing at all.
SHUT = {
    "access_audithead": "guards the chains; reached through functions of the audit's own role",
    "access_auditqueue": "guards the chains; reached through functions of the audit's own role",
    "access_auditseal": "guards the chains; reached through functions of the audit's own role",
    "outcomes_surveyform": "anonymous answers; counted once, five at least (H20)",
    "outcomes_surveyslip": "hashes of codes of anonymous surveys (H20)",
}
NOTHING_ABOUT_A_CHILD = {
    "access_cache": "counts of wrong tries at signing in, under keyed names",
    "children_accessdecision": "who still needs access; names no child",
    "children_accessreview": "the quarterly look at access in a setting; names no child",
    "access_staffmember": "people who sign in; their names stand on every page they wrote",
    "account_emailaddress": "of django-allauth; staff only, and Newel sends no e-mail",
    "account_emailconfirmation": "of django-allauth; unused",
    "auth_group": "of Django; unused",
    "auth_group_permissions": "of Django; unused",
    "auth_permission": "of Django; names of models",
    "django_content_type": "of Django; names of models",
    "django_migrations": "of Django; names of migrations",
    "django_session": "who is signed in; read before anybody is known. Holds no words of a form",
    "establishments_agency": "agencies",
    "establishments_confirmdays": "after how many days a setting wants statements confirmed",
    "establishments_dataprotectionassessment": "of a setting, never of a child",
    "establishments_safetyofficer": "who answers for clinical safety in a setting",
    "establishments_sharingagreement": "between agencies; names no child",
    "establishments_sharingagreement_agencies": "which agencies an agreement binds",
    "establishments_sharingchoice": "who usually reads what is written in a setting",
    "establishments_post": "who works where; what reach is worked out from",
    "establishments_setting": "settings",
    "establishments_unit": "units",
    "mfa_authenticator": "keys of staff",
    "outcomes_surveyresult": "figures of five people at least, who are named nowhere",
    "outcomes_wave": "when which unit is asked what; names no child",
    "outcomes_wavegroup": "whether staff or residents are asked",
    "overview_shifttimes": "when the shifts of a setting begin",
}
# Whatever is not here is never deleted by the running service.
MAY_BE_DELETED = {
    "access_cache": "runs out",
    "access_heldform": "goes when its writer has it back, or after a day",
    "account_emailaddress": "of django-allauth; staff only",
    "children_childname": "a name that was wrong; the audit keeps that it was here",
    "children_identifier": "a number that was wrong; the audit keeps that it was here",
    "django_session": "signing out",
    "mfa_authenticator": "a lost key",
    "overview_takeover": "who took over a shift, after a month",
}
# Functions that act with their owner's rights: each is a door in the wall.
DOORS = {
    "activators_held_back": "a number: how many statements of a child in reach are held back",
    "access_append_audit": "the one way into the audit",
    "access_append_audit_list": "the same, for all children whom one page names",
    "access_audit_at_heads": "verifying: numbers and MACs of writers",
    "access_audit_copies": "verifying: ids and field names",
    "access_audit_ends": "sealing",
    "access_audit_heads": "verifying",
    "access_audit_seal": "sealing",
    "access_audit_misnumbered": "verifying: gaps in the numbers of writers",
    "access_audit_not_yet": "of given keys, which are not written yet; the keys cannot be guessed",
    "access_audit_note_folder": "sealing: the mark of the writers' folder, once",
    "access_audit_sealed": "verifying",
    "access_audit_stuck": "verifying",
    "access_audit_to_seal": "sealing",
    "access_audit_unsealed": "verifying",
    "access_forget_held_forms": "takes away what is older than an hour at least",
    "access_forget_saved_forms": "takes away what is older than an hour at least",
    "children_behind_glass_called": "break-glass: ids of those of a unit who go by a name",
    "activators_last_version": "the number of the newest version, sealed or not",
    "outcomes_begin_sitting": "opens one form to whoever holds its secret, and nothing else",
    "outcomes_can_be_told": "whether one of these people reaches a child, in one of these roles",
    "outcomes_reached_by": "who reaches a child; asked by the next door and the one before alone",
    "outcomes_talks_watched": "for governance leads: since when a talk waits, no answer (H9)",
    "outcomes_count_forms": "anonymous answers of five at least, mixed, once (H18, H20)",
    "outcomes_hand_in": "keeps anonymous answers and spends a slip; one word back",
    "outcomes_make_slips": "writes hashes of codes",
    "outcomes_slip_counts": "how many slips were made and came back",
    "outcomes_slip_opens": "which survey a code opens, and whether now",
    "outcomes_why_closed": "why a secret opens nothing any more: one word, no name",
    "children_access_in": "who has access in a setting, for its governance leads",
    "children_end_places_in": "ends places in teams and as keyworker, for governance leads",
    "children_governs": "whether the person is a governance lead of a setting",
    "children_care": "who was in the care of children over whom one watches, and when",
    "children_earlier_settings": "where a record of before was kept, for the governance lead asked",
    "children_goes_on_at": "where the record of a child in reach goes on, if that is in reach too",
    "children_still_beside": "the other way round, until what was written is carried over",
    "children_may_point": "whether one of two records may lead to the other; only these two ask",
    "children_is_sealed": "whether something written is sealed for whoever is acting",
    "children_perhaps_known": "asks the governance lead, and answers nothing",
    "children_return": "a stay on an earlier record, once a governance lead has said so",
    "children_seal": "moves names where the service cannot read them; for the second of two people",
    "children_sealed_names": "sealed names, for who was named and reaches the child",
    "children_with_sealed_history": "ids of children in reach with a sealed history",
    "children_id_behind": "an id, for the audit of a refusal",
    "children_names_in_reach": "finding: the names of those whom the policy shows, in one pass",
    "children_new_child": "the id of a child who is being written down",
    "children_opened_to": "what opens whom to somebody; asked by the next alone",
    "children_reach": "who reaches whom",
    "children_watch": "over whom a governance lead watches",
    "newel_begin": "names the person for one transaction",
}
LOCKS = ("newel.reach", "newel.watch", "newel.actor")


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


@pytest.fixture
def tables(db: None) -> dict[str, dict[str, Any]]:
    found = rows("""
        SELECT c.relname, c.relrowsecurity,
               array(SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p
                     WHERE p.polrelid = c.oid AND %s::regrole = ANY (p.polroles)),
               array(SELECT pg_get_expr(p.polwithcheck, p.polrelid) FROM pg_policy p
                     WHERE p.polrelid = c.oid AND p.polcmd <> 'r'),
               (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
               EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                       AND a.attname IN ('child_id', 'child'))
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
          AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    """, SERVICE)  # fmt: skip
    names = ("secured", "policies", "checks", "all_policies", "names_a_child")
    return {name: dict(zip(names, facts, strict=True)) for name, *facts in found}


def test_every_table_is_on_a_list(tables: dict[str, Any]) -> None:
    lists = (ABOUT_A_CHILD, ALSO_UNDER_POLICY, set(SHUT), set(NOTHING_ABOUT_A_CHILD))
    listed = set().union(*lists)
    assert set(tables) == listed, "A new table: protect it, or say here why it needs no policy."
    assert sum(map(len, lists)) == len(listed)


def test_a_table_that_names_a_child_is_not_called_harmless(tables: dict[str, Any]) -> None:
    for name in NOTHING_ABOUT_A_CHILD:
        assert not tables[name]["names_a_child"], name


def test_no_table_called_harmless_leads_to_a_child(tables: dict[str, Any]) -> None:
    leads = rows("""
        SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
        WHERE contype = 'f' AND connamespace = 'public'::regnamespace
    """)
    assert not [
        (one, other)
        for one, other in leads
        if one in NOTHING_ABOUT_A_CHILD and other in ABOUT_A_CHILD
    ]


def test_every_table_about_a_child_is_under_policy(tables: dict[str, Any]) -> None:
    for name in ABOUT_A_CHILD | ALSO_UNDER_POLICY:
        table = tables[name]
        assert table["secured"], name
        assert table["policies"], name
        assert len(table["policies"]) == table["all_policies"] == 1, f"{name}: policies add up"
        for lock in table["policies"] + table["checks"]:
            assert lock, f"{name} is open to writing"
            assert any(setting in lock for setting in LOCKS), (name, lock)


def test_no_policy_reads_the_list_of_children_anew_for_every_row(tables: dict[str, Any]) -> None:
    """As a text it is read in one place, inside a sub-query. Whoever reaches two thousand children
    would wait for two thousand numbers to be read for each row of a page."""
    every_row = [
        name
        for name, table in tables.items()
        for lock in table["policies"] + table["checks"]
        if lock and ANEW.search(lock)
    ]
    assert not every_row, "Use row_security.REACH."


ANEW = re.compile(
    r"'newel\.(reach|watch)'::text, true\), ''::text\), '\{\}'::text\) AS \S+?\)+::bigint"
)


def test_the_guard_of_that_knows_how_it_looks() -> None:
    as_it_was = """(child_id = ANY ((( SELECT COALESCE(NULLIF(current_setting('newel.reach'::text,
        true), ''::text), '{}'::text) AS "coalesce"))::bigint[]))"""
    assert ANEW.search(" ".join(as_it_was.split()))


def test_what_guards_the_audit_is_shut(tables: dict[str, Any]) -> None:
    for name in SHUT:
        assert tables[name]["secured"], name
        assert not tables[name]["all_policies"], name


def test_every_model_with_a_child_is_on_the_list() -> None:
    about = {
        model._meta.db_table
        for model in apps.get_models()
        if any(getattr(f, "attname", "") == "child_id" for f in model._meta.get_fields())
    }
    assert about <= ABOUT_A_CHILD
    assert "children_child" in ABOUT_A_CHILD


@pytest.fixture
def two_lives(db: None, cast: Cast, signed_in: type[Client]) -> Cast:
    pages = furnished.furnish(cast)
    signed_in(cast.peggotty).get(pages["activators:one_page"])
    with acting(cast.barkis.pk):
        children.break_glass(
            child_id=cast.david.pk, by=cast.barkis, at=timezone.now(), reason="A fire"
        )
    with acting(cast.strong.pk):
        children.look_into(
            child=Child.objects.get(preferred_name="David"), staff=cast.barkis, by=cast.strong,
            up_to=timezone.now(), words="He was asked", at=timezone.now(),
        )  # fmt: skip
    return cast


def _children_in(table: str) -> set[int]:
    column = "id" if table == "children_child" else "child_id"
    return {row[0] for row in rows(f"SELECT DISTINCT {column} FROM {table}")}


# What is told only to who broke the glass and to who watches over the child.
OWN_AND_WATCHED = ("children_breakglass", "children_lookedinto", "children_notice",
                   "children_perhapssame")  # fmt: skip


@pytest.mark.parametrize("table", sorted(ABOUT_A_CHILD))
def test_a_forgotten_filter_shows_only_children_in_reach(table: str, two_lives: Cast) -> None:
    """H5: every row of every table, asked for without any filter at all."""
    cast = two_lives
    david, tommy, jane = cast.david.pk, cast.tommy.pk, cast.jane.pk
    with acting(None):
        assert _children_in(table) == set()
    with acting(cast.spenlow.pk):
        assert _children_in(table) == set()
    with acting(cast.fairfax.pk):
        assert _children_in(table) <= {jane}
    with acting(cast.chillip.pk):
        seen = _children_in(table)
        assert seen <= {david, tommy}
        assert david in seen or table in OWN_AND_WATCHED


@pytest.mark.parametrize("table", sorted(ABOUT_A_CHILD - set(OWN_AND_WATCHED) - {"children_child"}))
def test_nothing_is_written_to_a_child_out_of_reach(table: str, two_lives: Cast) -> None:
    """The policies check what is written too: nobody moves a row to another child."""
    refused = r"row-level security|permission denied|stay as they were written"
    jane = two_lives.jane.pk
    with pytest.raises(DatabaseError, match=refused), acting(two_lives.chillip.pk):
        rows(f"UPDATE {table} SET child_id = {jane} RETURNING 1")


# `children_perhapssame` is tested with what is sealed.
@pytest.mark.parametrize("table", OWN_AND_WATCHED[:-1])
def test_a_broken_glass_shows_to_who_broke_it_and_to_who_watches(
    table: str, two_lives: Cast
) -> None:
    """H9, H30"""
    sees = {}
    for username in ("strong", "eshton", "spenlow", "leah"):
        with acting(getattr(two_lives, username).pk):
            sees[username] = bool(_children_in(table))
    assert sees == {"strong": True, "eshton": False, "spenlow": False, "leah": False}


def test_the_service_owns_nothing(db: None) -> None:
    assert rows("SELECT current_user") == [(SERVICE,)]
    for catalogue, owner in (
        ("pg_class", "relowner"),
        ("pg_proc", "proowner"),
        ("pg_namespace", "nspowner"),
        ("pg_database", "datdba"),
        ("pg_type", "typowner"),
    ):
        assert not rows(f"SELECT FROM {catalogue} WHERE {owner} = %s::regrole", SERVICE), catalogue


def test_the_service_has_no_power_over_policies(db: None) -> None:
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
        " WHERE rolname = %s", SERVICE,
    ) == [(False,) * 5]  # fmt: skip
    assert not rows("SELECT FROM pg_auth_members WHERE member = %s::regrole", SERVICE)
    assert rows("SELECT has_schema_privilege(%s, 'public', 'CREATE')", SERVICE) == [(False,)]
    with pytest.raises(ProgrammingError, match="must be owner"):
        rows("ALTER TABLE children_child DISABLE ROW LEVEL SECURITY")


def _tables_with(right: str) -> set[str]:
    found = rows("""
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND has_table_privilege(%s, oid, %s)
    """, SERVICE, right)  # fmt: skip
    return {name for (name,) in found}


def test_the_service_deletes_only_what_is_on_the_list(db: None) -> None:
    assert _tables_with("DELETE") == set(MAY_BE_DELETED)


@pytest.mark.parametrize("right", ["TRUNCATE", "REFERENCES", "TRIGGER"])
def test_the_service_empties_nothing_and_hangs_nothing_on_a_table(db: None, right: str) -> None:
    assert _tables_with(right) == set()


def test_every_function_with_its_owners_rights_is_known_and_cannot_be_fooled(db: None) -> None:
    """Without a fixed search_path, whoever calls it decides which tables it means."""
    doors = rows("""
        SELECT proname, coalesce(proconfig, '{}'), pg_get_userbyid(proowner) FROM pg_proc
        WHERE prosecdef AND pronamespace = 'public'::regnamespace
    """)
    assert {name for name, _, _ in doors} == set(DOORS)
    for name, settings, owner in doors:
        assert "search_path=public, pg_temp" in settings, name
        assert owner in {"newel_owner", "newel_audit"}, name


def test_nobody_but_newel_puts_a_function_in_front_of_these(db: None) -> None:
    """What is first in the search path can be written to by no other role than the owners."""
    writers = rows("""
        SELECT rolname FROM pg_roles WHERE has_schema_privilege(oid, 'public', 'CREATE')
        AND NOT rolsuper AND rolname NOT LIKE 'pg\\_%%'
    """)
    assert {name for (name,) in writers} == {"newel_owner", "newel_audit"}
