"""Addresses of action plans and their themes."""

from django.urls import path

from . import themes, views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("ny/", views.create, name="create"),
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>/ret/", views.edit, name="edit"),
    path("<int:pk>/ny/", views.succeed, name="succeed"),
    path("<int:pk>/temaer/nyt/", themes.create, name="theme_create"),
    path("<int:pk>/temaer/<int:theme>/", themes.edit, name="theme"),
    path("<int:pk>/temaer/<int:theme>/flyt/", themes.move, name="theme_move"),
    path("<int:pk>/temaer/<int:theme>/fjern/", themes.remove, name="theme_remove"),
]
