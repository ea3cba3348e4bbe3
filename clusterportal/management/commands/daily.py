"""What is to happen once a day, for a timer: `manage.py daily`. A second run on the same day does no harm."""

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.danish import today
from initiatives.mailing import send_daily
from initiatives.noticing import tell_overdue


class Command(BaseCommand):
    help = "Tells coordinators of overdue statuses and sends the daily collection of notices by e-mail."

    def handle(self, *args: Any, **options: Any) -> None:
        told, sent = tell_overdue(today()), send_daily()
        self.stdout.write(f"Notices: {told} of overdue statuses, {sent} e-mails sent.")
