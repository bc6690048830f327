from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "intersession.kit"
    label = "kit"
