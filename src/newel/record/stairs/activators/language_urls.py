"""The one address of this room that is about no child: it looks at words that are not saved."""

from django.urls import path

from newel.record.stairs.activators.views import language

app_name = "language"
urlpatterns = [path("thoughts/", language.thoughts, name="thoughts")]
