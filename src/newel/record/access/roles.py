"""Roles and what each may do, written so that a manager can read and check them.

A role never opens a child's record by itself: it says what somebody may do with the children
whom they can reach (through their unit, their setting, the team around a child or a named grant).
"""

from dataclasses import dataclass
from enum import StrEnum


class Capability(StrEnum):
    SEE_SHIFT = "see_shift"
    READ_ONE_PAGE = "read_one_page"
    READ_RECORD = "read_record"
    READ_RESTRICTED = "read_restricted"
    RECEIVE_CHILD = "receive_child"
    KEEP_SAFE = "keep_safe"
    WRITE_HISTORY = "write_history"
    WRITE_UNDERSTANDING = "write_understanding"
    CONFIRM_UNDERSTANDING = "confirm_understanding"
    AGREE_UNDERSTANDING = "agree_understanding"
    OPEN_TO_CHILD = "open_to_child"
    GIVE_MEASURES = "give_measures"
    PLAN_MEASURES = "plan_measures"
    WRITE_GOALS = "write_goals"
    READ_OUTCOMES = "read_outcomes"
    JUDGE = "judge"
    SHARE_OUTCOMES = "share_outcomes"
    RUN_SURVEYS = "run_surveys"
    PLACE_CHILD = "place_child"
    MANAGE_TEAM = "manage_team"
    BREAK_GLASS = "break_glass"
    LET_IN_FOR_A_SHIFT = "let_in_for_a_shift"
    GOVERN_ACCESS = "govern_access"
    MANAGE_STAFF = "manage_staff"
    MANAGE_PLACES = "manage_places"


IN_WORDS: dict[Capability, str] = {
    Capability.SEE_SHIFT: "see the shift of their units, read its handover, take it over",
    Capability.READ_ONE_PAGE: "open and print “How to be with me”",
    Capability.READ_RECORD: "read the scoping, the life timeline and the statements",
    Capability.READ_RESTRICTED: "read what is held back because it is about somebody else",
    Capability.RECEIVE_CHILD: "write down that a child comes or is here, and who the child is",
    Capability.KEEP_SAFE: "write “Keeping safe now” and what a child needs to be understood",
    Capability.WRITE_HISTORY: "write scoping, life events and legal reasons",
    Capability.WRITE_UNDERSTANDING: "write statements, as drafts, and words for the next shift",
    Capability.CONFIRM_UNDERSTANDING: "confirm a statement with what they saw",
    Capability.AGREE_UNDERSTANDING: "mark statements as agreed, replace them, retire them",
    Capability.OPEN_TO_CHILD: "decide that the child may read something",
    Capability.GIVE_MEASURES: "give a child a questionnaire, hand over a tablet, type one in",
    Capability.PLAN_MEASURES: "decide which questionnaires a child is asked, and how often",
    Capability.WRITE_GOALS: "write down goals for a child in the words of whose goals they are",
    Capability.READ_OUTCOMES: "read what a child answered to them, and how it changed",
    Capability.JUDGE: "make a professional judgement of a child, such as START:AV, and read one",
    Capability.SHARE_OUTCOMES: "give a child’s questionnaires out as a file, and say for whom",
    Capability.RUN_SURVEYS: "run anonymous surveys of units where they do not work, read results",
    Capability.PLACE_CHILD: "move a child between units and end a stay",
    Capability.MANAGE_TEAM: "say who is in the team, keyworker or home, and see an open address",
    Capability.BREAK_GLASS: "open a record in an emergency, with a reason",
    Capability.LET_IN_FOR_A_SHIFT: "let an agency worker in for one shift on one unit, and end it",
    Capability.GOVERN_ACCESS: "see who opened what, give named access, block a person",
    Capability.MANAGE_STAFF: "make and end staff accounts and say where people work",
    Capability.MANAGE_PLACES: "set up settings, units and agencies",
}


@dataclass(frozen=True)
class Role:
    code: str
    name: str
    description: str
    capabilities: frozenset[Capability]
    # An account with this role ends by itself, and is made in one go with its post.
    for_one_shift: bool = False

    @property
    def reads_children(self) -> bool:
        """Whether this role has any business with a child's record at all."""
        return Capability.READ_ONE_PAGE in self.capabilities

    @property
    def may(self) -> tuple[str, ...]:
        return tuple(IN_WORDS[c] for c in Capability if c in self.capabilities)


