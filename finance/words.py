"""The annex in words: the sentences over the table are computed from the figures below them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from initiatives.danish import count_word, listed, long_date
from initiatives.money import kroner, total

from .annex import Annex, AnnexLine
from .by_year import MoneyByYear, YearMoney
from .totals import ClusterFunds


def variance_word(variance: Decimal, closed: bool) -> str:
    """What a variance is called; what is left is an underspend only once the years are accounted (`closed`)."""
    if variance > 0:
        return _("Underspend") if closed else _("Not spent yet")
    return _("Overspend") if variance < 0 else _("In balance")


def when(day: date) -> str:
    """How a sentence about `day` begins; on the last day of a year the year is what matters."""
    if (day.month, day.day) == (12, 31):
        return _("At the end of %(year)d") % {"year": day.year}
    return _("On %(day)s") % {"day": long_date(day)}


def no_recipient() -> str:
    """What stands beneath a line without recipient where other lines of the initiative name theirs."""
    return _("No recipient stated")


def lines_in_words(lines: Iterable[AnnexLine], closed: bool) -> str:
    """How many lines went over, ended under and met their frame; `closed` when their years are accounted."""
    variances = [line.variance for line in lines]
    over = sum(variance < 0 for variance in variances)
    under = sum(variance > 0 for variance in variances)
    if closed:
        sentence = ngettext(
            "%(over)s line went over the frame, %(under)s ended under it, and %(met)s met it.",
            "%(over)s lines went over the frame, %(under)s ended under it, and %(met)s met it.",
            over,
        )
    else:
        sentence = ngettext(
            "%(over)s line is over the frame, %(under)s under it, and %(met)s at it.",
            "%(over)s lines are over the frame, %(under)s under it, and %(met)s at it.",
            over,
        )
    met = len(variances) - over - under
    return sentence % {
        "over": _capital(count_word(over)) if over else pgettext("number of lines", "No"),
        "under": count_word(under),
        "met": count_word(met),
    }


def overspend_label(lines: int) -> str:
    """The name of the sum of all overspend: `Merforbrug i to linjer`."""
    return ngettext("Overspend in %(number)s line", "Overspend in %(number)s lines", lines) % {
        "number": count_word(lines)
    }


def accounts_in_words(annex: Annex) -> str:
    """How far the accounts go, where the annex goes further; empty where all of its years are accounted."""
    if not annex.open_years and annex.accounted_through and annex.through_year <= annex.accounted_through:
        return ""
    if annex.accounted_through is None:
        return _("No accounts have been rendered yet; what is allocated is shown.")
    if not annex.open_years:
        return _("The accounts are rendered up to and including %(closed)s.") % {"closed": annex.accounted_through}
    return _("The accounts are rendered up to and including %(closed)s; for %(open)s what is allocated is shown.") % {
        "closed": annex.accounted_through,
        "open": listed(str(year) for year in annex.open_years),
    }


def years_in_words(money: MoneyByYear) -> str:
    """What was allocated and spent in each year."""
    return f"{'; '.join(_year_in_words(year) for year in money.years)}."


def _year_in_words(year: YearMoney) -> str:
    amounts = {
        "year": year.year,
        "allocated": kroner(total(sums.allocated for _theme, sums in year.themes)),
        "spent": kroner(total(sums.spent for _theme, sums in year.themes)),
    }
    if not year.spending_known:
        return _("%(year)s: DKK %(allocated)s allocated, not accounted for yet") % amounts
    return _("%(year)s: DKK %(allocated)s allocated, DKK %(spent)s spent") % amounts


def without_funds_in_words(without: list[str], later: list[tuple[str, int]]) -> str:
    """Which initiatives have no cluster funds, and which get them from a later year; empty for none of either."""
    sentences = []
    if without:
        sentences.append(
            ngettext(
                "Initiative %(numbers)s has no cluster funds.",
                "Initiatives %(numbers)s have no cluster funds.",
                len(without),
            )
            % {"numbers": listed(without)}
        )
    for year in sorted({year for _number, year in later}):
        numbers = [number for number, first in later if first == year]
        sentences.append(
            ngettext(
                "Initiative %(numbers)s gets cluster funds from %(year)s.",
                "Initiatives %(numbers)s get cluster funds from %(year)s.",
                len(numbers),
            )
            % {"numbers": listed(numbers), "year": year}
        )
    return " ".join(sentences)


def funds_in_words(variance: Decimal | None, through: int | None, funds: ClusterFunds) -> str:
    """How the accounted years up to `through` ended by their `variance` in kr., and the cluster funds in all.

    None for both where no year is accounted; then only what is allocated is told.
    """
    amounts = {"total": kroner(funds.total), "later": kroner(funds.allocated_later)}
    if variance is None:
        return _("DKK %(later)s is allocated; no accounts have been rendered for it yet.") % amounts
    ended = {"year": through, "amount": kroner(abs(variance))}
    if variance < 0:
        sentence = _("DKK %(amount)s more was spent up to and including %(year)s than the frame held.")
    elif variance > 0:
        sentence = _("DKK %(amount)s of the frame up to and including %(year)s was not spent.")
    else:
        sentence = _("Exactly the frame was spent up to and including %(year)s.")
    with_later = _("With what is allocated since, the initiative has DKK %(total)s of cluster funds.")
    return " ".join([sentence % ended, with_later % amounts] if funds.allocated_later else [sentence % ended])


def carried_in_words(into: int, carried: Decimal) -> str:
    """What left (negative) or was covered for (positive) the initiative when years were carried on; empty for 0."""
    if not carried:
        return ""
    if carried < 0:
        sentence = _("DKK %(amount)s that was not spent is carried over to %(year)s and is back in the cluster's pool.")
    else:
        sentence = _("The overspend of DKK %(amount)s is set off in what the cluster carries over to %(year)s.")
    return sentence % {"amount": kroner(abs(carried)), "year": into}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
