"""Addresses of initiatives."""

from django.urls import path

from . import comment_views, converters, file_views, views
from .arrange import views as arrange
from .arrange import withdrawal_views as withdrawal

converters.register()
app_name = "initiatives"
urlpatterns = [
    path("<slug:cluster>/ny/", arrange.create, name="create"),
    path("<slug:cluster>/trukket-tilbage/", withdrawal.withdrawn, name="withdrawn"),
    path("<slug:cluster>/<address:address>/status/", views.report_status, name="report_status"),
    path("<slug:cluster>/<address:address>/rediger/", arrange.edit, name="edit"),
    path("<slug:cluster>/<address:address>/rediger/<slug:part>/", arrange.edit, name="edit_part"),
    path("<slug:cluster>/<address:address>/traek-tilbage/", withdrawal.withdrawal, name="withdraw"),
    path("<slug:cluster>/<address:address>/status/uaendret/", views.report_unchanged, name="report_unchanged"),
    path("<slug:cluster>/<address:address>/kommentarer/", comment_views.comments, name="comments"),
    path("<slug:cluster>/<address:address>/kommentarer/<int:pk>/", comment_views.comment, name="comment"),
    path("<slug:cluster>/<address:address>/filer/", file_views.files, name="files"),
    path("<slug:cluster>/<address:address>/filer/<int:pk>/", file_views.file, name="file"),
    path("<slug:cluster>/<address:address>/filer/<int:pk>/fjern/", file_views.remove, name="remove_file"),
]
