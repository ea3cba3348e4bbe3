"""What the cluster's forums decided last, and when they meet next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from initiatives.models import Cluster, User
from meetings.models import AgendaItem, Decision, Meeting

from .sentences import weekday_and_date


@dataclass(frozen=True)
class NextMeeting:
    """A meeting to come, with how many items it has and how many of them ask for a decision."""

    meeting: Meeting
    items: int
    to_decide: int

    @property
    def day(self) -> str:
        """The day in words."""
        return weekday_and_date(self.meeting.held_on)


def latest_decisions(cluster: Cluster, user: User, day: date, most: int) -> tuple[Decision, ...]:
    """The newest decisions by `day` of the cluster's and its region's forums that `user` may see; one query."""
    forum = "recommendation__item__meeting__forum"
    of_cluster = Q(**{f"{forum}__cluster": cluster}) | Q(**{f"{forum}__region": cluster.region_id})
    decisions = Decision.objects.visible_to(user).filter(of_cluster).taken_by(day)
    return tuple(decisions.with_meeting()[:most])


def next_meeting(cluster: Cluster, day: date) -> NextMeeting | None:
    """The first meeting on `day` or later of the cluster's or its region's forums; None where none is planned."""
    of_cluster = Q(forum__cluster=cluster) | Q(forum__region=cluster.region_id)
    to_come = Meeting.objects.filter(of_cluster, held_on__gte=day).select_related("forum")
    to_decide = Count("items", filter=Q(items__kind=AgendaItem.Kind.DECISION))
    found = to_come.annotate(asked=Count("items"), to_decide=to_decide).order_by("held_on", "starts_at", "pk").first()
    return NextMeeting(found, found.asked, found.to_decide) if found else None
