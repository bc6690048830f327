from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register


class SiteConfig(AppConfig):
    name = "intersession.site"
    label = "site"

    def ready(self) -> None:
        """Connect the wiring table, once, as Django starts."""
        # All of these reach models, which can be imported only after every app is loaded.
        from intersession.kit import facts  # noqa: PLC0415 (see above)
        from intersession.outbox import formats as letters  # noqa: PLC0415 (see above)
        from intersession.site import checks  # noqa: PLC0415 (see above)
        from intersession.site.demo import clock as demo_clock  # noqa: PLC0415 (see above)
        from intersession.site.wiring import LETTERS, WIRING  # noqa: PLC0415 (see above)

        register(checks.demo_stays_at_home)
        facts.connect(WIRING)
        letters.connect(LETTERS)
        if settings.DEMO:
            demo_clock.start()
