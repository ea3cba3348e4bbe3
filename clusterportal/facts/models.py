"""What the fixture loader has put into the database."""

from django.db import models


class LoadedRecord(models.Model):
    """One fixture record that was loaded: which, and the SHA-256 of what it said.

    It lets the loader tell a record that a user has changed since (left alone) from a fixture that was changed
    afterwards (refused), and keeps it from bringing back what a user removed.
    """

    model = models.CharField(max_length=80)
    key = models.CharField(max_length=400)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loaded_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
