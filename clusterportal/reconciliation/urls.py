"""Addresses of reconciliation."""

app_name = "reconciliation"
urlpatterns = []
