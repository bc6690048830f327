"""The choices by which people describe themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """Stakeholder groups of the IGF (seed 004, I.2, footnote 4), and the free-text others."""

    CIVIL_SOCIETY = "civil-society", _("Civil society")
    GOVERNMENT = "governments", _("Governments")
    INTERGOVERNMENTAL = "intergovernmental-organizations", _("Intergovernmental organizations")
    PRIVATE_SECTOR = "private-sector", _("Private sector")
    TECHNICAL = "technical-community", _("Technical community")
    OTHER = "others", _("Others")


class Region(models.TextChoices):
    """The five UN regional groups."""

    AFRICA = "african-states", _("Africa")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific")
    EASTERN_EUROPE = "eastern-european", _("Eastern Europe")
    LATIN_AMERICA = "latin-american-caribbean", _("Latin America and Caribbean")
    WESTERN_EUROPE = "western-european-others", _("Western Europe and others")


REGION_SHORT = {
    Region.AFRICA: _("AF"),
    Region.ASIA_PACIFIC: _("AP"),
    Region.EASTERN_EUROPE: _("EE"),
    Region.LATIN_AMERICA: _("LAC"),
    Region.WESTERN_EUROPE: _("WEO"),
}


class Shown(models.TextChoices):
    """What a person may make public about themselves; nothing is, until they say so."""

    NAME = "name", _("that I am a member: my name in lists of members")
    GROUP = "group", _("my stakeholder group")
    REGION = "region", _("my UN region")
    COUNTRY = "country", _("my country")
    AFFILIATION = "affiliation", _("my affiliation")


class Text(models.TextChoices):
    """The texts a person is asked to accept, each by version."""

    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy notice")
    CONDUCT = "conduct", _("Code of conduct")


VERSIONS = {Text.TERMS: ["2026-11"], Text.PRIVACY: ["2026-11"], Text.CONDUCT: ["2026-11"]}
"""Every version of each text, the current one last. An old one stays readable at its address."""
