"""What the fixture loader has put into the database."""

from django.db import models


class LoadedRecord(models.Model):
    """One fixture record that was loaded: which, the SHA-256 of what it said, and the place where it stands.

    It lets the loader tell a record that a user has changed since (left alone) from a fixture that was changed
    afterwards (refused), and keeps it from bringing back what a user removed. `position` counts from 1.
    """

    model = models.CharField(max_length=80)
    key = models.TextField()
    sha256 = models.CharField(max_length=64)
    file = models.TextField()
    position = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loaded_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
