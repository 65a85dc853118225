from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "newel.record.outcomes"
    label = "outcomes"
