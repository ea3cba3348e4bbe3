"""Addresses of the own account and of the administration of users."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("konto/", views.account, name="account"),
    path("brugere/", views.users, name="users"),
    path("brugere/ny/", views.create, name="create"),
    path("brugere/<int:pk>/", views.user, name="user"),
    path("brugere/<int:pk>/adgang/", views.access, name="access"),
    path("brugere/<int:pk>/link/", views.link, name="link"),
]
