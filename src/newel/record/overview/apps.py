from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "newel.record.overview"
    label = "overview"
