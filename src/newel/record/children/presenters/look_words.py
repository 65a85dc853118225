"""What somebody looked at, in words: from the names that the audit holds."""

from newel.record.access.models import StaffMember
from newel.record.children.looks_queries import OURS

ACTS = {
    "view": "Looked at",
    "print": "Printed",
    "export": "Exported",
    "refused": "Was refused",
}
PAGES = {
    "activators:one_page": "“How to be with me”",
    "activators:one_page_pdf": "“How to be with me” as a sheet",
    "activators:keeping_safe": "“Keeping safe now”",
    "scoping:timeline": "the life timeline",
    "children:child": "the front page of the record",
    "children:home_address": "an address of home",
    "children:communication": "communication needs",
    "children:legal": "legal reasons",
    "children:team": "the team around the child",
    "children:keyworkers": "the keyworkers",
    "children:homes": "home and its safety checks",
    "children:facts": "who the child is, to change it",
    "children:names": "the child’s other names",
    "children:numbers": "the child’s numbers",
    "children:sealed": "what is sealed",
    "children:ask_to_seal": "the form for a changed identity",
    "children:around": "the people around the child",
    "overview:handover": "the handover of the unit",
    "overview:unit_handover": "the handover of the unit",
    "activators:formulation": "the full formulation",
    "activators:version": "a version of the formulation",
    "activators:versions": "the versions of the formulation",
    "activators:compare": "what changed between two versions",
    "activators:copy": "a copy of the formulation",
    "activators:childs_words": "the child’s own words",
    "activators:five_ps_map": "the map of the 5 Ps",
    "activators:life_map": "the map along a life",
    "activators:what_helps_map": "the map of what helps",
    "scoping:lists": "lists of events",
    "outcomes:results": "what the child answered over time",
    "outcomes:childs_view": "what the child answered, for the child’s own eyes",
    "exchange:given_out": "questionnaires as a file",
    "exchange:files": "which questionnaires left or came in as files",
    "exchange:give_out": "questionnaires, to give them out as a file",
    "exchange:choose_file": "questionnaires, to bring them in from a file",
    "exchange:check_file": "a file of questionnaires beside those that are here",
    "exchange:brought": "a file that questionnaires came in from",
    "outcomes:talk": "a talk that an answer asked for",
    "outcomes:paper": "a questionnaire on paper",
}
LISTS = {
    "overview:shift": "on the shift page",
    "overview:unit_shift": "on the shift page",
    "overview:my_children": "among “The children I work with”",
    "outcomes:due": "in the list of questionnaires due",
    "outcomes:unit_due": "in the list of questionnaires due",
    "children:find": "when searching for a child",
    "children:refer": "when asked whether a referral is the same child",
    "children:governance": "among the children that governance watches over",
    "children:looks": "among what was opened from outside a child’s care",
    "overview:handover": "in the handover of the unit",
    "overview:unit_handover": "in the handover of the unit",
}
ROOMS = {
    "children": "a form about the child, the stay, the team or home",
    "scoping": "scoping",
    "activators": "the understanding of the child",
    "overview": "the shift page",
    "outcomes": "the questionnaires",
}
AS_ALIKE = "in a warning on the record of a child with a name like it"


def role_in_short(staff: StaffMember) -> str:
    return staff.role.replace("_", " ")


def page_in_words(page: str) -> str:
    return PAGES.get(page) or ROOMS.get(page.partition(":")[0]) or "the record"


def look_in_words(act: str, page: str) -> str:
    if act == "break_glass":
        return "Opened it in an emergency"
    if act == "list":
        return f"Saw the name {LISTS.get(page, AS_ALIKE)}"
    if page in OURS:
        return f"{ACTS[act]} who reaches the record (governance)"
    return f"{ACTS[act]} {page_in_words(page)}"
