"""Texts of these tests are the msgids: what the Danish catalogue says of them is not what is tested here."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
