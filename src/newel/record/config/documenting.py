"""Documents that are generated from the code, so that they cannot drift from it."""

from collections.abc import Callable

from newel.evidence.measures import documents as measures
from newel.evidence.measures.exchange import documents as files
from newel.record.access.roles import IN_WORDS, ROLES, Capability
from newel.record.config import place
from newel.record.stairs.activators.rules import states_in_words

GENERATED = "docs/generated"
MEASURES = "docs/measures"
WORKED_EXAMPLES = place.CHECKOUT / "tests" / "spec" / "measures"


def write(*, check: bool, say: Callable[[str], object]) -> int:
    stale = 0
    for name, text in documents().items():
        path = place.CHECKOUT / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        say(f"{name} is {'stale: run `newel docs`' if check else 'written'}.")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


def documents() -> dict[str, str]:
    """By the path of the file."""
    found = {
        f"{GENERATED}/roles.md": _roles(),
        f"{GENERATED}/statement_states.md": states_in_words(),
    }
    worked = measures.worked_examples(WORKED_EXAMPLES)
    pages = measures.documents(measures.defined(), worked)
    found[f"{MEASURES}/{files.NAME}"] = files.page()
    return found | {f"{MEASURES}/{name}": text for name, text in pages.items()}


def _roles() -> str:
    lines = [
        "# Who may do what",
        "",
        "Generated from `access/roles.py`. A role opens no record by itself: it says what somebody",
        "may do with the children whom they reach.",
        "",
    ]
    for role in ROLES.values():
        lines += [f"## {role.name}", "", role.description, ""]
        lines += [f"- {words}" for words in role.may] or ["- nothing about a child"]
        lines.append("")
    lines += ["## The whole table", "", "| | " + " | ".join(ROLES) + " |"]
    lines.append("|---|" + "---|" * len(ROLES))
    for capability in Capability:
        marks = ["yes" if capability in r.capabilities else "" for r in ROLES.values()]
        lines.append(f"| {IN_WORDS[capability]} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"
