from django.urls import path

from newel.record.stairs.activators import one_page_views
from newel.record.stairs.activators.views import (
    acts,
    childs_words,
    formulation,
    keeping_safe,
    maps,
    recommendations,
    seen,
    statements,
    versions,
)

app_name = "activators"

_ONE = "understanding/<public_id:statement_id>/"
_WORDS = "own-words/<public_id:words_id>/"
_VERSIONS = "understanding/versions/"
_RECOMMENDATIONS = "understanding/recommendations/"

urlpatterns = [
    path("how-to-be-with-me/", one_page_views.one_page, name="one_page"),
    path("how-to-be-with-me.pdf", one_page_views.one_page_pdf, name="one_page_pdf"),
    path("how-to-be-with-me/shown/", one_page_views.shown_to_child, name="show_to_child"),
    path("understanding/", statements.understanding, name="understanding"),
    path("understanding/new/", statements.write_statement, name="write_statement"),
    path(_ONE, statements.statement, name="statement"),
    path(f"{_ONE}change/", statements.change_draft, name="change_draft"),
    path(f"{_ONE}replace/", statements.replace_statement, name="replace_statement"),
    path(f"{_ONE}agree/", acts.agree_statement, name="agree_statement"),
    path(f"{_ONE}confirm/", acts.confirm_statement, name="confirm_statement"),
    path(f"{_ONE}retire/", acts.retire_statement, name="retire_statement"),
    path(f"{_ONE}open/", acts.open_to_child, name="open_to_child"),
    path(f"{_ONE}evidence/", acts.add_evidence, name="add_evidence"),
    path("understanding/maps/five-ps/", maps.five_ps, name="five_ps_map"),
    path("understanding/maps/life/", maps.life, name="life_map"),
    path("understanding/maps/what-helps/", maps.what_helps, name="what_helps_map"),
    path(f"{_ONE}place/", maps.place_statement, name="place_statement"),
    path(f"{_ONE}goes-with/", maps.goes_with, name="goes_with"),
    path(f"{_ONE}goes-with/<public_id:link_id>/end/", maps.end_goes_with, name="end_goes_with"),
    path(f"{_ONE}seen/", seen.note_what_was_seen, name="note_what_was_seen"),
    path(f"{_ONE}look-again/", seen.look_again, name="look_again"),
    path("own-words/", childs_words.childs_words, name="childs_words"),
    path("own-words/new/", childs_words.write_down, name="write_down_words"),
    path(f"{_WORDS}again/", childs_words.say_again, name="say_again"),
    path(f"{_WORDS}check/", childs_words.check_with_child, name="check_words_with_child"),
    path(f"{_WORDS}beside/", childs_words.write_beside, name="add_adult_view"),
    path(f"{_WORDS}page/", childs_words.let_stand_on_page, name="let_words_stand_on_page"),
    path(f"{_WORDS}take-back/", childs_words.take_back, name="take_words_back"),
    path(_VERSIONS, versions.versions, name="versions"),
    path(f"{_VERSIONS}compare/", versions.compare, name="compare"),
    path(f"{_VERSIONS}reformulate/", versions.reformulate, name="reformulate"),
    path(f"{_VERSIONS}agree/", versions.agree_formulation, name="agree_formulation"),
    path(f"{_VERSIONS}not-agreed/", recommendations.write_view, name="write_view"),
    path(
        f"{_VERSIONS}not-agreed/<public_id:view_id>/",
        recommendations.settle_view,
        name="settle_view",
    ),
    path(f"{_VERSIONS}<public_id:version_id>/", formulation.version, name="version"),
    path(f"{_VERSIONS}<public_id:version_id>/copy/", formulation.make_copy, name="make_copy"),
    path("understanding/formulation/", formulation.formulation, name="formulation"),
    path("understanding/copies/<public_id:copy_id>/", formulation.copy, name="copy"),
    path(
        f"{_RECOMMENDATIONS}new/",
        recommendations.write_recommendation,
        name="write_recommendation",
    ),
    path(
        f"{_RECOMMENDATIONS}<public_id:recommendation_id>/change/",
        recommendations.change_recommendation,
        name="change_recommendation",
    ),
    path(
        f"{_RECOMMENDATIONS}<public_id:recommendation_id>/close/",
        recommendations.close_recommendation,
        name="close_recommendation",
    ),
    path("keeping-safe/", keeping_safe.keeping_safe, name="keeping_safe"),
    path("keeping-safe/<slug:part>/", keeping_safe.write_part, name="write_keeping_safe"),
]
