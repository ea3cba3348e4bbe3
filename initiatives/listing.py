"""One flat list page: filter, sorting, pages, and CSV or Excel of exactly what is shown.

Unknown values in the address never fail and never change the list in silence: they are left out with a notice.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views import View
from django_filters import FilterSet
from django_tables2 import Table
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from .danish import format_number, short_date

PER_PAGE = (25, 50, 100)
Rows = Iterable[Sequence[object]]
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Paging:
    """A page that exists, the rows on each, and what was wrong with what was asked for."""

    page: int
    per_page: int
    notices: tuple[str, ...] = ()


class ListPage(View):
    """A list of `filterset_class` and `table_class`; what they show can be a queryset or rows made from it.

    `defaults` are filter values that hold until the address names another.
    """

    table_class: type[Table]
    filterset_class: type[FilterSet]
    template_name: str
    export_name: str
    defaults: dict[str, str] = {}

    def queryset(self, request: HttpRequest) -> Any:
        """The rows this user may see, before any filter."""
        raise NotImplementedError

    def rows(self, filters: FilterSet) -> Sequence[Any]:
        """What the table shows of the filtered queryset."""
        return filters.qs

    def table(self, rows: Sequence[Any], sort: tuple[str, ...]) -> Table:
        """The table of the rows; a list whose columns depend on what is asked for gives it more."""
        # Without the request: given it, django-tables2 would read sort, page and per_page itself, and obey any.
        return self.table_class(rows, order_by=sort)

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """What the template needs besides `table`, `filters` and `per_page`."""
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list as a page, or as the file that `?eksport=` names."""
        filters = self.filterset_class(
            with_defaults(request.GET, self.defaults), queryset=self.queryset(request), request=request
        )
        notices = unknown_values(filters)
        rows = self.rows(filters)
        sort, sort_notices = known_sort(self.table_class, request.GET.getlist("sort"))
        table = self.table(rows, sort)
        if export := EXPORTS.get(request.GET.get("eksport", "")):
            return export(table.as_values(), self.export_name)
        paging = read_paging(request.GET, len(table.rows))
        table.paginate(page=paging.page, per_page=paging.per_page)
        for notice in (*notices, *sort_notices, *paging.notices):
            messages.info(request, notice)
        shown = {"table": table, "filters": filters, "per_page": paging.per_page, "per_page_choices": PER_PAGE}
        return render(request, self.template_name, {**self.context(request), **shown})


def with_defaults(data: QueryDict, defaults: dict[str, str]) -> QueryDict:
    """The address's values, and `defaults` for what it does not name."""
    values = data.copy()
    for name, value in defaults.items():
        values.setdefault(name, value)
    return values


def unknown_values(filters: FilterSet) -> tuple[str, ...]:
    """A notice for each filter whose value means nothing; the filter itself is left out by django-filter."""
    return tuple(
        _("“%(value)s” is not a choice of “%(filter)s”. The filter is left out.")
        % {"value": filters.data.get(name, ""), "filter": filters.form.fields[name].label}
        for name in filters.form.errors
        if name in filters.form.fields
    )


def known_sort(table_class: type[Table], asked: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sort keys that the table has, and a notice for each that it has not."""
    keys = [key for text in asked for key in text.split(",") if key]
    columns = table_class.base_columns
    sortable = {name for name, column in columns.items() if column.orderable is not False}
    known = tuple(key for key in keys if key.removeprefix("-") in sortable)
    unknown = (key for key in keys if key not in known)
    return known, tuple(_("The list cannot be sorted by “%(key)s”.") % {"key": key} for key in unknown)


def read_paging(data: QueryDict, count: int, standard: int = PER_PAGE[0]) -> Paging:
    """The page asked for by `?page=` and `?per_page=`, or the nearest one that exists, with a notice.

    `standard` is how many rows a page has where the address does not say.
    """
    notices = []
    per_page = _whole(data.get("per_page", standard))
    if per_page not in PER_PAGE:
        notices.append(_("A page can have 25, 50 or 100 rows. It has %(count)s here.") % {"count": standard})
        per_page = standard
    last = max(1, -(-count // per_page))
    asked = _whole(data.get("page", 1))
    page = min(max(asked or 1, 1), last)
    if asked != page:
        words = {"page": data.get("page", "")[:12], "shown": format_number(page, 0)}
        notices.append(_("There is no page “%(page)s”. Page %(shown)s is shown.") % words)
    return Paging(page, per_page, tuple(notices))


def _whole(text: str | int) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def csv_text(value: object) -> str:
    """A cell of the CSV: decimal comma, Danish date, and text that looks like a formula kept as text."""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return short_date(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_content(rows: Rows) -> str:
    """The rows as CSV: byte order mark, semicolons and decimal comma; the first row is the heading."""
    text = StringIO()
    csv.writer(text, delimiter=";").writerows([csv_text(value) for value in row] for row in rows)
    return "\ufeff" + text.getvalue()


def as_csv(rows: Rows, name: str) -> HttpResponse:
    """The rows as a file in UTF-8."""
    return _file(csv_content(rows), "text/csv; charset=utf-8", f"{name}.csv")


def as_excel(rows: Rows, name: str) -> HttpResponse:
    """One sheet with the first row as a heading that stays in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_excel_cell(sheet, value, heading=number == 0) for value in row])
    content = BytesIO()
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(content.getvalue(), kind, f"{name}.xlsx")


def _excel_cell(sheet: object, value: object, *, heading: bool) -> WriteOnlyCell:
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "#,##0" if value == value.to_integral_value() else "#,##0.00##"
    elif value is None or isinstance(value, int | date):
        cell = WriteOnlyCell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
        # Otherwise a text that begins with "=" becomes a formula.
        cell.data_type = "s"
    if heading:
        cell.font = Font(bold=True)
    return cell


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


EXPORTS: dict[str, Callable[[Rows, str], HttpResponse]] = {"csv": as_csv, "excel": as_excel}
