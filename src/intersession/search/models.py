from django.db import models


class Item(models.Model):
    """
    Something public that can be found. Put in by the app it belongs to, under that app's key.

    The primary key is made from the moment (`engines.Engine.allocate`): newest first is its order.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    scope = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300)
    body = models.BinaryField(help_text="The text, compressed by zlib; `rules.unpack` reads it.")
    person = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    tags = models.CharField(max_length=300, blank=True, default="", db_default="")
    at = models.DateTimeField()
    url = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.title
