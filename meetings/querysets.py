"""Reading rules of meetings, as words."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from initiatives.access import rights_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from initiatives.models import Initiative, User

    from .models import AgendaItem, Decision, Meeting, Recommendation


class MeetingManager(models.Manager["Meeting"]):
    def get_by_natural_key(self, forum: str, cluster: str | None, region: str | None, held_on: str) -> "Meeting":
        return self.get(forum__name=forum, forum__cluster__slug=cluster, forum__region__name=region, held_on=held_on)


class AgendaItemManager(models.Manager["AgendaItem"]):
    def get_by_natural_key(
        self, forum: str, cluster: str | None, region: str | None, held_on: str, title: str
    ) -> "AgendaItem":
        return self.get(
            meeting__forum__name=forum, meeting__forum__cluster__slug=cluster,
            meeting__forum__region__name=region, meeting__held_on=held_on, title=title,
        )  # fmt: skip


class RecommendationManager(models.Manager["Recommendation"]):
    def get_by_natural_key(
        self, forum: str, cluster: str | None, region: str | None, held_on: str, title: str, number: int
    ) -> "Recommendation":
        return self.get(
            item__meeting__forum__name=forum, item__meeting__forum__cluster__slug=cluster,
            item__meeting__forum__region__name=region, item__meeting__held_on=held_on,
            item__title=title, number=number,
        )  # fmt: skip


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Decisions of forums in the user's clusters, or of forums of the regions those clusters lie in."""
        clusters = rights_of(user).clusters
        forum = "recommendation__item__meeting__forum"
        return self.filter(
            Q(**{f"{forum}__cluster__in": clusters}) | Q(**{f"{forum}__region__clusters_of_region__in": clusters})
        ).distinct()

    def taken_by(self, day: date) -> Self:
        """Decisions taken on `day` or earlier."""
        return self.filter(recommendation__item__meeting__held_on__lte=day)

    def with_meeting(self) -> Self:
        """With point, item, meeting and forum, newest meeting first, by one query."""
        return self.select_related("recommendation__item__meeting__forum").order_by(
            "-recommendation__item__meeting__held_on", "recommendation__item__number_order", "pk"
        )

    def on_initiative(self, initiative: "Initiative") -> Self:
        """Decisions that name the initiative."""
        return self.filter(initiatives=initiative)


class DecisionManager(models.Manager.from_queryset(DecisionQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(
        self, forum: str, cluster: str | None, region: str | None, held_on: str, title: str, number: int
    ) -> "Decision":
        point = "recommendation__item__meeting"
        return self.get(
            **{
                f"{point}__forum__name": forum,
                f"{point}__forum__cluster__slug": cluster,
                f"{point}__forum__region__name": region,
                f"{point}__held_on": held_on,
                "recommendation__item__title": title,
                "recommendation__number": number,
            }
        )
