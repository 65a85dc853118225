"""The child and what is known of their stay, their people, their home, and who may reach them."""

from newel.record.children.models.child import (
    Child,
    ChildName,
    CommunicationNeed,
    EarlierFact,
    Identifier,
)
from newel.record.children.models.home import Home, OpenAddress, ProtectedAddress, SafetyCheck
from newel.record.children.models.looked_into import LookedInto
from newel.record.children.models.people import KeyworkerAssignment, TeamMember
from newel.record.children.models.reach import Block, BreakGlass, Grant, Notice
from newel.record.children.models.review import AccessDecision, AccessReview
from newel.record.children.models.sealing import (
    PerhapsSame,
    SealedName,
    Sealing,
    SealOpening,
)
from newel.record.children.models.stay import LegalReason, Stay, UnitStay
from newel.record.children.models.written import (
    READ_BY_CHILD,
    SHARING_LEVELS,
    WHOSE_WORDS,
    WrittenAboutChild,
)

__all__ = [
    "READ_BY_CHILD",
    "SHARING_LEVELS",
    "WHOSE_WORDS",
    "AccessDecision",
    "AccessReview",
    "Block",
    "BreakGlass",
    "Child",
    "ChildName",
    "CommunicationNeed",
    "EarlierFact",
    "Grant",
    "Home",
    "Identifier",
    "KeyworkerAssignment",
    "LegalReason",
    "LookedInto",
    "Notice",
    "OpenAddress",
    "PerhapsSame",
    "ProtectedAddress",
    "SafetyCheck",
    "SealOpening",
    "SealedName",
    "Sealing",
    "Stay",
    "TeamMember",
    "UnitStay",
    "WrittenAboutChild",
]
