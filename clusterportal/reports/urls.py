"""Addresses of reports."""

from django.urls import path

from . import texts_views, views
from .models import Kind

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("evaluering/", views.order_report, {"kind": Kind.EVALUATION}, name="evaluation"),
    path("statusoversigt/", views.order_report, {"kind": Kind.OVERVIEW}, name="overview"),
    path("oekonomioversigt/", views.order_report, {"kind": Kind.ECONOMY}, name="economy"),
    path("indsats/", views.order_report, {"kind": Kind.INITIATIVE}, name="initiative"),
    path("tekster/", texts_views.plans, name="texts"),
    path("tekster/<int:pk>/", texts_views.edit, name="edit_texts"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/igen/", views.try_again, name="retry"),
    path("<int:pk>/annuller/", views.cancel, name="cancel"),
    path("<int:pk>/hent/", views.download, name="download"),
]
