"""Addresses of those who answer: no code and no name stands in any of them."""

from django.urls import path

from newel.record.outcomes.surveys.views import answering

app_name = "survey"

urlpatterns = [
    path("", answering.code, name="code"),
    path("answer/", answering.answer, name="answer"),
    path("thank-you/", answering.thank_you, name="thank_you"),
    path("stopped/", answering.stopped, name="stopped"),
]
