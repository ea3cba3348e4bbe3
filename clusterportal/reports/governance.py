"""The figure of annex 2: who orders, delivers, approves and steps in, as lanes with the names of the cluster's forums.

The steps are those of the model that the clusters share; which forum takes them is read from the data.
templates/reports/evaluation/_governance.svg draws it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from initiatives.danish import listed
from initiatives.models import Cluster, Forum

from .drawing import lines

Level = Forum.Level
LANES = (Level.POLITICAL, Level.EXECUTIVE, Level.MANAGEMENT)
# A lane's name stands left of the boxes, in lines of so many letters.
LETTERS = 16
# How wide the boxes of a step are, by where they begin.
WIDTHS = {86: 84, 180: 92, 286: 80, 380: 98}


@dataclass(frozen=True)
class Box:
    """One box of the figure: a title and a text as (height, line); `style` is dark, dashed or empty."""

    x: int
    top: int
    width: int
    title: str
    lines: tuple[tuple[int, str], ...]
    style: str

    @property
    def left(self) -> int:
        """Where its words begin."""
        return self.x + 6


@dataclass(frozen=True)
class Governance:
    """The forums that take the steps; `others` are the region's, which the cluster works with."""

    political: str
    executive: str
    management: str
    others: tuple[str, ...]

    @property
    def lanes(self) -> tuple[tuple[int, str, tuple[tuple[int, str], ...]], ...]:
        """From above: height of the lane, its fill, and its name as (height, line)."""
        owners = _("Initiative owner and working group")
        names = (self.political, self.executive, self.management, owners)
        return tuple(
            (top, fill, tuple((top + 16 + 11 * place, line) for place, line in enumerate(lines(name, LETTERS)[:4])))
            for name, top, fill in zip(names, (30, 98, 166, 234), ("#f4f2ed", "#eceff3") * 2, strict=True)
        )

    @property
    def listed(self) -> str:
        """The region's forums in one text."""
        return listed(self.others)

    @property
    def words(self) -> str:
        """What the figure shows, for those who do not see it."""
        return _(
            "The governance model in four steps. 1 Order: %(political)s orders the initiatives with the action plan, "
            "and each gets an owner and a working group. 2 Order confirmation: the owner tells what can be delivered "
            "within economy, time and resources, and by which indicators. 3 Approval: %(management)s and then "
            "%(executive)s approve. 4 Status and deviations: the owner reports red, amber or green to %(management)s, "
            "which helps where it is amber or red, and involves %(executive)s where needed."
        ) % {"political": self.political, "executive": self.executive, "management": self.management}

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The steps, each in its forum's lane."""
        return (
            _box(86, 36, 17, _("The action plan"), _("and its descriptions are one order"), style="dark"),
            _box(86, 240, 17, _("Anchoring"), _("The initiative gets an owner and a working group")),
            _box(180, 240, 19, _("What can be done?"), _("economy and time, resources, indicators")),
            _box(286, 172, 17, _("As ordered?"), _("Does the delivery match the order?")),
            _box(286, 104, 17, _("Approved"), _("The terms of delivery are fixed")),
            _box(380, 240, 21, _("Running status"), _("red, amber or green for each meeting")),
            _box(380, 172, 21, _("Amber or red?"), _("%s helps within the agreed limits") % self.management),
            _box(
                *(380, 104, 21, _("When needed"), _("%s is involved when more is needed") % self.executive),
                style="dashed",
            ),
        )


def _box(x: int, top: int, letters: int, title: str, text: str, style: str = "") -> Box:
    """A box with room for so many letters a line; a text of more than four lines is cut."""
    said = tuple((top + 22 + 9 * place, line) for place, line in enumerate(lines(text, letters)[:4]))
    return Box(x, top, WIDTHS[x], title, said, style)


def governance(cluster: Cluster) -> Governance | None:
    """The cluster's forums in their lanes; None unless each of the three levels has exactly one. One query."""
    found = list(Forum.objects.filter(Q(cluster=cluster) | Q(region=cluster.region_id)))
    political, executive, management = (
        _only(forum.name for forum in found if forum.cluster_id and forum.level == level) for level in LANES
    )
    if not (political and executive and management):
        return None
    return Governance(political, executive, management, tuple(forum.name for forum in found if forum.region_id))


def _only(names: Iterable[str]) -> str:
    found = list(names)
    return found[0] if len(found) == 1 else ""
