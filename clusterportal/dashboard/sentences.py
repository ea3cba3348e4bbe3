"""The sentences that the dashboard opens with, computed from the figures below them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finance.charts import percent_of
from finance.words import when
from initiatives.danish import count_word, format_percent, listed, long_date
from initiatives.models import ActionPlan, Colour, Phase

from .board import Board
from .history import Change
from .money import Money

# Wholes that people speak of: "three out of four". Near enough is half a percentage point.
SPOKEN_WHOLES = (2, 3, 4, 5, 10)
NEAR = Decimal("0.005")


@dataclass(frozen=True)
class Lead:
    """The opening: what there is, `rated` and `ratings` how it is doing, and how far the money is (may be empty)."""

    portfolio: str
    rated: str
    ratings: str
    money: SafeString | str


def lead(plan: ActionPlan, board: Board, money: Money | None, day: date, is_today: bool) -> Lead:
    """The opening of the dashboard of a plan that has initiatives."""
    count, themes = len(board.standings), len(board.themes)
    initiatives = ngettext("%(count)s initiative", "%(count)s initiatives", count) % {"count": count_word(count)}
    in_themes = ngettext("%(count)s theme", "%(count)s themes", themes) % {"count": count_word(themes)}
    portfolio = _("%(plan)s: %(initiatives)s in %(themes)s.") if themes else "%(plan)s: %(initiatives)s."
    rated = ngettext("%(count)s is followed with a colour:", "%(count)s are followed with a colour:", board.assessed)
    return Lead(
        portfolio=portfolio % {"plan": plan.title, "initiatives": initiatives, "themes": in_themes},
        rated=capital(rated % {"count": count_word(board.assessed)}) if board.assessed else _("None has a colour yet:"),
        ratings=ratings(board.colours) if board.assessed else going_on(count - board.ended, board.ended),
        money=spent(money, day, is_today),
    )


def ratings(colours: Mapping[str, int]) -> str:
    """What the colours mean, best first: `seks går som aftalt, tre skal holdes øje med, og én kræver handling.`"""
    clauses = {
        Colour.GREEN: lambda n: ngettext("%(count)s goes as agreed", "%(count)s go as agreed", n),
        Colour.AMBER: lambda n: ngettext("%(count)s must be watched", "%(count)s must be watched", n),
        Colour.RED: lambda n: ngettext("%(count)s calls for action", "%(count)s call for action", n),
    }
    return clause_list(clauses[each](n) % {"count": count_word(n)} for each in clauses if (n := colours.get(each, 0)))


def going_on(under_way: int, ended: int) -> str:
    """How many have not ended, and how many have: `elleve følges stadig, og seks er afsluttet.`"""
    first = ngettext("%(count)s is still followed", "%(count)s are still followed", under_way)
    second = ngettext("%(count)s has ended", "%(count)s have ended", ended)
    return clause_list(
        words % {"count": count_word(count)} for words, count in ((first, under_way), (second, ended)) if count
    )


def spent(money: Money | None, day: date, is_today: bool) -> SafeString | str:
    """How much of the money is spent; empty where there is none."""
    if money is None or money.total.frame <= 0:
        return ""
    share = spoken_share(money.total.spent, money.total.frame)
    if is_today:
        return format_html(_("<strong>{share}</strong> is spent."), share=capital(share))
    return format_html(_("{when}, <strong>{share}</strong> was spent."), when=when(day), share=share)


def spoken_share(part: Decimal, whole: Decimal) -> str:
    """`part` of `whole`, which is over 0, as people say it: `tre ud af fire kroner`, else in whole percent."""
    if part <= 0:
        return _("none of the cluster funds")
    share = part / whole
    for wholes in SPOKEN_WHOLES:
        parts = round(share * wholes)
        if 0 < parts < wholes and abs(share - Decimal(parts) / wholes) <= NEAR:
            return _("%(parts)s out of %(wholes)s kroner") % {"parts": count_word(parts), "wholes": count_word(wholes)}
    percent = format_percent(Decimal(percent_of(part, whole) or 0))
    return _("%(percent)s of the cluster funds") % {"percent": percent}


def change(of: Change) -> str:
    """What changed: `Fra pilot til i drift. Fra gul til grøn.`"""
    pairs = []
    if of.before.phase != of.after.phase:
        pairs.append((Phase(of.before.phase).label, Phase(of.after.phase).label))
    if of.before.colour != of.after.colour:
        pairs.append((Colour(of.before.colour).label, Colour(of.after.colour).label))
    steps = (_("from %(old)s to %(new)s") % {"old": str(old).lower(), "new": str(new).lower()} for old, new in pairs)
    return capital(listed(steps))


def overdue(count: int) -> str:
    """How many initiatives need a new status: `Fire indsatser mangler en ny status:`"""
    words = ngettext("%(count)s initiative needs a new status:", "%(count)s initiatives need a new status:", count)
    return capital(words % {"count": count_word(count)})


def weekday_and_date(day: date) -> str:
    """`onsdag den 21. maj 2025`."""
    return _("%(weekday)s %(day)s") % {"weekday": WEEKDAYS[day.weekday()], "day": long_date(day)}


def capital(text: str) -> str:
    """A text at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def clause_list(clauses: Iterable[str]) -> str:
    """`a, b, og c.` from clauses; empty for none."""
    parts = list(clauses)
    if len(parts) < 2:
        return f"{parts[0]}." if parts else ""
    return _("%(clauses)s, and %(last)s") % {"clauses": ", ".join(parts[:-1]), "last": parts[-1]} + "."
