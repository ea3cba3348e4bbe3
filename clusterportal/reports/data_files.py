"""The numbers behind each figure as CSV, attached to the report, so that nobody has to read them off a drawing.

Numbers are plain: no grouping, no unit, no words; semicolons and decimal comma, as Excel in Danish opens them.
A file travels inside the document as a link of the head; finisher.py gives it its name and says what it is.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import slugify
from django.utils.translation import gettext as _

from initiatives.listing import csv_content
from outcomes.before_after import EffectRow, EffectTable
from outcomes.flow import Flow
from outcomes.printed import Figure

from .chapters import ONE_LINE, Chapter
from .collect import Evaluation
from .finisher import NAME_ENDS
from .money_bars import Line

Rows = Sequence[Sequence[object]]
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class DataFile:
    """One figure's numbers; the first row is the heading. The cover's figure has no number."""

    name: str
    title: str
    rows: Rows
    number: int | None = None

    @property
    def description(self) -> str:
        """What the file is: `Figur 5. Før og efter: Gangtræning, Aalborg Kommune`."""
        if self.number is None:
            return self.title
        return _("Figure %(number)s. %(title)s") % {"number": self.number, "title": self.title}

    @property
    def link(self) -> str:
        """What the link says: the name, then the description."""
        return f"{self.name}{NAME_ENDS}{self.description}"

    @property
    def address(self) -> str:
        """The file itself."""
        return f"data:text/csv;base64,{b64encode(csv_content(self.rows).encode()).decode()}"


@dataclass(frozen=True)
class ListedFigure:
    """A line of the list of figures."""

    number: int
    title: str

    @property
    def is_long(self) -> bool:
        """True where the title takes two lines."""
        return len(self.title) > ONE_LINE


def data_files(evaluation: Evaluation) -> tuple[DataFile, ...]:
    """A file for each figure of the evaluation that shows numbers, in the order of the pages."""
    return tuple(_files(evaluation))


def chapter_files(chapter: Chapter) -> tuple[DataFile, ...]:
    """A file for each figure of one initiative."""
    return tuple(_of_chapter(chapter))


def figure_list(evaluation: Evaluation, files: Iterable[DataFile]) -> tuple[ListedFigure, ...]:
    """The numbered figures of the evaluation by the titles of their `files`; the model of governance has no numbers."""
    listed = [ListedFigure(file.number, file.title) for file in files if file.number]
    if evaluation.plan.governance and evaluation.governance:
        listed.append(ListedFigure(evaluation.governance_figure, _("The governance model")))
    return tuple(listed)


def _files(evaluation: Evaluation) -> Iterator[DataFile]:
    yield _cover(evaluation)
    if evaluation.money:
        yield _money(1, _("themes-spent-and-allocated"), _("Spent and allocated by theme"), evaluation.money.lines)
    for theme in evaluation.themes:
        if theme.has_opening and theme.bars:
            name = _("theme-%(number)s-spent-and-allocated") % {"number": theme.number}
            words = _("Spent and allocated: %(theme)s") % {"theme": theme.short_name}
            yield _money(theme.first_figure, name, words, theme.bars.lines)
        for chapter in (*theme.carried_out, *theme.set_aside):
            yield from _of_chapter(chapter)
    if evaluation.variances:
        yield _variances(evaluation)


def _file(number: int | None, name: str, title: str, head: Sequence[str], rows: Rows) -> DataFile:
    return DataFile(f"{slugify(name, allow_unicode=True)}.csv", title, [head, *rows], number)


def _cover(evaluation: Evaluation) -> DataFile:
    head = (_("Theme"), _("No."), _("Initiative"), _("Cluster funds, kr."))
    rows = [
        (group.name, row.initiative.number, row.initiative.title, row.funds)
        for group in evaluation.overview.groups
        for row in group.rows
    ]
    return _file(None, _("cover-cluster-funds"), _("The cover's figure: cluster funds by initiative"), head, rows)


def _money(number: int, name: str, title: str, lines: Iterable[Line]) -> DataFile:
    head = (_("Name"), _("Spent, kr."), _("Allocated, kr."))
    return _file(number, name, title, head, [(line.name, line.sums.spent, line.sums.frame) for line in lines])


def _of_chapter(chapter: Chapter) -> Iterator[DataFile]:
    """The figures of one initiative, named by their place within their kind."""
    if chapter.timeline:
        yield _course(chapter)
    flows = [(flow, number) for flow, figure, number in chapter.flows if figure]
    for place, (flow, number) in enumerate(flows, 1):
        yield _participants(chapter, flow, number, place)
    compared = [(table, number) for table, figure, number in chapter.effects if figure]
    for place, (table, number) in enumerate(compared, 1):
        yield _before_and_after(chapter, table, number, place)


def _course(chapter: Chapter) -> DataFile:
    name = _("initiative-%(address)s-course") % {"address": chapter.initiative.address}
    words = _("Course of events: %(about)s") % {"about": chapter.initiative.short_title}
    head = (_("Last day that the date can mean"), _("Precision"), _("Event"))
    milestones = [event.milestone for event in chapter.milestones]
    rows = [(each.day, each.get_precision_display(), each.text) for each in milestones]
    return _file(chapter.first_figure, name, words, head, rows)


def _participants(chapter: Chapter, flow: Flow, number: int, place: int) -> DataFile:
    name = _("initiative-%(address)s-participants-%(place)s") % {"address": chapter.initiative.address, "place": place}
    words = _("Participants' course: %(about)s") % {"about": chapter.initiative.short_title}
    rows = [(_("All"), flow.count), *((step.label, step.count) for step in flow.steps)]
    return _file(number, name, words, (_("Step"), _("Number")), rows)


def _before_and_after(chapter: Chapter, table: EffectTable, number: int, place: int) -> DataFile:
    """Means as they were measured, difference and effect as they are computed, and both as a document printed them."""
    name = _("initiative-%(address)s-before-and-after-%(place)s") % {
        "address": chapter.initiative.address,
        "place": place,
    }
    where = ", ".join(part for part in (table.place.name, table.instrument) if part)
    words = _("Before and after: %(about)s, %(place)s") % {"about": chapter.initiative.short_title, "place": where}
    head = (
        *(_("Measure"), _("Group"), _("n"), _("At the start"), _("At the end"), _("Difference")),
        *(_("Effect, percent"), _("Judgement"), _("Difference as printed"), _("Effect as printed, percent")),
    )
    return _file(number, name, words, head, [_compared(table, row) for row in table.rows])


def _compared(table: EffectTable, row: EffectRow) -> tuple[object, ...]:
    before, after = row.means
    effect = None if row.percent is None else row.percent.quantize(HUNDREDTH, ROUND_HALF_UP)
    return (
        *(row.label, row.group or table.group, row.people, _plain(before), _plain(after), _plain(after - before)),
        *(effect, row.word, _printed(row.difference), _printed(row.effect)),
    )


def _plain(number: Decimal) -> Decimal:
    """Without the zeros that the database adds."""
    return number.normalize()


def _printed(figure: Figure | None) -> Decimal | None:
    """What the latest document printed; None where none did."""
    return _plain(figure.values[-1]) if figure and figure.values else None


def _variances(evaluation: Evaluation) -> DataFile:
    head = (_("No."), _("Initiative"), _("Recipient"), _("Allocated, kr."), _("Spent, kr."), _("Variance, kr."))
    rows = [
        (row.number, row.name, row.recipient, row.allocated + row.carried, row.spent, row.variance)
        for row in evaluation.economy.rows
    ]
    words = _("Spent and allocated by line, with the variance")
    return _file(evaluation.annex_figure, _("annex-1-variances"), words, head, rows)
