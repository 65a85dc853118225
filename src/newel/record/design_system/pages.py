"""What a page is made of before it is drawn: plain data, no request, no HTML.

A room's page is a dataclass that inherits `Page` and adds what its template shows. The chrome
around it (navigation, who is signed in) is filled at the edge by `render_page`.
"""

from dataclasses import dataclass, field
from typing import Protocol

from django.forms import BaseForm


@dataclass(frozen=True, kw_only=True)
class Link:
    text: str
    href: str
    # For a screen reader, where several links on a page say the same: "Change" "date of birth".
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Chrome:
    """What surrounds every page of one signed-in person."""

    navigation: tuple[NavigationItem, ...] = ()
    home: str = "/"
    signed_in_as: str | None = None
    # The public id of who is signed in: a form kept in a tab is never sent as someone else.
    person: str = ""
    # Where the "Change person" button posts to. No button without it.
    change_person: str | None = None
    # Where words that were not saved are sent before that.
    put_words_by: str = ""
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One line of `ds.summary_list`: a question and its answer, or several lines of answer."""

    key: str
    value: str = ""
    lines: tuple[str, ...] = ()
    action: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of `ds.task_list`."""

    text: str
    status: str
    href: str = ""
    hint: str = ""
    done: bool = False


class Banner(Protocol):
    """Anything that names the template that draws it, such as the child banner."""

    template: str


@dataclass(kw_only=True)
class Page:
    title: str
    # The h1. None: the same as the title. "": the template draws its own h1.
    heading: str | None = None
    caption: str = ""
    back: Link | None = None
    banner: Banner | None = None
    notice: list[str] = field(default_factory=list)
    # The form that was posted to this page: its errors are summed up above the heading.
    form: BaseForm | None = None
    wide: bool = False
    chrome: Chrome = Chrome()

    @property
    def shown_heading(self) -> str:
        return self.title if self.heading is None else self.heading

    @property
    def has_errors(self) -> bool:
        return bool(self.form is not None and self.form.errors)

    @property
    def full_title(self) -> str:
        return f"{'Error: ' if self.has_errors else ''}{self.title} – Newel"


@dataclass(kw_only=True)
class ErrorPage(Page):
    """What happened and what to do about it, in that order."""

    paragraphs: tuple[str, ...]
    next_step: Link | None = None
