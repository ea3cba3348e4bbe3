"""The economy page: what it says on which day, to whom, and at what cost."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from finance.models import Voucher
from initiatives.access import Role
from initiatives.models import Cluster, PublishedDocument, PublishedFigure, User
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    """Two recipients of initiative 5, nothing for 3, and 14 from 2025."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "5", "Jammerbugt Kommune"), "270000", "334528")
    ledger.used(ledger.line(cluster, "5", "Aalborg Kommune"), "850000", "837248")
    ledger.carry_over(cluster)
    ledger.allocate(ledger.line(cluster, "5", None), "595000", budget_year=2025)
    ledger.allocate(ledger.line(cluster, "14", None), "165000", budget_year=2025)
    ledger.initiative(cluster, "3")
    ledger.account_for(cluster)
    return cluster


@pytest.fixture
def reader(cluster: Cluster) -> User:
    return build.user("petra", Role.POLITICIAN, cluster)


@pytest.fixture
def shown(reader: User, sign_in: Callable[[User], Client]) -> Callable[..., str]:
    """The page's text on the day in `pr`."""
    client = sign_in(reader)

    def on(pr: str = "2024-12-31", user: User | None = None) -> str:
        answer = (sign_in(user) if user else client).get(reverse("finance:annex"), {"pr": pr} if pr else {})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return on


def test_it_opens_with_a_sentence_of_the_figures_below(shown):
    assert (
        "Ved udgangen af 2024 var <strong>1.171.776 kr.</strong> brugt af de 1.120.000 kr., der er disponeret."
        " Én linje gik over rammen, én endte under, og ingen ramte den." in shown()
    )


def test_after_the_accounts_it_says_how_far_they_go(shown):
    text = shown("2025-06-01")
    assert "Pr. 1. juni 2025 var <strong>1.171.776 kr.</strong> brugt af de 1.931.776 kr." in text
    assert "Regnskabet er aflagt til og med 2024; for 2025 vises det disponerede." in text


def test_a_year_with_accounts_needs_no_such_sentence(shown):
    assert "Regnskabet er aflagt" not in shown()


def test_the_recipient_stands_beneath_the_initiative(shown):
    text = shown()
    assert text.count(">5. Prøve 5</a>") == 3  # two lines of 2024 and one of 2025
    assert '</a><span class="words">Jammerbugt Kommune</span>' in text


def test_a_missing_recipient_is_said_where_others_are_named(shown):
    assert "Ingen modtager angivet" not in shown()
    assert shown("2025-06-01").count("Ingen modtager angivet") == 1


def test_overspend_is_told_in_words_and_hatched(shown):
    text = shown()
    assert 'class="num over" data-title="Forskel, kr."><div>−64.528<span class="words">Merforbrug</span></div>' in text
    assert text.count('class="f-over"') == 2  # the line and the total
    assert "124 %" in text


def test_the_table_has_a_column_for_what_was_carried_only_where_there_is_any(shown):
    column = 'data-title="Overført, kr."'
    assert column not in shown()
    assert column in shown("2025-06-01")
    assert "−12.752" in shown("2025-06-01")


def test_what_is_left_of_an_open_year_is_no_underspend(shown):
    assert "Mindreforbrug" not in shown("2025-06-01")
    assert "Ikke brugt endnu" in shown("2025-06-01")


def test_later_years_stand_apart_with_their_shares(shown):
    text = shown()
    assert "Klyngemidler i 2025" in text
    assert "78 %" in text
    assert "22 %" in text


def test_initiatives_without_funds_are_named_beneath(shown):
    assert "Indsats 3 har ingen klyngemidler. Indsats 14 får klyngemidler fra 2025." in shown()


def test_links_keep_the_day(shown):
    assert shown().count('href="/indsatser/proeve/5/?pr=2024-12-31"') == 3
    assert 'href="/indsatser/proeve/5/"' in shown("")


def test_the_day_of_the_newest_accounts_is_one_click_away(shown, cluster):
    ledger.account_for(cluster, 2023, on=date(2023, 12, 31))
    assert 'href="?pr=2024-12-31"' in shown("")


@pytest.mark.parametrize("pr", ["31.02.2025", "i går", "2999-01-01", "0", "2024-12-31'--", "١٢.١٢.٢٠٢٤x"])
def test_a_day_that_is_none_gives_a_notice_and_shows_today(shown, pr):
    text = shown(pr)
    assert "Siden viser i dag." in text
    assert "1.171.776" in text


def test_the_day_before_the_first_voucher_offers_the_first(shown):
    text = shown("2024-12-30")
    assert "Ingen klyngemidler pr. 30. december 2024" in text
    assert 'href="?pr=2024-12-31">Vis pr. 31.12.2024</a>' in text


def test_a_cluster_without_vouchers_is_told_so(shown):
    empty = build.cluster("tom", "Sundhedsklynge Tom")
    assert "Ingen klyngemidler endnu" in shown("", build.user("tove", Role.COORDINATOR, empty))


