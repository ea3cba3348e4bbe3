"""Addresses of finance."""

from django.urls import path

from . import settlement_views, views

app_name = "finance"
urlpatterns = [
    path("", views.annex_view, name="annex"),
    path("<slug:name>.csv", views.data, name="data"),
    # What is paid jointly.
    path("afregning/", settlement_views.settlement_view, name="settlement"),
    path("afregning/<slug:slug>/<int:year>/<int:party>/", settlement_views.share_view, name="share"),
]
