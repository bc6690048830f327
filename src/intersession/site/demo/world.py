"""The sample world: made by the verbs that people use, at moments before today."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from intersession.people.models import Person


def marker() -> Path:
    """Return the file that says that this data directory is a demo's."""
    return Path(settings.DATA_DIR) / "demo-world"


def is_made() -> bool:
    """Test whether the sample world stands."""
    return marker().exists() and Person.objects.filter(is_sample=True).exists()


def has_real_people() -> bool:
    """Test whether somebody is here who is no sample."""
    return Person.objects.filter(is_sample=False).exists()


@transaction.atomic
def make(*, at: datetime) -> None:
    """Make the sample world around a moment."""
    marker().write_text(at.isoformat())
