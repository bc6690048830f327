from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "intersession.site"
    label = "site"

    def ready(self) -> None:
        """Connect the wiring table, once, as Django starts."""
        from intersession.kit import facts  # noqa: PLC0415 (apps must be loaded first)
        from intersession.site.wiring import WIRING  # noqa: PLC0415

        facts.connect(WIRING)
