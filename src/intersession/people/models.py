from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext as _

from intersession.people.states import Group, Region, Text


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person without a password: people sign in by mailed code."""
        person = self.model(email=self.normalize_email(email), **fields)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save()
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who takes part, under one name, with one account and several addresses."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=40, choices=Group, blank=True)
    region = models.CharField(max_length=40, choices=Region, blank=True)
    country = models.CharField(max_length=2, blank=True)
    affiliation = models.CharField(max_length=160, blank=True)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    shown: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=8, default="en")
    is_secretariat = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or _("Person %(number)d, without a name yet") % {"number": self.pk or 0}

    def shows(self, what: str) -> bool:
        """Test whether the person made this public: `states.Shown`."""
        return what in self.shown


class Remembered(models.Model):
    """
    What the web processes remember together for some minutes: how often a code was asked for.

    The table of Django's database cache: it alone reads and writes here.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_remembered"

    def __str__(self) -> str:
        return self.cache_key


class Consent(models.Model):
    """The version of a text (terms, privacy, code of conduct) that a person accepted, and when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    text = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_consent_per_text_version",
                fields=["person", "text", "version"],
                condition=models.Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.text} {self.version}"

    @property
    def title(self) -> str:
        """Return the name of the text."""
        return str(Text(self.text).label)
