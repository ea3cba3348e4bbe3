"""Who gets which answer where: every address, every role."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clusterportal.dashboard.development import MONEY_FILE
from initiatives.models import Cluster, User

from .site_map import ROLES, SITE_MAP

# The admin checks its own permissions on every page; test_admin.py shows that only staff get in.
EXEMPT_NAMESPACES = {"admin"}


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Names of all addresses below a resolver, `namespace:name`."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        elif pattern.namespace not in EXEMPT_NAMESPACES:
            yield from addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def test_every_address_is_listed_with_its_answers():
    assert set(addresses(get_resolver())) == set(SITE_MAP)


@pytest.fixture
def arguments(midt: Cluster, finished_report: int, coordinator: User) -> Callable[[str], list[object]]:
    """What the addresses need to be built."""
    someone = coordinator
    known: dict[str, list[object]] = {
        "dashboard:data": [MONEY_FILE],
        "portfolio:initiative": ["midt", "5"],
        "initiatives:report_status": ["midt", "5"],
        "people:user": [someone.pk],
        "people:access": [someone.pk],
        "people:link": [someone.pk],
        "reports:report": [finished_report],
        "reports:download": [finished_report],
        "reports:retry": [finished_report],
        "account_confirm_email": ["ukendt"],
        "account_reset_password_from_key": ["1", "ukendt"],
    }
    return lambda name: known.get(name, [])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(SITE_MAP))
def test_each_role_gets_the_listed_answer(
    name: str, role: str, arguments: Callable[[str], list[object]], request: pytest.FixtureRequest,
    sign_in: Callable[[User], Client],
):  # fmt: skip
    client = Client() if role == "nobody" else sign_in(request.getfixturevalue(role))
    answer = client.get(reverse(name, args=arguments(name)))
    assert answer.status_code == SITE_MAP[name][ROLES.index(role)]


@pytest.mark.parametrize("number", ["99", "5B", "æøå", "1" * 10])
def test_an_initiative_that_is_not_there_answers_as_one_that_is_hidden(
    number: str, politician: User, sign_in: Callable[[User], Client]
):
    assert sign_in(politician).get(f"/indsatser/midt/{number}/").status_code == 404
