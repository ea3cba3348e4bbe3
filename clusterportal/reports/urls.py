"""Addresses of reports."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("evaluering/", views.order_evaluation, name="evaluation"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/igen/", views.try_again, name="retry"),
    path("<int:pk>/hent/", views.download, name="download"),
]
