"""What each chart shows in one sentence, computed from its table."""

from django.utils.translation import gettext as _

from initiatives.danish import count_word, short_date
from initiatives.models import Colour

from .development import OverTime, Series


def phases(counts: OverTime) -> str:
    """Which phase has grown most since the first point; that there is one point only where that is so."""
    if len(counts.points) < 2:
        return _("There is nothing to compare with yet.")
    grown = max(counts.series, key=growth)
    words = {
        "since": short_date(counts.points[0]),
        "phase": str(grown.name),
        "first": count_word(grown.values[0]),
        "last": count_word(grown.values[-1]),
    }
    if growth(grown) <= 0:
        return _("Since %(since)s no phase has grown.") % words
    return _("Since %(since)s “%(phase)s” has grown most: from %(first)s to %(last)s.") % words


def growth(series: Series) -> int:
    """How many more at the last point than at the first."""
    return series.values[-1] - series.values[0]


def colours(counts: OverTime) -> str:
    """How many were amber or red at the first point and at the last."""
    off_course = [series.values for series in counts.series if series.key in {Colour.AMBER, Colour.RED}]
    first, last = sum(values[0] for values in off_course), sum(values[-1] for values in off_course)
    words = {"first": count_word(first), "last": count_word(last), "since": short_date(counts.points[0])}
    words["until"] = short_date(counts.points[-1])
    if not off_course:
        return _("No initiative has been amber or red.")
    return _("Amber or red: %(first)s on %(since)s, %(last)s on %(until)s.") % words
