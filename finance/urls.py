"""Addresses of finance."""

from django.urls import path

from . import views

app_name = "finance"
urlpatterns = [
    path("", views.annex_view, name="annex"),
    path("<slug:name>.csv", views.data, name="data"),
]
