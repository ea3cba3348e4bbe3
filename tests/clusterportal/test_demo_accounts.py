"""The demonstration's logins: one password, that of the first run, printed by every run."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clusterportal.management.commands.demo_accounts import ACCOUNTS, password_file
from initiatives.models import Cluster, Membership, User
from tests import build

pytestmark = pytest.mark.django_db

Run = Callable[..., str]
FIRST, SECOND = "forste-kode-2026", "anden-kode-2026"


@pytest.fixture(autouse=True)
def kept_in(settings, tmp_path: Path) -> Path:
    settings.MODE = "demo"
    settings.BASE_DIR = tmp_path
    return tmp_path / "var" / "demo-password"


@pytest.fixture
def run(monkeypatch, capsys) -> Run:
    def command(given: str | None = None) -> str:
        if given is None:
            monkeypatch.delenv("DEMO_PASSWORD", raising=False)
        else:
            monkeypatch.setenv("DEMO_PASSWORD", given)
        call_command("demo_accounts")
        return capsys.readouterr().out

    return command


def printed(output: str) -> str:
    found = re.search(r"with the password (\S+) as", output)
    assert found, output
    return found[1]


def opened_by(password: str) -> set[str]:
    return {user.username for user in User.objects.filter(username__in=ACCOUNTS) if user.check_password(password)}


def test_the_first_run_makes_one_account_for_each_role(run):
    output = run(FIRST)
    assert opened_by(FIRST) == set(ACCOUNTS)
    assert all(username in output for username in ACCOUNTS)
    roles = Membership.objects.filter(user__username__in=ACCOUNTS).values_list("user__username", "role")
    assert dict(roles) == {username: role for username, (role, _first, _last) in ACCOUNTS.items()}


def test_where_nord_is_loaded_the_accounts_hold_the_same_role_there_and_midt_is_their_home(run, midt):
    build.cluster("nord", "Sundhedsklynge Nord")
    run(FIRST)
    for user in User.objects.filter(username__in=ACCOUNTS):
        assert user.home_cluster == midt
        roles = user.memberships.order_by("cluster__slug").values_list("cluster__slug", "role")
        assert list(roles) == [("midt", ACCOUNTS[user.username][0]), ("nord", ACCOUNTS[user.username][0])]


@pytest.mark.parametrize(
    ("first", "second"), [(None, None), (FIRST, None), (None, SECOND), (FIRST, SECOND), (FIRST, FIRST)]
)
def test_the_password_of_the_first_run_is_kept_and_printed_again(run, kept_in, first, second):
    password = printed(run(first))
    again = run(second)
    assert password == (first or password) == printed(again) == kept_in.read_text("utf-8")
    assert opened_by(password) == set(ACCOUNTS)
    assert ("DEMO_PASSWORD is not used" in again) == (second not in {None, first})


def test_a_second_run_changes_nothing(run, kept_in):
    def everything() -> list[object]:
        users = User.objects.filter(username__in=ACCOUNTS).order_by("pk")
        return [*users.values_list(), *Membership.objects.order_by("pk").values_list(), kept_in.stat().st_mtime_ns]

    first = run()
    before = everything()
    assert run() == first
    assert everything() == before


def test_a_generated_password_is_long(run):
    assert len(printed(run())) >= 12


def test_the_password_is_kept_for_its_owner_alone(run, kept_in):
    run(FIRST)
    assert kept_in.stat().st_mode & 0o777 == 0o600


def test_what_was_kept_for_a_database_that_is_gone_gives_way_to_what_is_given(run, kept_in):
    kept_in.parent.mkdir()
    kept_in.write_text(FIRST, "utf-8")
    assert printed(run(SECOND)) == SECOND == kept_in.read_text("utf-8")


def test_accounts_made_before_the_password_was_kept_take_the_one_that_opens_them(run, kept_in):
    run(FIRST)
    kept_in.write_text(SECOND, "utf-8")
    assert printed(run(FIRST)) == FIRST == kept_in.read_text("utf-8")


def test_an_account_whose_user_chose_another_password_is_marked_and_left_alone(run):
    run(FIRST)
    user = User.objects.get(username="politiker")
    user.set_password(SECOND)
    user.save()
    output = run()
    assert printed(output) == FIRST
    assert re.findall(r"(\w+) .*has another password since", output) == ["politiker"]
    assert opened_by(SECOND) == {"politiker"}


def test_no_password_is_printed_that_opens_no_account(run, kept_in):
    run(FIRST)
    kept_in.unlink()
    output = run(SECOND)
    assert SECOND not in output
    assert "changepassword" in output
    assert not kept_in.exists()


def test_a_missing_account_is_made_anew_with_the_password_of_the_others(run):
    run(FIRST)
    Membership.objects.filter(user__username="sekretariat").delete()
    User.objects.get(username="sekretariat").delete()
    assert printed(run(SECOND)) == FIRST
    assert opened_by(FIRST) == set(ACCOUNTS)


def test_a_database_in_a_file_keeps_its_password_beside_it(tmp_path):
    database = tmp_path / "other" / "portal.sqlite3"
    assert password_file(str(database)) == tmp_path / "var" / "demo-password"
    database.parent.mkdir()
    database.touch()
    assert password_file(str(database)) == tmp_path / "other" / "demo-password"


def test_outside_a_demonstration_no_account_is_made(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="PORTAL_MODE=demo"):
        call_command("demo_accounts")
    assert not User.objects.filter(username__in=ACCOUNTS).exists()


def test_without_the_cluster_the_command_says_what_to_load():
    Cluster.objects.filter(slug="midt").update(slug="nord")
    with pytest.raises(CommandError, match="load_facts fixtures/midt"):
        call_command("demo_accounts")
