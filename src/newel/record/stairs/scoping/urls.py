from django.urls import path

from newel.record.stairs.scoping.views import lists, places, taking_back, writing

app_name = "scoping"

_EVENT = "timeline/<public_id:row_id>/"
_LIST = "timeline/lists/<public_id:row_id>/"
_PLACE = "timeline/places/<public_id:row_id>/"

urlpatterns = [
    path("", writing.scoping, name="scoping"),
    path("add/<slug:part>/", writing.add_entry, name="add_entry"),
    path("entries/<public_id:row_id>/change/", writing.change_entry, name="change_entry"),
    path("entries/<public_id:row_id>/readers/", writing.entry_readers, name="entry_readers"),
    path("entries/<public_id:row_id>/earlier/", writing.earlier_entries, name="earlier_entries"),
    path("timeline/", writing.timeline, name="timeline"),
    path("timeline/add/", writing.add_event, name="add_event"),
    path("timeline/list/", lists.bring, name="bring_list"),
    path("timeline/list/check/", lists.check, name="check_list"),
    path("timeline/taken-back/", taking_back.taken_back, name="taken_back"),
    path("timeline/lists/", lists.lists, name="lists"),
    path(_LIST, lists.one_list, name="list"),
    path(f"{_LIST}take-back/", lists.take_back, name="take_back_list"),
    path("timeline/places/add/", places.add_place, name="add_place"),
    path(f"{_PLACE}change/", places.change_place, name="change_place"),
    path(f"{_PLACE}readers/", places.place_readers, name="place_readers"),
    path(f"{_PLACE}earlier/", places.earlier_places, name="earlier_places"),
    path(f"{_PLACE}take-back/", taking_back.place, name="take_back_place"),
    path(f"{_EVENT}take-back/", taking_back.event, name="take_back_event"),
    path(f"{_EVENT}change/", writing.change_event, name="change_event"),
    path(f"{_EVENT}readers/", writing.event_readers, name="event_readers"),
    path(f"{_EVENT}earlier/", writing.earlier_events, name="earlier_events"),
]
