"""The life of a coalition, and the offices in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """What kind of group it is: a Dynamic Coalition, or the one where they coordinate."""

    COALITION = "coalition", _("Dynamic Coalition")
    COORDINATION = "coordination", _("Coordination group")


class Status(models.TextChoices):
    """What the Secretariat's list says. Unknown stays visibly unknown."""

    ACTIVE = "active", _("Active")
    INACTIVE = "inactive", _("Inactive")
    RETIRED = "retired", _("Retired")
    UNKNOWN = "unknown", _("Status not known")


class Governance(models.TextChoices):
    """How a coalition is led, as far as a source says so."""

    UNKNOWN = "unknown", _("Not known")
    COORDINATORS = "coordinators", _("Coordinators")
    CHAIRS = "chairs", _("Chairs")
    COMMITTEE = "steering-committee", _("Elected steering committee")
    FLAT = "flat", _("Flat, no leaders")


class Office(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    EDITOR = "editor", _("Editor")
    REPRESENTATIVE = "representative", _("Representative on the DCCG")
    MODERATOR = "moderator", _("List moderator")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
