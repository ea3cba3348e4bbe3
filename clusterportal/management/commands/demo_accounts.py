"""Accounts for `make demo`, one for each role in Sundhedsklynge Midt; they exist nowhere else."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from initiatives.access import Role
from initiatives.models import Cluster, Membership, User

ACCOUNTS = {
    "koordinator": (Role.COORDINATOR, "Karen", "Koordinator"),
    "politiker": (Role.POLITICIAN, "Poul", "Politiker"),
    "sekretariat": (Role.SECRETARIAT, "Sofie", "Sekretariat"),
    "administrator": (Role.ADMINISTRATOR, "Anders", "Administrator"),
}


class Command(BaseCommand):
    help = "Creates the demonstration's accounts with one password; leaves those that exist as they are."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("Demonstration accounts are made only with PORTAL_MODE=demo.")
        cluster = Cluster.objects.filter(slug="midt").first()
        if cluster is None:
            raise CommandError("Sundhedsklynge Midt is not loaded; run `manage.py load_facts fixtures/midt` first.")
        password = demo_password(Path(settings.BASE_DIR) / "var" / "demo-password")
        self.stdout.write(f"\nLog in with the password {password} as")
        for username, (role, first, last) in ACCOUNTS.items():
            user = User.objects.filter(username=username).first() or create(
                username, password, role, first, last, cluster
            )
            changed = "" if user.check_password(password) else "  (has another password since)"
            self.stdout.write(f"  {username:<14} {role.label}{changed}")


def demo_password(kept_in: Path) -> str:
    """DEMO_PASSWORD, else the one generated earlier, else a new one, kept in the file for its owner alone."""
    if given := os.environ.get("DEMO_PASSWORD"):
        return given
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        kept_in.touch(mode=0o600)
        kept_in.write_text(secrets.token_urlsafe(9), "utf-8")
    return kept_in.read_text("utf-8").strip()


def create(username: str, password: str, role: Role, first: str, last: str, cluster: Cluster) -> User:
    """One user with one role in the cluster."""
    user = User.objects.create_user(
        username, f"{username}@demo.invalid", password, first_name=first, last_name=last, home_cluster=cluster
    )
    Membership.objects.create(user=user, cluster=cluster, role=role)
    return user