_FLOOR = frozenset({Capability.SEE_SHIFT, Capability.READ_ONE_PAGE, Capability.READ_RECORD})
_CARE = _FLOOR | {
    Capability.KEEP_SAFE,
    Capability.WRITE_UNDERSTANDING,
    Capability.CONFIRM_UNDERSTANDING,
    Capability.GIVE_MEASURES,
    Capability.BREAK_GLASS,
}
_MEASURES = frozenset(
    {
        Capability.PLAN_MEASURES,
        Capability.WRITE_GOALS,
        Capability.READ_OUTCOMES,
        Capability.JUDGE,
    }
)
_LEAD = _CARE | {Capability.WRITE_HISTORY, Capability.RECEIVE_CHILD, Capability.MANAGE_TEAM}
_VISITOR = frozenset({Capability.READ_ONE_PAGE, Capability.READ_RECORD})


def _role(
    code: str,
    name: str,
    description: str,
    *may: Capability | frozenset[Capability],
    for_one_shift: bool = False,
) -> Role:
    flat: set[Capability] = set()
    for one in may:
        flat |= one if isinstance(one, frozenset) else {one}
    return Role(code, name, description, frozenset(flat), for_one_shift)


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "residential_worker",
            "Residential worker or officer",
            "Looks after the children on their unit, shift by shift.",
            _CARE,
        ),
        _role(
            "agency_worker",
            "Agency worker, for one shift",
            "Helps on one unit until the shift ends. Reads what keeps a child and staff safe.",
            Capability.SEE_SHIFT,
            Capability.READ_ONE_PAGE,
            for_one_shift=True,
        ),
        _role(
            "keyworker",
            "Keyworker or custody support plan officer",
            "Stands up for one child and that child's goals, and also works on the unit.",
            _CARE,
            Capability.WRITE_HISTORY,
            Capability.MANAGE_TEAM,
            Capability.WRITE_GOALS,
            Capability.READ_OUTCOMES,
        ),
        _role(
            "psychologist",
            "Psychologist or formulation lead",
            "Leads the understanding of each child and agrees with others what is written.",
            _LEAD,
            _MEASURES,
            Capability.AGREE_UNDERSTANDING,
            Capability.OPEN_TO_CHILD,
            Capability.READ_RESTRICTED,
            Capability.SHARE_OUTCOMES,
            Capability.RUN_SURVEYS,
        ),
        _role(
            "health_lead",
            "Health lead, nurse or therapist",
            "Brings what staff need to know about health and communication.",
            _LEAD,
            _MEASURES,
        ),
        _role(
            "education_lead",
            "Teacher or education lead",
            "Teaches the child and adds what helps in the classroom.",
            _FLOOR,
            Capability.WRITE_UNDERSTANDING,
            Capability.CONFIRM_UNDERSTANDING,
            Capability.GIVE_MEASURES,
        ),
        _role(
            "social_worker",
            "Social worker or placing authority",
            "Knows the child's home and legal position. Sees only the children they work with.",
            _VISITOR,
            Capability.WRITE_HISTORY,
        ),
        _role(
            "youth_justice_worker",
            "Youth justice case manager",
            "Works with the child before, during and after the stay. Sees only those children.",
            _VISITOR,
            Capability.WRITE_HISTORY,
        ),
        _role(
            "manager",
            "Unit or registered manager, governor",
            "Answers for a unit or a setting, its staff and what has to be done by when.",
            _LEAD,
            _MEASURES,
            Capability.AGREE_UNDERSTANDING,
            Capability.PLACE_CHILD,
            Capability.LET_IN_FOR_A_SHIFT,
            Capability.SHARE_OUTCOMES,
            Capability.RUN_SURVEYS,
        ),
        _role(
            "training_lead",
            "Training lead",
            "Plans and records training. Has no business with a child's record.",
        ),
        _role(
            "evaluator",
            "Evaluator or assistant psychologist",
            "Works with figures about groups. Has no business with a child's record.",
            Capability.RUN_SURVEYS,
        ),
        _role(
            "commissioner",
            "Commissioner or national team",
            "Works with figures about settings. Has no business with a child's record.",
        ),
        _role(
            "governance_lead",
            "Information governance lead or Caldicott Guardian",
            "Watches over who sees what: reads the audit, not the children's records.",
            Capability.GOVERN_ACCESS,
        ),
        _role(
            "administrator",
            "System administrator",
            "Runs accounts and places. Sees no child's record.",
            Capability.MANAGE_STAFF,
            Capability.MANAGE_PLACES,
            Capability.LET_IN_FOR_A_SHIFT,
        ),
    )
}

LASTING_ROLES = tuple(role for role in ROLES.values() if not role.for_one_shift)
ONE_SHIFT_ROLES = tuple(role.code for role in ROLES.values() if role.for_one_shift)
CHILD_READING_ROLES = tuple(role.code for role in ROLES.values() if role.reads_children)
RECORD_READING_ROLES = tuple(
    role.code for role in ROLES.values() if Capability.READ_RECORD in role.capabilities
)
RESTRICTED_READING_ROLES = tuple(
    role.code for role in ROLES.values() if Capability.READ_RESTRICTED in role.capabilities
)
