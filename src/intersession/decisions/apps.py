from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "intersession.decisions"
    label = "decisions"
