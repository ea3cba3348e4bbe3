"""Accounts for `make demo`, one for each role; they exist nowhere else.

Sundhedsklynge Midt is their home; where Sundhedsklynge Nord is loaded they hold the same role there.
"""

import os
import secrets
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from initiatives.access import Role
from initiatives.models import Cluster, Membership, User

ACCOUNTS = {
    "koordinator": (Role.COORDINATOR, "Karen", "Koordinator"),
    "politiker": (Role.POLITICIAN, "Poul", "Politiker"),
    "sekretariat": (Role.SECRETARIAT, "Sofie", "Sekretariat"),
    "oekonom": (Role.ECONOMIST, "Erik", "Økonom"),
    "administrator": (Role.ADMINISTRATOR, "Anders", "Administrator"),
}


LEFT_ASIDE = """
DEMO_PASSWORD is not used: the accounts keep the password of the first run. To change it, log in and choose another
under your account, or run PORTAL_MODE=demo .venv/bin/python manage.py changepassword koordinator (or another name).
"""
NONE_FITS = """
The accounts have another password than DEMO_PASSWORD and {kept_in} say. To choose a new one, run
PORTAL_MODE=demo .venv/bin/python manage.py changepassword koordinator (or another name), then this again with it as
DEMO_PASSWORD.
"""


class Command(BaseCommand):
    help = "Creates the demonstration's accounts with one password; leaves those that exist as they are."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("Demonstration accounts are made only with PORTAL_MODE=demo.")
        clusters = sorted(Cluster.objects.filter(slug__in=["midt", "nord"]), key=lambda cluster: cluster.slug)
        if "midt" not in {cluster.slug for cluster in clusters}:
            raise CommandError("Sundhedsklynge Midt is not loaded; run `manage.py load_facts fixtures/midt` first.")
        users = {user.username: user for user in User.objects.filter(username__in=ACCOUNTS)}
        given, kept_in = os.environ.get("DEMO_PASSWORD", "").strip(), password_file(connection.settings_dict["NAME"])
        password = choose(given, read(kept_in), users.values())
        for username, (role, first, last) in ACCOUNTS.items():
            if username not in users:
                users[username] = create(username, password, role, first, last, clusters)
        if opened := {username for username, user in users.items() if user.check_password(password)}:
            keep(password, kept_in)
        self.tell(password, opened)
        if not opened:
            self.stdout.write(NONE_FITS.format(kept_in=kept_in))
        elif given and given != password:
            self.stdout.write(LEFT_ASIDE)

    def tell(self, password: str, opened: Collection[str]) -> None:
        """Prints each account, and the password if it opens any."""
        self.stdout.write(f"\nLog in with the password {password} as" if opened else "\nLog in as")
        for username, (role, _first, _last) in ACCOUNTS.items():
            other = "  (has another password since)" if opened and username not in opened else ""
            self.stdout.write(f"  {username:<14} {role.label}{other}")


def password_file(database: str) -> Path:
    """Where the password of a database's accounts is kept: beside an SQLite file, else in var/."""
    file = Path(database)
    return (file.parent if file.is_file() else Path(settings.BASE_DIR) / "var") / "demo-password"


def choose(given: str, kept: str, users: Collection[User]) -> str:
    """The password that opens one of the users, kept before given; if none does, the one for new accounts.

    That is the given one, else the one kept, else a new one.
    """
    for password in filter(None, (kept, given)):
        if any(user.check_password(password) for user in users):
            return password
    return given or kept or secrets.token_urlsafe(9)


def read(kept_in: Path) -> str:
    """The password kept; empty if there is none."""
    return kept_in.read_text("utf-8").strip() if kept_in.exists() else ""


def keep(password: str, kept_in: Path) -> None:
    """Writes the password for the file's owner alone; changes nothing where it stands already."""
    if read(kept_in) != password:
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        kept_in.touch(mode=0o600)
        kept_in.write_text(password, "utf-8")


def create(username: str, password: str, role: Role, first: str, last: str, clusters: Sequence[Cluster]) -> User:
    """One user with one role in the clusters, the first of which is the user's home."""
    user = User.objects.create_user(
        username, f"{username}@demo.invalid", password, first_name=first, last_name=last, home_cluster=clusters[0]
    )
    Membership.objects.bulk_create(Membership(user=user, cluster=cluster, role=role) for cluster in clusters)
    return user
