"""Evaluations that several modules look at, each set once."""

from collections.abc import Iterator
from datetime import date

import pikepdf
import pytest
from django.db import transaction

from clusterportal.reports.pdf import render
from initiatives.models import Initiative, Phase

from . import build_report as report


@pytest.fixture(scope="session")
def documents(django_db_setup, django_db_blocker) -> dict[str, str]:
    """HTML of Midt, of a small plan, and of the small plan after a status was changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = {"midt": report.midt_html()}
        plan = report.plan()
        made["small"] = report.html_of(plan)
        seven = Initiative.objects.get(cluster=plan.cluster, number="7")
        report.status(seven, "Genoptaget i oktober", date(2025, 4, 10), phase=Phase.RUNNING)
        made["changed"] = report.html_of(plan)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="session")
def midt_pdf(documents) -> bytes:
    return render(documents["midt"]).content


@pytest.fixture(scope="session")
def small_pdf(documents) -> bytes:
    return render(documents["small"]).content


@pytest.fixture(scope="session")
def midt_text(midt_pdf) -> str:
    return report.text_of(midt_pdf)


@pytest.fixture(params=["small_pdf", "midt_pdf"])
def opened(request) -> Iterator[pikepdf.Pdf]:
    with report.open_pdf(request.getfixturevalue(request.param)) as opened:
        yield opened
