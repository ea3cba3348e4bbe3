"""From what was asked for to the document that is set: HTML, and what had to be left out of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.models import ActionPlan, Initiative

from .chapters import Chapter
from .collect import Evaluation, evaluation
from .data_files import chapter_files
from .html import evaluation_html, printed_note
from .models import Kind, Report
from .printable import Remark, problem
from .separate import Sheet, economy_sheet, initiative_sheet, overview_sheet

# The printed edition, and what is told of a failure, are Danish whatever language is read elsewhere.
LANGUAGE = "da"

# Of texts with so many characters, about two pages, the longest are named where a document is too much to set.
LONG, MOST_NAMED = 5_000, 3

# A text that a user wrote, with the place where it is printed.
Text = tuple[str, str]


@dataclass(frozen=True)
class Subject:
    """What is asked for: a kind of report of a plan as of a day; `initiative` with the kind of that name only."""

    kind: Kind
    plan: ActionPlan
    day: date
    initiative: Initiative | None = None

    @classmethod
    def of(cls, report: Report) -> "Subject":
        return cls(Kind(report.kind), report.plan, report.as_of, report.initiative)


@dataclass(frozen=True)
class Document:
    """A document ready to be set; with a remark it is a draft."""

    html: str
    remarks: tuple[Remark, ...]


def compose(subject: Subject, made_on: date) -> Document:
    """The document of a subject with the facts of its day, and titles and texts as they are on `made_on`."""
    with translation.override(LANGUAGE):
        return _COMPOSERS[subject.kind](subject, made_on)


def longest_texts(subject: Subject, made_on: date) -> list[tuple[str, int]]:
    """The longest of the texts that are printed, each with its place and its characters; the longest first.

    None where every text is of a usual length: then shortening them would not help.
    """
    with translation.override(LANGUAGE):
        if subject.kind == Kind.EVALUATION:
            texts = list(_texts(evaluation(subject.plan, subject.day, made_on)))
        elif subject.initiative:
            chapter = initiative_sheet(subject.initiative, subject.plan, subject.day, made_on).chapter
            texts = list(_chapter_texts(chapter))
        else:
            texts = []
    lengths = [(place, len(text)) for place, text in texts if len(text) >= LONG and not problem(text)]
    return sorted(lengths, key=lambda each: -each[1])[:MOST_NAMED]


def _evaluation(subject: Subject, made_on: date) -> Document:
    found = evaluation(subject.plan, subject.day, made_on)
    remarks = tuple(_remarks(_texts(found)))
    return Document(evaluation_html(found, draft=bool(remarks)), remarks)


def _overview(subject: Subject, made_on: date) -> Document:
    sheet = overview_sheet(subject.plan, subject.day, made_on)
    return _sheet(
        "overview", sheet, [], evaluation=sheet.evaluation, printed_note=printed_note(sheet.evaluation.overview)
    )


def _economy(subject: Subject, made_on: date) -> Document:
    sheet = economy_sheet(subject.plan, subject.day, made_on)
    return _sheet("economy", sheet, [], economy=sheet.economy)


def _initiative(subject: Subject, made_on: date) -> Document:
    if subject.initiative is None:
        raise ValueError("the status of one initiative needs the initiative")
    sheet = initiative_sheet(subject.initiative, subject.plan, subject.day, made_on)
    chapter, files = sheet.chapter, chapter_files(sheet.chapter)
    return _sheet("initiative", sheet, _chapter_texts(chapter), theme=sheet.theme, chapter=chapter, data_files=files)


_COMPOSERS = {
    Kind.EVALUATION: _evaluation,
    Kind.OVERVIEW: _overview,
    Kind.ECONOMY: _economy,
    Kind.INITIATIVE: _initiative,
}


def _sheet(template: str, sheet: Sheet, texts: Iterable[Text], **context: object) -> Document:
    remarks = tuple(_remarks(texts))
    values = {"sheet": sheet, "separate": True, "draft": bool(remarks), **context}
    return Document(render_to_string(f"reports/sheet/{template}.html", values), remarks)


def _remarks(texts: Iterable[Text]) -> Iterator[Remark]:
    return (Remark(place, found) for place, text in texts if (found := problem(text)))


def _texts(found: Evaluation) -> Iterator[Text]:
    """Every text of the evaluation that is printed as Markdown, in the order of the pages."""
    plan = found.plan
    yield from [(_("Foreword"), plan.foreword), (_("Introduction"), plan.introduction)]
    for theme in found.themes:
        if plan.introduction and theme.group.theme:
            yield _("Introduction: %(theme)s") % {"theme": theme.group.name}, theme.group.theme.description
    for theme in found.themes:
        for chapter in theme.chapters:
            yield from _chapter_texts(chapter)
    yield _("Governance"), plan.governance


def _chapter_texts(chapter: Chapter) -> Iterator[Text]:
    name = chapter.initiative.number or chapter.initiative.short_title
    for section in chapter.sections:
        place = _("Initiative %(number)s: %(section)s") % {"number": name, "section": section.title}
        yield place, section.body
