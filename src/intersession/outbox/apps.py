from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "intersession.outbox"
    label = "outbox"
