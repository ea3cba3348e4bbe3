"""Addresses of portfolio."""

from django.urls import path

from initiatives import converters

from . import views

converters.register()

app_name = "portfolio"
urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("<slug:cluster>/<number:number>/", views.initiative, name="initiative"),
]
