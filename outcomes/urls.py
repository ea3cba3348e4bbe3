"""Addresses of the outcomes app, under /resultater/."""

from django.urls import path

from . import views

app_name = "outcomes"
urlpatterns = [
    path("", views.results_page, name="results"),
    path("<slug:name>.csv", views.data, name="data"),
]
