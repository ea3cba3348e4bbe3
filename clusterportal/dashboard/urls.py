"""Addresses of the dashboard. `home` is the site-wide name of the same page, for whoever knows no app."""

from django.urls import include, path

from . import views

_dashboard = [
    path("", views.index, name="index"),
    path("udvikling/<slug:name>.csv", views.data, name="data"),
]
urlpatterns = [path("", views.index, name="home"), path("", include((_dashboard, "dashboard")))]
