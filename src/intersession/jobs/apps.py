from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "intersession.jobs"
    label = "jobs"
