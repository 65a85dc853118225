"""Every address that Newel answers to, read from the URLconf itself: none is left out by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    name: str
    view: Callable[..., Any]
    parts: dict[str, str] = field(default_factory=dict)  # name of the part: its converter's class

    @property
    def who_may(self) -> str | None:
        return getattr(self.view, "who_may", None)

    @property
    def is_about_a_child(self) -> bool:
        return "child_id" in self.parts


def all_routes() -> list[Route]:
    return list(_walk(get_resolver(), "", {}))


def routes_about_a_child() -> list[Route]:
    return [route for route in all_routes() if route.is_about_a_child]


def _walk(resolver: URLResolver, space: str, parts: dict[str, str]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        here = parts | _parts(one)
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one, inside, here)
        else:
            yield Route(f"{space}{one.name}", one.callback, here)


def _parts(one: URLPattern | URLResolver) -> dict[str, str]:
    """Both kinds of address: `path()` has converters, `re_path()` has named groups."""
    converters = getattr(one.pattern, "converters", {})
    groups = getattr(one.pattern, "regex", None)
    named = dict.fromkeys(groups.groupindex, "regex") if groups else {}
    return named | {name: type(converter).__name__ for name, converter in converters.items()}
