"""A signed-in page that reads one row, through the same middleware, layout and audit."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from newel.record.access.pages import for_everyone_signed_in
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.establishments.models import Setting


@for_everyone_signed_in
def one_row(request: HttpRequest) -> HttpResponse:
    setting = Setting.objects.order_by("pk")[0]
    return render_page(request, "design_system/layout.jinja", Page(title=setting.name))


urlpatterns = [
    path("baseline/", one_row),
    path("", include("newel.record.config.urls")),
]
