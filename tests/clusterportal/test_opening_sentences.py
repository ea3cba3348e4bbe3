"""Lists open with a sentence that is computed from what stands below it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.arrange.withdrawing import remove, withdraw
from initiatives.commenting import write_comment
from initiatives.danish import today
from initiatives.filing import add_file
from initiatives.models import Cluster, User
from initiatives.tracing import Mark

from .. import build


@pytest.fixture
def opening(coordinator: User, sign_in: Callable[[User], Client]) -> Callable[[str], str]:
    """The sentence that a page opens with, for a coordinator of Midt."""
    client = sign_in(coordinator)

    def first(address: str) -> str:
        found = re.search(r'<p class="lead">(.*?)</p>', client.get(address).content.decode(), re.DOTALL)
        assert found
        return " ".join(found[1].split())

    return first


def test_the_register_counts_what_it_lists(opening, midt: Cluster):
    assert opening("/stamdata/aktoerer/") == "15 aktører. Indsatserne nævner ni af dem."
    assert opening("/stamdata/aktoerer/?slags=municipality") == "To aktører. Indsatserne nævner to af dem."
    assert opening("/stamdata/fora/") == "Syv fora i to klynger og regioner."
    assert opening("/stamdata/fora/?q=chefforum") == "Ét forum i én klynge eller region."
    assert opening("/stamdata/personer/") == "To personer fra to organisationer."


def test_the_reports_are_counted_and_the_newest_is_named(opening, midt: Cluster, secretariat: User):
    assert opening("/rapporter/") == "Der er ikke bestilt nogen rapport endnu."
    build.report(midt, secretariat)
    said = opening("/rapporter/")
    assert said.startswith("Én rapport er bestilt. Den nyeste er Evaluering")
    assert said.endswith("pr. 31. december 2024.")


def test_comments_and_files_are_counted(opening, midt: Cluster, coordinator: User):
    five = midt.initiatives.get(address="5")
    comments, files = "/indsatser/midt/5/kommentarer/", "/indsatser/midt/5/filer/"
    assert opening(comments) == "Der er ikke skrevet nogen kommentarer endnu."
    assert opening(files) == "Der er ikke vedhæftet nogen filer endnu."
    for number in ("første", "anden"):
        write_comment(five, coordinator, number, timezone.now())
        add_file(five, coordinator, build.PDF + number.encode(), f"{number}.pdf", f"Den {number}")
    assert opening(comments) == "To kommentarer er skrevet."
    assert opening(files) == "To filer står på listen. Den nyeste er Den anden."


def test_what_was_withdrawn_and_what_was_removed_are_counted(opening, midt: Cluster, coordinator: User):
    address, mark = "/indsatser/midt/trukket-tilbage/", Mark(coordinator, timezone.now(), "Ved en fejl")
    assert opening(address) == "Ingen indsats er trukket tilbage eller fjernet."
    theme = midt.plans.get().themes.all()[0]
    withdraw(midt.initiatives.get(address="5"), mark, today())
    remove(build.initiative("98", theme), mark)
    assert opening(address) == "Én indsats er trukket tilbage, og én er fjernet."


def test_a_theme_says_how_many_initiatives_it_has(opening, midt: Cluster):
    theme = midt.plans.get().themes.all()[0]
    assert opening(f"/handleplaner/{theme.plan_id}/temaer/{theme.pk}/").startswith("Tema i Handleplan 2022–2025 med ")


def test_saved_views_are_counted(opening):
    assert opening("/indsatser/visninger/") == "Du har ingen visninger selv."
