"""The components of the NHS design system, from Python and from our templates.

`component("date-input", {...})` calls the macro of `nhsuk-frontend-jinja` of that name. The macros
are slow (a text input 1 ms, a date input 3 ms), so they draw form fields, never lists.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
    )


@cache
def _macro(name: str) -> Callable[[Mapping[str, Any]], Markup]:
    template = _environment().get_template(f"nhsuk/components/{name}/macro.jinja")
    macro_name = re.sub(r"-(\w)", lambda match: match[1].upper(), name)
    macro: Callable[[Mapping[str, Any]], Markup] = getattr(template.module, macro_name)
    return macro


def component(name: str, params: Mapping[str, Any]) -> Markup:
    """Nothing that was typed comes out as markup: what is given as `text` or `value` the macro
    escapes, and only what a template drew is Markup, so that a plain string which strays in here or
    on the way into the page is escaped too. A macro takes `html` as it is: the one thing that is
    given so is a field that a choice reveals, which was drawn here before."""
    return _macro(name)(params)
