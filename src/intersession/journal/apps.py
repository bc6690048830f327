from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "intersession.journal"
    label = "journal"
