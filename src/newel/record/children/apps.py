from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "newel.record.children"
    label = "children"
