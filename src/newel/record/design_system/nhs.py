"""The components of the NHS design system, from Python and from our templates.

`component("date-input", {...})` calls the macro of `nhsuk-frontend-jinja` of that name. The macros
are slow (a text input 1 ms, a date input 3 ms), so they draw form fields, never lists.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
    )


@cache
def _macro(name: str) -> Callable[[Mapping[str, Any]], str]:
    template = _environment().get_template(f"nhsuk/components/{name}/macro.jinja")
    macro_name = re.sub(r"-(\w)", lambda match: match[1].upper(), name)
    macro: Callable[[Mapping[str, Any]], str] = getattr(template.module, macro_name)
    return macro


def component(name: str, params: Mapping[str, Any]) -> str:
    return _macro(name)(params)
