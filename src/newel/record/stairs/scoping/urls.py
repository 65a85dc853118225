from django.urls import path

from newel.record.stairs.scoping import views

app_name = "scoping"

urlpatterns = [
    path("", views.scoping, name="scoping"),
    path("add/<slug:part>/", views.add_entry, name="add_entry"),
    path("entries/<public_id:row_id>/change/", views.change_entry, name="change_entry"),
    path("entries/<public_id:row_id>/readers/", views.entry_readers, name="entry_readers"),
    path("entries/<public_id:row_id>/earlier/", views.earlier_entries, name="earlier_entries"),
    path("timeline/", views.timeline, name="timeline"),
    path("timeline/add/", views.add_event, name="add_event"),
    path("timeline/<public_id:row_id>/change/", views.change_event, name="change_event"),
    path("timeline/<public_id:row_id>/readers/", views.event_readers, name="event_readers"),
    path("timeline/<public_id:row_id>/earlier/", views.earlier_events, name="earlier_events"),
]
