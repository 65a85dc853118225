"""The two Jinja environments.

Our own templates are strict: a name that does not exist is an error, never an empty space on a
child's page. The NHS macros lean on names that may be missing, so they live in an environment of
their own (`nhs.py`) and hand back finished HTML. `environment` is what settings name for Django's
Jinja2 backend.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.utils import get_app_template_dirs
from django.templatetags.static import static
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import TemplateNotFound

from newel.record.design_system import dates
from newel.record.design_system.nhs import component


class RoomTemplates(FileSystemLoader):
    """Finds `<room>/templates/**/*.jinja`; every other name is left to Django's own templates."""

    def __init__(self) -> None:
        super().__init__([str(folder) for folder in get_app_template_dirs("templates")])

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        if not template.endswith(".jinja"):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def environment(*, loader: BaseLoader | None = None, **options: Any) -> Environment:
    loaders = [loader, RoomTemplates()] if loader else [RoomTemplates()]
    options["undefined"] = StrictUndefined
    options["autoescape"] = True
    env = Environment(  # noqa: S701 - autoescape is set two lines above
        loader=ChoiceLoader(loaders), trim_blocks=True, lstrip_blocks=True, **options
    )
    env.globals.update(static=static, url=url, nhs=component, form_extras=form_extras)
    env.filters.update(
        day=dates.day, short_day=dates.short_day, day_time=dates.day_time, time=dates.time_of_day
    )
    return env


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def form_extras(request: HttpRequest) -> SafeString:
    """What every form that writes carries beside its token: `settings.NEWEL_FORM_EXTRAS` names
    who draws it, so that a room above can, without the design system knowing it."""
    path = getattr(settings, "NEWEL_FORM_EXTRAS", None)
    return import_string(path)(request) if path else SafeString("")
