from django.apps import AppConfig


class ActivatorsConfig(AppConfig):
    name = "newel.record.stairs.activators"
    label = "activators"
