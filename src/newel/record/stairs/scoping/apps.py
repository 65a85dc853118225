from django.apps import AppConfig


class ScopingConfig(AppConfig):
    name = "newel.record.stairs.scoping"
    label = "scoping"
