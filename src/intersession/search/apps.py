from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "intersession.search"
    label = "search"
