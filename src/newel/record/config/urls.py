"""Every address of Newel, room by room."""

from django.urls import include, path, register_converter

from newel.record.access.public_ids import PublicIdConverter

register_converter(PublicIdConverter, "public_id")

urlpatterns = [
    path("", include("newel.record.access.sign_in.urls")),
    path("", include("newel.record.access.urls")),
    path("", include("newel.record.establishments.urls")),
    path("children/", include("newel.record.children.urls")),
    path("children/<public_id:child_id>/scoping/", include("newel.record.stairs.scoping.urls")),
    path("children/<public_id:child_id>/", include("newel.record.stairs.activators.urls")),
    path("", include("newel.record.outcomes.urls")),
    path("", include("newel.record.outcomes.exchange.urls")),
    path("answer/", include("newel.record.outcomes.answering_urls")),
    path("language/", include("newel.record.stairs.activators.language_urls")),
    path("surveys/", include("newel.record.outcomes.surveys.urls")),
    path("survey/", include("newel.record.outcomes.surveys.answering_urls")),
    path("", include("newel.record.overview.urls")),
    path("demo/", include("newel.record.demo.urls")),
]

handler400 = "newel.record.design_system.views.bad_request"
handler403 = "newel.record.design_system.views.not_allowed"
handler404 = "newel.record.design_system.views.not_found"
handler429 = "newel.record.access.sign_in.views.too_many_tries"  # django-allauth asks for it
handler500 = "newel.record.design_system.views.went_wrong"
