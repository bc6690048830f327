from django.apps import AppConfig


class OutputsConfig(AppConfig):
    name = "intersession.outputs"
    label = "outputs"
