from django.urls import path

from newel.record.access import views

app_name = "access"
urlpatterns = [
    path("staff/", views.staff_list, name="staff"),
    path("staff/add/", views.add_staff, name="add_staff"),
    path("staff/<public_id:staff_id>/", views.staff_member, name="staff_member"),
    path("staff/<public_id:staff_id>/role/", views.change_role, name="change_role"),
    path("staff/<public_id:staff_id>/end/", views.end_staff, name="end_staff"),
    path("staff/<public_id:staff_id>/password/", views.give_password, name="give_password"),
    path(
        "staff/<public_id:staff_id>/keys/lost/", views.replace_lost_keys, name="replace_lost_keys"
    ),
    path("roles/", views.roles, name="roles"),
    path("your-account/", views.your_account, name="your_account"),
    path("your-account/password/", views.choose_password, name="choose_password"),
]
