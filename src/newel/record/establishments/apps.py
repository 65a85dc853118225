from django.apps import AppConfig


class EstablishmentsConfig(AppConfig):
    name = "newel.record.establishments"
    label = "establishments"
