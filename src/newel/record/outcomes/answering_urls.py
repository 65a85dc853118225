"""All that somebody reaches who answers by their own hand. No address leads out of here."""

from django.urls import path

from newel.record.outcomes.views import answering, opening

app_name = "answering"

urlpatterns = [
    path("", opening.start, name="start"),
    path("open/", opening.open_link, name="open_link"),
    path("before/<slug:step>/", answering.before, name="before"),
    path("begin/", answering.begin, name="begin"),
    path("question/<slug:number>/", answering.question, name="question"),
    path("picture/<slug:part>/", answering.picture, name="picture"),
    path("recording/<slug:part>/", answering.recording, name="recording"),
    path("last/", answering.last, name="last"),
    path("said/", answering.said, name="said"),
    path("finish/", answering.finish, name="finish"),
    path("stop/", answering.stop, name="stop"),
    path("<path:mistyped>", opening.elsewhere, name="elsewhere"),
]
