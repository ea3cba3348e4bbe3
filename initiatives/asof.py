"""The day a page answers for, and rows that are never changed after they were recorded.

Every figure page takes `?pr=2024-12-31` (Danish "pr.") and reads the facts that held on that day.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .danish import parse_date, short_date, today


@dataclass(frozen=True)
class AsOf:
    """The day asked for, the day it is, and what to tell the reader if the two could not be reconciled."""

    day: date
    today: date
    notice: str = ""
    quick: tuple[date, ...] = ()

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def text(self) -> str:
        return short_date(self.day)

    @property
    def suffix(self) -> str:
        """What a link adds to keep the day; empty today."""
        return "" if self.is_today else f"?pr={self.day.isoformat()}"

    @property
    def parameter(self) -> str:
        """The day as a link's `pr`, where the link has other parameters too; empty today."""
        return "" if self.is_today else f"pr={self.day.isoformat()}"


def read(request: HttpRequest, quick: tuple[date, ...] = ()) -> AsOf:
    """The day in the address; today, with a notice, for none, a day that does not exist or one to come."""
    return resolve(request.GET.get("pr", ""), today(), quick)


def resolve(text: str, now: date, quick: tuple[date, ...] = ()) -> AsOf:
    """As `read`, from the text of the parameter."""
    if not text.strip():
        return AsOf(now, now, quick=quick)
    try:
        day = parse_date(text)
    except ValueError as error:
        return AsOf(now, now, _("%(problem)s The page shows today.") % {"problem": error}, quick)
    if day > now:
        notice = _("%(day)s has not come yet. The page shows today.") % {"day": short_date(day)}
        return AsOf(now, now, notice, quick)
    return AsOf(day, now, quick=quick)


class DatePrecision(models.TextChoices):
    """How much of a date the source states; the stored day is the last one it can mean."""

    DAY = "day", gettext_lazy("day")
    MONTH = "month", gettext_lazy("month")
    YEAR = "year", gettext_lazy("year")
    UNPRINTED = "unprinted", gettext_lazy("date not printed")


# Those of a date that the source states, in full or in part.
PRINTED = [precision for precision in DatePrecision if precision != DatePrecision.UNPRINTED]


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a recorded fact."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses the bulk ways of changing or deleting recorded facts."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are facts: record a new one that supersedes.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are facts: record a new one that supersedes.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        self.update()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            self.update()
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A fact that is recorded once; `recorded_at` is for the audit, other dates say from when it holds."""

    recorded_at = models.DateTimeField(gettext_lazy("recorded"), auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} {self.pk} is a fact: record a new one that supersedes.")
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{type(self).__name__} {self.pk} is a fact: it cannot be deleted.")
