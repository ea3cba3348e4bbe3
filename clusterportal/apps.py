"""The composition root is an app itself, for its models, commands and static files."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "clusterportal"
    verbose_name = "Klyngeportalen"
