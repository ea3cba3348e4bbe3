"""The table of annex 1 in fixtures/README.md names the lines that the ledger holds."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from finance.models import Entry, Voucher

ROW = re.compile(
    r"^\| `(?P<voucher>bilag1-[\d-]+)` \| .+ \| (?P<address>\w+) (?P<title>.+) \| (?P<recipient>.+) \|$", re.M
)


@pytest.mark.django_db
def test_every_printed_line_stands_beside_its_initiative_and_recipient():
    readme = (Path(settings.BASE_DIR) / "fixtures" / "README.md").read_text("utf-8")
    lines = Entry.objects.filter(voucher__kind=Voucher.Kind.ALLOCATION, initiative__isnull=False)
    stored = {
        (
            line.voucher.reference.removesuffix("-disponeret"),
            line.initiative.address,
            line.initiative.short_title,
            line.recipient.name if line.recipient else "(none)",
        )
        for line in lines.select_related("voucher", "initiative", "recipient")
    }
    assert set(ROW.findall(readme)) == stored
