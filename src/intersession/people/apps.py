from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "intersession.people"
    label = "people"
