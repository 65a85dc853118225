"""What a found paper must not carry: looked for once more when the page is drawn."""

from collections.abc import Iterable

from newel.record.stairs.activators.rules import why_not_on_page


class Guard:
    """The last look before a line is shown. It counts what it holds back, and the page says so."""

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        everything = "\n".join(texts)
        # Only the names that occur at all: there may be hundreds of children in a setting.
        self.names = [name for name in names if name and name in everything]
        self.held = 0

    def lets_through(self, *texts: str) -> bool:
        fine = not any(why_not_on_page(t, names_of_other_children=self.names) for t in texts)
        self.held += not fine
        return fine
