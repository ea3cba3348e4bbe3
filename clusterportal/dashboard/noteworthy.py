"""Results worth noting, chosen by a rule, so that nobody can leave out what went badly.

The rule: of the two initiatives that measured most people before and after, what went forward most in their largest
group; then what went forward least of all that was measured before and after; then the share that is farthest from
where it should be. The page prints the rule beneath its heading.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from outcomes.display import effect_text, judgement_word, percent_text, whole_percent
from outcomes.effect import Judgement, effect_percent, judgement
from outcomes.models import Measure, Measurement

from . import charts, results_in_words

Form, Direction = Measurement.Form, Measure.Direction
MOST_PROGRESSES = 2


@dataclass(frozen=True)
class Judged:
    """A measure before and after, and how far it went the right way in percent of where it began."""

    row: Measurement
    before: Decimal
    after: Decimal
    gain: Decimal

    @property
    def people(self) -> int:
        """How many it is about; 0 where the source does not say."""
        return self.row.n or 0


@dataclass(frozen=True)
class Result:
    """One result in words, with its figure and why it was chosen; `few` tells that few people can move it.

    `from_to` is the figure of a change in words; a share has no before, so no `judgement` either.
    """

    row: Measurement
    why: str
    heading: str
    about: str
    facts: tuple[str, ...]
    few: bool
    judgement: Judgement | None = None
    word: str = ""
    from_to: str = ""
    change: charts.Change | None = None
    share: charts.Share | None = None

    @property
    def worse(self) -> bool:
        return self.judgement == Judgement.WORSE

    @property
    def label(self) -> str:
        return results_in_words.initiative(self.row.initiative)


def noteworthy(rows: Iterable[Measurement], few: int) -> tuple[Result, ...]:
    """The results that the rule chooses among `rows`, which come initiative by initiative.

    `few` is the number of cases from which there are enough.
    """
    listed = list(rows)
    measured = list(judged(listed))
    forward = progresses(measured)
    behind = least_progress([each for each in measured if each not in forward])
    changes = [*((_("Went forward most"), each) for each in forward), *((least_words(each), each) for each in behind)]
    shares = [(_("Farthest from where it should be"), row) for row in farthest_share(listed)]
    return (
        *(_change(why, each, few) for why, each in changes),
        *(_share(why, row, few) for why, row in shares),
    )


def judged(rows: Iterable[Measurement]) -> Iterator[Judged]:
    """What can be judged: a measure that is better one way, and that did not begin at 0."""
    for row in rows:
        if row.before is None or row.after is None or row.measure.direction == Direction.NEITHER:
            continue
        effect = effect_percent(row.before, row.after)
        if effect is not None:
            yield Judged(row, row.before, row.after, effect if row.measure.direction == Direction.HIGHER else -effect)


def progresses(measured: Iterable[Judged]) -> list[Judged]:
    """What went forward most in the largest group of an initiative, for the two that measured most people."""
    by_initiative = groupby(measured, key=lambda each: each.row.initiative_id)
    best = (max(_largest_group(list(own)), key=lambda each: each.gain) for _initiative, own in by_initiative)
    return sorted((each for each in best if each.gain > 0), key=lambda each: -each.people)[:MOST_PROGRESSES]


def _largest_group(own: Sequence[Judged]) -> list[Judged]:
    most = max(each.people for each in own)
    return [each for each in own if each.people == most]


def least_progress(measured: Iterable[Judged]) -> list[Judged]:
    """The one that went forward least or backward most, of equals the one about most people; none of none."""
    return sorted(measured, key=lambda each: (each.gain, -each.people))[:1]


def least_words(least: Judged) -> str:
    """Why the least progress is shown: backward and standing still are called by their names."""
    if least.gain < 0:
        return _("Went backward most")
    return _("Stood still") if least.gain == 0 else _("Went forward least")


def farthest_share(rows: Iterable[Measurement]) -> list[Measurement]:
    """The one share that is farthest from where it should be, of equals the one of most people; none of none."""
    shares = [row for row in rows if row.total and row.measure.direction != Direction.NEITHER]
    return sorted(shares, key=lambda row: (nearness(row), -(row.total or 0)))[:1]


def nearness(row: Measurement) -> Decimal:
    """1 where a share is wholly as it should be, 0 where it is wholly the other way."""
    share = Decimal(row.count or 0) / (row.total or 1)
    return 1 - share if row.measure.direction == Direction.LOWER else share


def _change(why: str, each: Judged, few: int) -> Result:
    row, before, after = each.row, each.before, each.after
    verdict = judgement(before, after, row.measure.direction)
    effect = effect_percent(before, after)
    labels = results_in_words.labels(row.measure, before, after)
    return Result(
        row=row,
        why=why,
        heading=results_in_words.change_heading(row.measure, before, after),
        about=results_in_words.about_change(row),
        facts=_given(effect_text(effect) if effect is not None else "", results_in_words.scale_words(row.measure)),
        few=row.n is not None and row.n < few,
        judgement=verdict,
        word=judgement_word(verdict),
        from_to=_("from %(before)s to %(after)s") % {"before": labels[0][1], "after": labels[1][1]},
        change=charts.change(*labels, results_in_words.scale(row.measure, before, after)),
    )


def _given(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)


def _share(why: str, row: Measurement, few: int) -> Result:
    count, total = row.count or 0, row.total or 1
    return Result(
        row=row,
        why=why,
        heading=results_in_words.share_heading(row.measure, count, total),
        about=results_in_words.about_share(row),
        facts=_given(percent_text(whole_percent(count, total))),
        few=total < few,
        share=charts.share(count, total),
    )
