"""Who gets which answer where: every address, every role."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from clusterportal.portfolio.models import SavedView, Sharing
from finance.models import Voucher, VoucherFile
from finance.plots import FILE as MONEY_FILE
from finance.posting import post_spend
from finance.shapes import Heading, Line
from initiatives.attachments import store
from initiatives.commenting import write_comment
from initiatives.filing import add_file
from initiatives.models import Cluster, Initiative, Person, User

from . import build
from .site_map import ADMIN_MODELS, ADMIN_OF_MODEL, ADMIN_PAGES, ECONOMISTS, POSTS, ROLES, SITE_MAP

# What is typed where an empty form would be shown again.
TYPED = {"initiatives:comments": {"comment-text": "Godt set"}}


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Names of all addresses below a resolver, `namespace:name`."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        else:
            yield from addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def test_every_address_is_listed_with_its_answers():
    admin = {f"admin:{model}_{page}" for model in ADMIN_MODELS for page in ADMIN_OF_MODEL}
    admin |= {f"admin:{page}" for page in ADMIN_PAGES}
    assert set(addresses(get_resolver())) == set(SITE_MAP) | admin


@pytest.fixture
def arguments(midt: Cluster, finished_report: int, coordinator: User) -> Callable[[str], list[object]]:
    """What the addresses need to be built."""
    someone, five = coordinator, midt.initiatives.get(address="5")
    shared = SavedView.objects.create(
        owner=coordinator, cluster=midt, name="Min egen visning 7", shared_with=Sharing.CLUSTER
    )
    plan = midt.plans.get()
    theme: list[object] = [plan.pk, plan.themes.all()[0].pk]
    said = write_comment(five, coordinator, "Hej", timezone.now())
    file = add_file(five, coordinator, build.PDF, "notat.pdf", "Notat")
    posted, proposed = vouchers(midt, five)
    receipt = VoucherFile.objects.create(voucher=posted, attachment=store(build.PDF, "bilag.pdf", coordinator))
    known: dict[str, list[object]] = {
        **{f"finance:{page}": ["midt", posted.reference] for page in ("voucher", "correct_voucher", "reverse_voucher")},
        "finance:add_voucher_file": ["midt", posted.reference],
        **{
            f"finance:{page}": ["midt", proposed.reference]
            for page in ("change_voucher", "post_voucher", "withdraw_voucher")
        },
        "finance:voucher_file": ["midt", receipt.pk],
        "finance:new_voucher": ["midt", "forbrug"],
        "finance:closing_year": ["midt", 2025],
        "dashboard:data": [MONEY_FILE],
        "finance:data": [MONEY_FILE],
        "finance:share": ["midt", 2024, midt.region_id],
        "finance:party": ["midt", midt.region_id],
        "outcomes:data": [f"effekt-{Initiative.objects.get(cluster=midt, number='5').pk}"],
        "portfolio:initiative": ["midt", "5"],
        "portfolio:follow": ["midt", "5"],
        "portfolio:view": [shared.pk],
        "portfolio:delete_view": [shared.pk],
        "portfolio:default_view": [shared.pk],
        "initiatives:report_status": ["midt", "5"],
        **{f"plans:{page}": [plan.pk] for page in ("plan", "edit", "succeed", "theme_create")},
        **{f"plans:{page}": theme for page in ("theme", "theme_move", "theme_remove")},
        **{f"register:actor{page}": [midt.region_id] for page in ("", "_remove", "_merge", "_take_back")},
        **{f"register:forum{page}": [midt.forums.all()[0].pk] for page in ("", "_remove")},
        **{f"register:person{page}": [Person.objects.all()[0].pk] for page in ("", "_remove", "_merge", "_take_back")},
        "initiatives:create": ["midt"],
        "initiatives:edit": ["midt", "5"],
        "initiatives:edit_part": ["midt", "5", "tekst"],
        "initiatives:withdraw": ["midt", "5"],
        "initiatives:withdrawn": ["midt"],
        "initiatives:report_unchanged": ["midt", "5"],
        "initiatives:comments": ["midt", "5"],
        "initiatives:comment": ["midt", "5", said.pk],
        "initiatives:files": ["midt", "5"],
        "initiatives:file": ["midt", "5", file.pk],
        "initiatives:remove_file": ["midt", "5", file.pk],
        "people:user": [someone.pk],
        "people:access": [someone.pk],
        "people:link": [someone.pk],
        "reports:report": [finished_report],
        "reports:download": [finished_report],
        "reports:retry": [finished_report],
        "reports:cancel": [finished_report],
        "reports:edit_texts": [midt.plans.get().pk],
        "account_confirm_email": ["ukendt"],
        "account_reset_password_from_key": ["1", "ukendt"],
    }
    return lambda name: known.get(name, [])


def vouchers(midt: Cluster, initiative: Initiative) -> tuple[Voucher, Voucher]:
    """A posted voucher of the initiative, and a proposal."""
    heading = Heading(midt, date(2025, 5, 1), 2025, "Underviser", overspend_reason="Aftalt")
    line = Line(initiative)
    posted = post_spend(heading, line, Decimal(1000))
    return posted, post_spend(replace(heading, state=Voucher.State.PROPOSED), line, Decimal(2000))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(SITE_MAP))
def test_each_role_gets_the_listed_answer(
    name: str, role: str, arguments: Callable[[str], list[object]], request: pytest.FixtureRequest,
    sign_in: Callable[[User], Client],
):  # fmt: skip
    client = Client() if role == "nobody" else sign_in(request.getfixturevalue(role))
    answer = client.get(reverse(name, args=arguments(name)))
    assert answer.status_code == SITE_MAP[name][ROLES.index(role)]


@pytest.mark.parametrize("name", sorted(SITE_MAP))
def test_an_economist_gets_what_is_listed_or_what_a_politician_does(
    name: str, arguments: Callable[[str], list[object]], economist: User, sign_in: Callable[[User], Client]
):
    answer = sign_in(economist).get(reverse(name, args=arguments(name)))
    assert answer.status_code == ECONOMISTS.get(name, SITE_MAP[name][ROLES.index("politician")])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(POSTS))
def test_each_role_gets_the_listed_answer_to_a_post(
    name: str, role: str, arguments: Callable[[str], list[object]], request: pytest.FixtureRequest,
    sign_in: Callable[[User], Client],
):  # fmt: skip
    client = Client() if role == "nobody" else sign_in(request.getfixturevalue(role))
    answer = client.post(reverse(name, args=arguments(name)), TYPED.get(name, {}))
    assert answer.status_code == POSTS[name][ROLES.index(role)]


def test_every_address_that_only_takes_a_post_is_listed_with_its_answers():
    """An address of the portal's own that refuses to be read; the language is chosen by everybody."""
    assert {name for name, answers in SITE_MAP.items() if 405 in answers} <= {*POSTS, "set_language"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", ADMIN_MODELS)
def test_only_an_administrator_reads_reference_data(
    model: str, role: str, midt: Cluster, request: pytest.FixtureRequest, sign_in: Callable[[User], Client]
):
    client = Client() if role == "nobody" else sign_in(request.getfixturevalue(role))
    answer = client.get(reverse(f"admin:{model}_changelist"))
    assert answer.status_code == (ADMIN_MODELS[model] if role == "administrator" else 302)


@pytest.mark.parametrize("number", ["99", "5B", "æøå", "1" * 10])
def test_an_initiative_that_is_not_there_answers_as_one_that_is_hidden(
    number: str, politician: User, sign_in: Callable[[User], Client]
):
    assert sign_in(politician).get(f"/indsatser/midt/{number}/").status_code == 404
