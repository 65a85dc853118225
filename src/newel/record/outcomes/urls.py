from django.urls import path

from newel.record.outcomes.views import (
    due,
    forms,
    goals,
    handing,
    judging,
    paper,
    plans,
    results,
    talks,
    wording,
)

app_name = "outcomes"

_MEASURES = "children/<public_id:child_id>/measures/"
_PLAN = f"{_MEASURES}plans/<public_id:plan_id>/"
_GOAL = f"{_MEASURES}goals/<public_id:goal_id>/"
_FORM = f"{_MEASURES}<public_id:form_id>/"
_JUDGED = "children/<public_id:child_id>/judgements/<public_id:form_id>/"
_WORDING = "questionnaire-wording/<slug:measure_id>/<slug:language>/"

urlpatterns = [
    path("questionnaires-due/", due.due, name="due"),
    path("questionnaires-due/<public_id:unit_id>/", due.due, name="unit_due"),
    path(f"{_WORDING}picture/<slug:part>/", wording.picture, name="wording_picture"),
    path(f"{_WORDING}recording/<slug:part>/", wording.recording, name="wording_recording"),
    path(_MEASURES, plans.questionnaires, name="questionnaires"),
    path(f"{_MEASURES}plan/", plans.choose_measure, name="choose_measure"),
    path(f"{_MEASURES}plan/<slug:measure_id>/", plans.plan, name="plan"),
    path(f"{_PLAN}end/", plans.end_plan, name="end_plan"),
    path(f"{_PLAN}begin/", plans.begin, name="begin"),
    path(f"{_PLAN}judge/", judging.begin, name="begin_judgement"),
    path(_JUDGED, judging.judgement, name="judgement"),
    path(f"{_JUDGED}part/<int:number>/", judging.part, name="judge_part"),
    path(f"{_JUDGED}about/", judging.about, name="judge_about"),
    path(f"{_JUDGED}finish/", judging.finish, name="finish_judgement"),
    path(f"{_JUDGED}set-aside/", judging.set_aside, name="set_judgement_aside"),
    path(f"{_JUDGED}then-and-now/", judging.compare, name="compare_judgements"),
    path(f"{_MEASURES}results/", results.results, name="results"),
    path(f"{_MEASURES}how-i-have-been/", results.childs_view, name="childs_view"),
    path(f"{_MEASURES}goals/", goals.goals, name="goals"),
    path(f"{_MEASURES}goals/write/<slug:whose>/", goals.write_goal, name="write_goal"),
    path(f"{_GOAL}other-words/", goals.replace_goal, name="replace_goal"),
    path(f"{_GOAL}end/", goals.end_goal, name="end_goal"),
    path(f"{_MEASURES}talks/<public_id:talk_id>/", talks.talk, name="talk"),
    path(_FORM, forms.form, name="form"),
    path(f"{_FORM}adults/", forms.name_adults, name="name_adults"),
    path(f"{_FORM}answer/", forms.answer, name="answer"),
    path(f"{_FORM}answer/<int:number>/", forms.answer_one, name="answer_one"),
    path(f"{_FORM}finish/", forms.finish, name="finish"),
    path(f"{_FORM}set-aside/", forms.set_aside, name="set_aside"),
    path(f"{_FORM}hand-over/", handing.hand_over, name="hand_over"),
    path(f"{_FORM}paper/", paper.paper, name="paper"),
    path(f"{_FORM}type-in/", paper.type_in, name="type_in"),
    path(f"{_FORM}type-in/again/", paper.type_in_again, name="type_in_again"),
    path(f"{_FORM}type-in/compare/", paper.compare_entries, name="compare_entries"),
]
