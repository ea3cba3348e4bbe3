"""Addresses of the register."""

from django.urls import path
from django.views.generic import RedirectView

from . import merging, views
from .kinds import ACTORS, FORUMS, PEOPLE
from .lists import ActorList, ForumList, PersonList

app_name = "register"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="register:actor_list"), name="start"),
    path("aktoerer/", ActorList.as_view(), name="actor_list"),
    path("aktoerer/ny/", views.create, {"kind": ACTORS}, name="actor_create"),
    path("aktoerer/<int:pk>/", views.entry, {"kind": ACTORS}, name="actor"),
    path("aktoerer/<int:pk>/slet/", views.remove, {"kind": ACTORS}, name="actor_remove"),
    path("aktoerer/<int:pk>/saml/", merging.merge, {"kind": ACTORS}, name="actor_merge"),
    path("aktoerer/<int:pk>/i-brug/", merging.take_back, {"kind": ACTORS}, name="actor_take_back"),
    path("fora/", ForumList.as_view(), name="forum_list"),
    path("fora/nyt/", views.create, {"kind": FORUMS}, name="forum_create"),
    path("fora/<int:pk>/", views.entry, {"kind": FORUMS}, name="forum"),
    path("fora/<int:pk>/slet/", views.remove, {"kind": FORUMS}, name="forum_remove"),
    path("personer/", PersonList.as_view(), name="person_list"),
    path("personer/ny/", views.create, {"kind": PEOPLE}, name="person_create"),
    path("personer/<int:pk>/", views.entry, {"kind": PEOPLE}, name="person"),
    path("personer/<int:pk>/slet/", views.remove, {"kind": PEOPLE}, name="person_remove"),
    path("personer/<int:pk>/saml/", merging.merge, {"kind": PEOPLE}, name="person_merge"),
    path("personer/<int:pk>/i-brug/", merging.take_back, {"kind": PEOPLE}, name="person_take_back"),
]
