"""What no page may be asked with: a NUL in the address."""

from collections.abc import Callable

import pytest
from django.test import Client

from initiatives.access import Role
from initiatives.models import User
from tests import build

pytestmark = pytest.mark.django_db

ASKED = "q=a%00b&sort=%00titel&page=%00&pr=%00&per_page=%00&klynge=%00&plan=%00&%00=%00"


@pytest.fixture
def client(sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("petra", Role.POLITICIAN, build.initiative("5").cluster))


@pytest.mark.parametrize("path", ["/", "/indsatser/", "/indsatser/proeve/5/", "/afstemning/", "/soeg/", "/resultater/"])
def test_a_nul_in_the_address_is_left_out(path: str, client: Client):
    answer = client.get(f"{path}?{ASKED}")
    assert answer.status_code == 200
    assert "\0" not in answer.content.decode()


def test_what_stands_around_it_is_kept(client: Client):
    answer = client.get(f"/soeg/?{ASKED}")
    assert answer.wsgi_request.GET["q"] == "ab"
    assert 'value="ab"' in answer.content.decode()
