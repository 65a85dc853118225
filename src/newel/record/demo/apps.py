from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "newel.record.demo"
    label = "demo"
