"""Addresses of initiatives."""

from django.urls import path

from . import converters, views

converters.register()
app_name = "initiatives"
urlpatterns = [
    path("<slug:cluster>/<number:number>/status/", views.report_status, name="report_status"),
]
