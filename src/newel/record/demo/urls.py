from django.urls import path

from newel.record.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("<str:username>/", views.sign_in, name="sign_in"),
]
