from django.urls import path

from newel.record.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("shift/", views.shift, name="shift"),
    path("shift/<public_id:unit_id>/", views.shift, name="unit_shift"),
    path("my-children/", views.my_children, name="my_children"),
]
