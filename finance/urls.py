"""Addresses of finance."""

from django.urls import path

from . import pool_views, settlement_views, simulation_views, views

app_name = "finance"
urlpatterns = [
    path("", views.annex_view, name="annex"),
    path("<slug:name>.csv", views.data, name="data"),
    # What is paid jointly.
    path("afregning/", settlement_views.settlement_view, name="settlement"),
    path("afregning/<slug:slug>/<int:year>/<int:party>/", settlement_views.share_view, name="share"),
    path("fordeling/", simulation_views.simulation, name="simulation"),
    path("parter/", pool_views.parties, name="parties"),
    path("parter/<slug:slug>/<int:party>/", pool_views.party_view, name="party"),
]
