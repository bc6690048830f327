from django.apps import AppConfig


class CoalitionsConfig(AppConfig):
    name = "intersession.coalitions"
    label = "coalitions"