def test_proposals_alone_are_no_vouchers(shown):
    other = ledger.ledger("tom", "Sundhedsklynge Tom")
    ledger.allocate(ledger.line(other, "5"), "100", state=Voucher.State.PROPOSED)
    assert "Ingen klyngemidler endnu" in shown("", build.user("tove", Role.COORDINATOR, other))


def test_later_funds_alone_are_shown_without_a_first_table(shown):
    other = ledger.ledger("ny", "Sundhedsklynge Ny")
    ledger.allocate(ledger.line(other, "5"), "100", budget_year=2025)
    text = shown("2024-12-31", build.user("nanna", Role.COORDINATOR, other))
    assert "Der er ikke disponeret klyngemidler til budgetår til og med 2024." in text
    assert "Klyngemidler i 2025" in text
    assert "Forbrug pr." not in text


def test_a_user_without_a_cluster_is_told_whom_to_ask(shown):
    outsider = User.objects.create_user("uffe", "uffe@eksempel.dk", "korrekt-hest-batteri")
    assert "Du er ikke tilknyttet en klynge endnu" in shown("", outsider)


def test_a_stranger_sees_nothing_of_the_cluster(shown):
    other = build.cluster("fremmed", "Sundhedsklynge Fremmed")
    text = shown("", build.user("fie", Role.COORDINATOR, other))
    assert "1.171.776" not in text
    assert "Jammerbugt" not in text


def test_a_stranger_cannot_name_the_cluster_in_the_address(cluster, sign_in):
    stranger = build.user("fie", Role.COORDINATOR, build.cluster("fremmed", "Sundhedsklynge Fremmed"))
    assert sign_in(stranger).get(reverse("finance:annex"), {"klynge": "proeve"}).status_code == 404


def publish(subject: str, printed: str, value: str) -> None:
    document = PublishedDocument.objects.create(
        slug="proeve",
        title="Evaluering",
        publisher="Klyngen",
        status_date=date(2025, 3, 31),
        accounts_date=date(2024, 12, 31),
    )
    PublishedFigure.objects.create(
        document=document, place="Kapitel 2", printed=printed, value=Decimal(value), unit="kr", subject=subject
    )


def test_the_reconciliation_tells_what_was_printed_otherwise(shown):
    publish("cluster-funds:proeve/5", "1.800.000 kr.", "1800000")
    text = shown()
    assert "Trykt: »1.800.000 kr.«. Beregnet: 1.766.776 kr." in text
    assert "Det trykte er <strong>33.224 kr.</strong> højere." in text


def test_before_the_document_there_is_nothing_to_reconcile(shown):
    publish("cluster-funds:proeve/5", "1.800.000 kr.", "1800000")
    assert "Intet rettes i det skjulte" not in shown("2024-12-30")


def test_a_wrong_unit_is_named(shown):
    publish("spent-total:proeve/2024", "1.171.776 mio. kr.", "1171776000000")
    assert "Der menes kr., ikke mio. kr." in shown()


def test_there_is_no_reconciliation_where_all_agrees(shown):
    publish("spent-total:proeve/2024", "1.171.776", "1171776")
    assert "Intet rettes i det skjulte" not in shown()


def test_titles_are_escaped(shown, cluster):
    ledger.used(ledger.Line(ledger.initiative(cluster, "9", short_title="<b>Fed</b>")), "100", "40")
    assert "9. &lt;b&gt;Fed&lt;/b&gt;" in shown()


def test_nobody_changes_anything_here(reader, sign_in):
    answer = sign_in(reader).post(reverse("finance:annex"))
    assert answer.status_code == 405


def test_the_cost_does_not_grow_with_the_lines(shown, cluster, queries):
    shown()
    few = queries(shown)
    for number in range(20, 40):
        ledger.used(ledger.line(cluster, str(number), f"Kommune {number}"), "100", "40")
    assert queries(shown) == few
    assert few <= 18


def test_the_money_of_each_year_can_be_explored_and_fetched(reader, sign_in, shown):
    assert 'href="/oekonomi/penge.csv?pr=2024-12-31"' in shown()
    answer = sign_in(reader).get(reverse("finance:data", args=["penge"]), {"pr": "2024-12-31"})
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Tema;Budgetår;Disponeret, kr.;Forbrug, kr.;Overført, kr."
    assert rows[1].split(";")[1:4] == ["2024", "1120000,00", "1171776,00"]


def test_before_any_money_there_is_no_file_and_no_script_for_charts(reader, sign_in, shown):
    assert sign_in(reader).get(reverse("finance:data", args=["penge"]), {"pr": "2020-01-01"}).status_code == 404
    assert "charts.js" not in shown("2020-01-01")
    assert "charts.js" in shown()


def test_a_user_without_a_cluster_has_no_files(sign_in):
    outsider = User.objects.create_user("uffe", "uffe@eksempel.dk", build.PASSWORD)
    assert sign_in(outsider).get(reverse("finance:data", args=["penge"])).status_code == 404
