"""Addresses of portfolio."""

from django.urls import path

from . import views

app_name = "portfolio"
urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("<slug:cluster>/<str:number>/", views.initiative, name="initiative"),
]
