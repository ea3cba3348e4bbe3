"""The composition root is an app itself, for its models, commands and static files."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "clusterportal"
    verbose_name = "Klyngeportalen"

    def ready(self) -> None:
        from .search.text_index import keep_up

        post_migrate.connect(keep_up, sender=self)
