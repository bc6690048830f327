from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "intersession.membership"
    label = "membership"
