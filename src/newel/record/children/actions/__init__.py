"""What is done about a child's place here, their people, their home, and who reaches the record."""

from newel.record.children.actions.access import (
    block,
    break_glass,
    end_grant,
    find_nobody_behind_glass,
    give_access,
    lift_block,
    see_notice,
)
from newel.record.children.actions.child import (
    add_identifier,
    add_name,
    change_child,
    end_communication_need,
    record_communication_need,
    refer,
    refer_again,
    take_identifier_away,
    take_name_away,
)
from newel.record.children.actions.home import add_home, check_home_is_safe, end_home
from newel.record.children.actions.looks import look_into
from newel.record.children.actions.people import (
    add_team_member,
    assign_keyworker,
    change_contact,
    end_keyworker,
    end_team_member,
)
from newel.record.children.actions.review import Decided, begin_review, decide, finish_review
from newel.record.children.actions.sealing import (
    ask_to_seal,
    close_seal,
    confirm_sealing,
    open_seal,
    say_another,
    say_same,
    set_sealing_aside,
)
from newel.record.children.actions.stay import (
    arrive,
    end_legal_reason,
    end_stay,
    move_unit,
    record_legal_reason,
)

__all__ = [
    "Decided",
    "add_home",
    "add_identifier",
    "add_name",
    "add_team_member",
    "arrive",
    "ask_to_seal",
    "assign_keyworker",
    "begin_review",
    "block",
    "break_glass",
    "change_child",
    "change_contact",
    "check_home_is_safe",
    "close_seal",
    "confirm_sealing",
    "decide",
    "end_communication_need",
    "end_grant",
    "end_home",
    "end_keyworker",
    "end_legal_reason",
    "end_stay",
    "end_team_member",
    "find_nobody_behind_glass",
    "finish_review",
    "give_access",
    "lift_block",
    "look_into",
    "move_unit",
    "open_seal",
    "record_communication_need",
    "record_legal_reason",
    "refer",
    "refer_again",
    "say_another",
    "say_same",
    "see_notice",
    "set_sealing_aside",
    "take_identifier_away",
    "take_name_away",
]
