"""Addresses of finance."""

app_name = "finance"
urlpatterns = []
