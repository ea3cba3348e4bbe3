"""The evaluation as one HTML document, for pdf.py to set. Call within `translation.override("da")`."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.portfolio.overview import Overview
from initiatives.danish import count_word, listed
from initiatives.money import kroner

from .collect import Evaluation
from .cover import Line, lay_out
from .data_files import data_files, figure_list


def evaluation_html(evaluation: Evaluation, draft: bool = False) -> str:
    """The whole document; addresses in it are relative to the folder of the report's style sheet.

    `draft` says on every page that texts are missing.
    """
    portfolio, files = evaluation.overview, data_files(evaluation)
    return render_to_string(
        "reports/evaluation.html",
        {
            "evaluation": evaluation,
            "draft": draft,
            "cover_lines": cover_lines(portfolio),
            "cover_text": cover_text(portfolio),
            "printed_note": printed_note(portfolio),
            "data_files": files,
            "figures": figure_list(evaluation, files),
        },
    )


def cover_lines(portfolio: Overview) -> tuple[Line, ...]:
    """The cover's figure, one line for each theme."""
    return lay_out(
        [
            (
                group.name,
                group.theme.colour if group.theme else 4,
                [(row.initiative.number, row.funds) for row in group.rows],
            )
            for group in portfolio.groups
        ]
    )


def cover_text(portfolio: Overview) -> str:
    """What the cover's figure shows, for those who do not see it."""
    rows = sorted(portfolio.rows, key=lambda row: row.funds, reverse=True)
    without = [row for row in rows if not row.funds]
    largest = [
        _("initiative %(number)s with %(funds)s kr.") % {"number": row.initiative.number, "funds": kroner(row.funds)}
        for row in rows[:2]
        if row.funds
    ]
    said = _("The cover's figure: %(count)s initiatives on %(lines)s lines, one for each theme.") % {
        "count": portfolio.count,
        "lines": count_word(len(portfolio.groups)),
    }
    if largest:
        said += " " + _("The largest are %(largest)s") % {"largest": listed(largest)}
    if without:
        said += " " + ngettext("%(count)s initiative has 0 kr.", "%(count)s initiatives have 0 kr.", len(without)) % {
            "count": count_word(len(without)).capitalize()
        }
    return said


def printed_note(portfolio: Overview) -> str:
    """Which amounts a document printed otherwise than they are computed; empty where none did."""
    return " ".join(
        _("Initiative %(number)s is computed as %(funds)s kr., but “%(document)s” prints %(printed)s kr.")
        % {
            "number": row.initiative.number,
            "funds": kroner(row.funds),
            "printed": kroner(row.printed),
            "document": row.printed_funds.document.title,
        }
        for row in portfolio.differing
        if row.printed_funds
    )
