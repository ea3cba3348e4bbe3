"""Addresses of initiatives."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class NumberConverter(StringConverter):
    """The number of an initiative; a NUL, which PostgreSQL refuses in a query, is no number."""

    regex = r"[^/\x00]{1,10}"


register_converter(NumberConverter, "number")

app_name = "initiatives"
urlpatterns = [
    path("<slug:cluster>/<number:number>/status/", views.report_status, name="report_status"),
]
