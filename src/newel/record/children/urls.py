"""Addresses of the room: finding and receiving a child, the record's front, governance."""

from django.urls import path

from newel.record.children.views import (
    coming,
    finding,
    governance,
    home,
    looking,
    people,
    record,
    reviewing,
    stay,
)

app_name = "children"
CHILD = "<public_id:child_id>"
GOVERNED = f"governance/{CHILD}"

urlpatterns = [
    path("find/", finding.find, name="find"),
    path("refer/", coming.refer, name="refer"),
    path("break-glass/", finding.break_glass, name="break_glass"),
    path("governance/", governance.governance, name="governance"),
    path(
        "governance/notices/<public_id:notice_id>/seen/", governance.see_notice, name="see_notice"
    ),
    path("governance/looks/", looking.looks, name="looks"),
    path(f"{GOVERNED}/looked-into/<public_id:staff_id>/", looking.look_into, name="look_into"),
    path("governance/reviews/", reviewing.reviews, name="reviews"),
    path(
        "governance/reviews/begin/<public_id:setting_id>/",
        reviewing.begin_review,
        name="begin_review",
    ),
    path("governance/reviews/<public_id:review_id>/", reviewing.review, name="review"),
    path(
        "governance/reviews/<public_id:review_id>/finish/",
        reviewing.finish_review,
        name="finish_review",
    ),
    path(f"{GOVERNED}/", governance.governed_child, name="governed_child"),
    path(f"{GOVERNED}/who-looked/", governance.who_looked, name="who_looked"),
    path(f"{GOVERNED}/access/", governance.give_access, name="give_access"),
    path(f"{GOVERNED}/access/<public_id:grant_id>/end/", governance.end_grant, name="end_grant"),
    path(f"{GOVERNED}/block/", governance.set_block, name="set_block"),
    path(f"{GOVERNED}/block/<public_id:block_id>/lift/", governance.lift_block, name="lift_block"),
    path(f"{CHILD}/", record.child, name="child"),
    path(f"{CHILD}/arrive/", coming.arrive, name="arrive"),
    path(f"{CHILD}/facts/", record.facts, name="facts"),
    path(f"{CHILD}/names/", record.names, name="names"),
    path(f"{CHILD}/names/take-away/", record.take_name_away, name="take_name_away"),
    path(f"{CHILD}/numbers/", record.numbers, name="numbers"),
    path(f"{CHILD}/numbers/take-away/", record.take_number_away, name="take_number_away"),
    path(f"{CHILD}/communication/", record.communication, name="communication"),
    path(f"{CHILD}/communication/<public_id:need_id>/end/", record.end_need, name="end_need"),
    path(f"{CHILD}/legal/", stay.legal, name="legal"),
    path(f"{CHILD}/legal/<public_id:reason_id>/end/", stay.end_reason, name="end_reason"),
    path(f"{CHILD}/move/", stay.move, name="move"),
    path(f"{CHILD}/end-stay/", stay.end_stay, name="end_stay"),
    path(f"{CHILD}/around/", people.around, name="around"),
    path(f"{CHILD}/team/<public_id:member_id>/contact/", people.contact, name="contact"),
    path(f"{CHILD}/team/", people.team, name="team"),
    path(f"{CHILD}/team/<public_id:member_id>/end/", people.end_team, name="end_team"),
    path(f"{CHILD}/keyworkers/", people.keyworkers, name="keyworkers"),
    path(
        f"{CHILD}/keyworkers/<public_id:assignment_id>/end/",
        people.end_keyworker,
        name="end_keyworker",
    ),
    path(f"{CHILD}/home/", home.homes, name="homes"),
    path(f"{CHILD}/home/add/", home.add_home, name="add_home"),
    path(f"{CHILD}/home/<public_id:home_id>/check/", home.check_home, name="check_home"),
    path(f"{CHILD}/home/<public_id:home_id>/end/", home.end_home, name="end_home"),
    path(f"{CHILD}/home/<public_id:home_id>/address/", home.home_address, name="home_address"),
]
