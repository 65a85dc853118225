"""What happened to a child and when, so that a file is told in the order in which it happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Of one day: somebody comes before they are written about; what was written is agreed together
# after, and somebody leaves last.
REFERRED, CAME, WROTE, CHANGED, TOGETHER, SHOWN, LEFT = range(7)


@dataclass(frozen=True)
class Happening:
    day: int
    order: int
    do: Callable[[], object]


def tell(happenings: Iterable[Happening], *, afterwards: Callable[[Happening], None]) -> None:
    """In the order of the days; of one day and one kind, in the order of the file."""
    for one in sorted(happenings, key=lambda each: (each.day, each.order)):
        one.do()
        afterwards(one)
