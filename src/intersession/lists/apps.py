from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "intersession.lists"
    label = "lists"
