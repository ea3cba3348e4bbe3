"""The finance app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = _("Finance")

    def ready(self) -> None:
        from .guards import put_up, take_down

        pre_migrate.connect(take_down, sender=self)
        post_migrate.connect(put_up, sender=self)
