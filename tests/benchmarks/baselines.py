"""What the pages are held against: Django's admin list of the same rows, and raw SQL in a bare template."""

from typing import Any

from django.contrib import admin
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from initiatives.models import Initiative

ROWS = 25
SITE = admin.AdminSite("bench")
SITE.has_permission = lambda request: True  # type: ignore[method-assign]
BARE = engines["django"].from_string(
    "<!doctype html><html lang='da'><title>Rå</title><table>{% for number, title, theme, status in rows %}"
    "<tr><td>{{ number }}</td><td>{{ title }}</td><td>{{ theme }}</td><td>{{ status }}</td></tr>{% endfor %}</table>"
)
SQL = """
    SELECT i.number, i.title, t.name, (
        SELECT s.printed_text FROM initiatives_statusreport s
        WHERE s.initiative_id = i.id ORDER BY s.reported_on DESC, s.id DESC LIMIT 1
    )
    FROM initiatives_initiative i JOIN initiatives_theme t ON t.id = i.theme_id
    ORDER BY t.position, i.number_order LIMIT %s
"""


class InitiativeAdmin(admin.ModelAdmin[Initiative]):
    """As many columns as the overview has, without its money and status."""

    list_display = ("number", "title", "theme", "cluster")
    list_select_related = ("theme", "cluster")
    list_per_page = ROWS
    search_fields = ("title",)
    ordering = ("theme__position", "number_order")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


SITE.register(Initiative, InitiativeAdmin)


def raw(request: HttpRequest) -> HttpResponse:
    """A page of the list by one query and a template with nothing around it."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, [ROWS])
        rows = cursor.fetchall()
    return HttpResponse(BARE.render({"rows": rows}))


urlpatterns = [path("bench-admin/", SITE.urls), path("bench-raw/", raw), path("", include("clusterportal.urls"))]
