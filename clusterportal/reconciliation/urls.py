"""Addresses of reconciliation."""

from django.urls import path

from .views import FigureList

app_name = "reconciliation"
urlpatterns = [
    path("", FigureList.as_view(), name="figures"),
]
