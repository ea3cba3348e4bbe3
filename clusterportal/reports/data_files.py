"""The numbers behind each figure as CSV, attached to the report, so that nobody has to read them off a drawing.

A file travels inside the document as a link of the head; finisher.py gives it its name and says what it is.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from initiatives.listing import csv_content
from outcomes.before_after import EffectTable
from outcomes.flow import Flow

from .chapters import Chapter
from .collect import Evaluation
from .finisher import NAME_ENDS
from .money_bars import Line

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class DataFile:
    """One figure's numbers; the first row is the heading."""

    name: str
    description: str
    rows: Rows

    @property
    def title(self) -> str:
        """What the link says: the name, then the description."""
        return f"{self.name}{NAME_ENDS}{self.description}"

    @property
    def address(self) -> str:
        """The file itself."""
        return f"data:text/csv;base64,{b64encode(csv_content(self.rows).encode()).decode()}"


def data_files(evaluation: Evaluation) -> tuple[DataFile, ...]:
    """A file for each figure of the evaluation, in the order of the pages."""
    return tuple(_files(evaluation))


def _files(evaluation: Evaluation) -> Iterator[DataFile]:
    yield _cover(evaluation)
    if evaluation.money:
        yield _money(_("themes-spent-and-allocated"), _("Spent and allocated by theme"), evaluation.money.lines)
    for theme in evaluation.themes:
        if theme.has_opening and theme.bars:
            name = _("theme-%(number)s-spent-and-allocated") % {"number": theme.number}
            yield _money(name, _("Spent and allocated: %(theme)s") % {"theme": theme.group.name}, theme.bars.lines)
        for chapter in (*theme.carried_out, *theme.set_aside):
            yield from _of_chapter(chapter)
    if evaluation.variances:
        yield _variances(evaluation)


def _file(name: str, description: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> DataFile:
    return DataFile(f"{slugify(name, allow_unicode=True)}.csv", description, [head, *rows])


def _cover(evaluation: Evaluation) -> DataFile:
    head = (_("Theme"), _("No."), _("Initiative"), _("Cluster funds, kr."))
    rows = [
        (group.name, row.initiative.number, row.initiative.title, row.funds)
        for group in evaluation.overview.groups
        for row in group.rows
    ]
    return _file(_("cover-cluster-funds"), _("The cover's figure: cluster funds by initiative"), head, rows)


def _money(name: str, description: str, lines: Iterable[Line]) -> DataFile:
    head = (_("Name"), _("Spent, kr."), _("Allocated, kr."))
    return _file(name, description, head, [(line.name, line.sums.spent, line.sums.frame) for line in lines])


def _of_chapter(chapter: Chapter) -> Iterator[DataFile]:
    """The figures of one initiative, numbered within their kind."""
    if chapter.timeline:
        yield _course(chapter)
    flows = [flow for flow, figure in chapter.flows if figure]
    for place, flow in enumerate(flows, 1):
        yield _participants(chapter, flow, place)
    compared = [table for table, figure in chapter.effects if figure]
    for place, table in enumerate(compared, 1):
        yield _before_and_after(chapter, table, place)


def _course(chapter: Chapter) -> DataFile:
    name = _("initiative-%(address)s-course") % {"address": chapter.initiative.address}
    words = _("Course of events: %(about)s") % {"about": chapter.initiative.short_title}
    head = (_("Last day that the date can mean"), _("Precision"), _("Event"))
    milestones = [event.milestone for event in chapter.milestones]
    return _file(name, words, head, [(each.day, each.get_precision_display(), each.text) for each in milestones])


def _participants(chapter: Chapter, flow: Flow, place: int) -> DataFile:
    values = {"address": chapter.initiative.address, "place": place}
    words = _("Participants' course: %(about)s") % {"about": chapter.initiative.short_title}
    rows = [(_("All"), flow.count), *((step.label, step.count) for step in flow.steps)]
    return _file(_("initiative-%(address)s-participants-%(place)s") % values, words, (_("Step"), _("Number")), rows)


def _before_and_after(chapter: Chapter, table: EffectTable, place: int) -> DataFile:
    values = {"address": chapter.initiative.address, "place": place}
    where = ", ".join(part for part in (table.place.name, table.instrument) if part)
    words = _("Before and after: %(about)s, %(place)s") % {"about": chapter.initiative.short_title, "place": where}
    head = (_("Measure"), _("At the start"), _("At the end"), _("Judgement"))
    rows = [(row.label, row.before, row.after, row.word) for row in table.rows]
    return _file(_("initiative-%(address)s-before-and-after-%(place)s") % values, words, head, rows)


def _variances(evaluation: Evaluation) -> DataFile:
    head = (_("No."), _("Initiative"), _("Recipient"), _("Allocated, kr."), _("Spent, kr."), _("Variance, kr."))
    rows = [
        (row.number, row.name, row.recipient, row.allocated + row.carried, row.spent, row.variance)
        for row in evaluation.economy.rows
    ]
    return _file(_("annex-1-variances"), _("Spent and allocated by line, with the variance"), head, rows)
