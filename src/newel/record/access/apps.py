from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "newel.record.access"
    label = "access"
