"""Addresses of portfolio."""

from django.urls import path

from initiatives import converters

from . import own_pages, views

converters.register()

app_name = "portfolio"
urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("visninger/", own_pages.saved_views, name="views"),
    path("visninger/<int:pk>/", own_pages.saved_view, name="view"),
    path("visninger/<int:pk>/slet/", own_pages.delete_view, name="delete_view"),
    path("visninger/<int:pk>/standard/", own_pages.default_view, name="default_view"),
    path("<slug:cluster>/<address:address>/foelg/", own_pages.following, name="follow"),
    path("<slug:cluster>/<address:address>/", views.initiative, name="initiative"),
]
