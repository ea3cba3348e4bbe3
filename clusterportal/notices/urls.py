"""Addresses of the notices."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("beskeder/", views.notices, name="list"),
    path("konto/beskeder/", views.choose, name="choose"),
]
