"""Arrows between the apps point down, and the checker that says so finds every kind of arrow."""

from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models.fields.related import RelatedField
from django.urls import URLPattern, URLResolver, get_resolver

from tests.layers import LEVELS, Words, python_arrows, template_arrows, template_owner

ROOT = Path(__file__).resolve().parent.parent
FOLDERS_WITH_PYTHON = {*LEVELS, "tests"}


def relation_words() -> dict[str, set[str]]:
    """Names of relations seen from their other end, with the apps that give each word a meaning."""
    relations: dict[str, set[str]] = defaultdict(set)
    fields: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models(include_auto_created=True):
        app = model._meta.app_label
        for field in model._meta.get_fields(include_hidden=True):
            if field.auto_created and field.is_relation:
                continue
            fields[field.name].add(app)
            if app in LEVELS and isinstance(field, RelatedField) and not field.remote_field.hidden:
                relations[str(field.remote_field.accessor_name)].add(app)
                relations[str(field.related_query_name())].add(app)
    return {name: owners | fields.get(name, set()) for name, owners in relations.items()}


def url_words(resolver: URLResolver, namespace: str = "") -> dict[str, str]:
    """Every url name with the app whose view answers it."""
    owners: dict[str, str] = {}
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            owners |= url_words(pattern, inner)
        elif isinstance(pattern, URLPattern) and isinstance(pattern.name, str):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            owners[namespace + pattern.name] = view.__module__.split(".")[0]
    return owners


@pytest.fixture(scope="module")
def words() -> Words:
    tags = {path.stem: path.parts[-3] for app in LEVELS for path in (ROOT / app).glob("templatetags/*.py")}
    subjects = {path.parent.name for path in (ROOT / "clusterportal").glob("*/__init__.py")}
    return Words(relation_words(), url_words(get_resolver()), tags, frozenset(subjects))


@pytest.mark.parametrize("app", LEVELS)
def test_python_of_an_app_points_down(app, words):
    found = []
    for path in sorted((ROOT / app).rglob("*.py")):
        arrows = python_arrows(app, path.read_text(), words)
        found += [f"{path.relative_to(ROOT)}:{arrow}" for arrow in arrows]
    assert not found, "\n".join(found)


def test_templates_point_down(words):
    templates = ROOT / "templates"
    found = []
    for path in sorted(path for path in templates.rglob("*.*") if path.is_file()):
        owner = template_owner(path.relative_to(templates))
        found += [f"{path.relative_to(ROOT)}:{arrow}" for arrow in template_arrows(owner, path.read_text(), words)]
    assert not found, "\n".join(found)


def test_no_further_app_stands_at_the_top():
    folders = {path.parent.name for path in ROOT.glob("[!.]*/*.py")}
    assert folders <= FOLDERS_WITH_PYTHON


def test_relations_and_urls_of_the_portal_are_known(words):
    """The checks above would pass with empty word lists, too."""
    assert words.relations
    assert words.urls["home"]


# The checker itself, on small sources.
KNOWN = Words(
    relations={
        "vouchers": {"finance"},
        "voucher_set": {"finance"},
        "decisions": {"meetings"},
        "notes": {"finance", "initiatives"},
    },
    urls={
        "ledger": "finance",
        "initiative": "initiatives",
        "privacy": "clusterportal",
        "account_login": "allauth",
    },
    tag_libraries={"ledger_tags": "finance", "danish": "initiatives"},
    subjects=frozenset({"reports"}),
)

UPWARD = {
    "import": ("initiatives", "import finance.models"),
    "from-import": ("meetings", "from clusterportal.reports import pdf"),
    "sideways": ("finance", "from outcomes.models import Measurement"),
    "sideways back": ("outcomes", "from finance import money"),
    "inside a function": ("initiatives", "def f():\n    from meetings.models import Decision"),
    "for types only": ("initiatives", "if TYPE_CHECKING:\n    from finance.models import Voucher"),
    "by name": ("initiatives", "import_module('finance')"),
    "by path": ("initiatives", "import_string('finance.posting.post')"),
    "foreign key": ("initiatives", "models.ForeignKey('finance.Voucher', on_delete=models.PROTECT)"),
    "many to many": ("meetings", "models.ManyToManyField(to='outcomes.measurement')"),
    "migration": ("meetings", "dependencies = [('finance', '0001_initial')]"),
    "registry": ("initiatives", "apps.get_model('meetings', 'Decision')"),
    "filter": ("initiatives", "Initiative.objects.filter(vouchers__posted=True)"),
    "further along": ("meetings", "Decision.objects.exclude(initiative__vouchers=None)"),
    "Q": ("initiatives", "Q(decisions__taken=day)"),
    "unpacked": ("initiatives", "items.filter(**{'vouchers__posted': True})"),
    "F": ("meetings", "items.annotate(n=F('initiative__voucher_set__number'))"),
    "Count": ("initiatives", "items.annotate(n=Count('vouchers'))"),
    "function": ("initiatives", "items.annotate(n=Upper('vouchers__text'))"),
    "OuterRef": ("initiatives", "OuterRef('vouchers__pk')"),
    "order": ("initiatives", "items.order_by('-vouchers__date', 'pk')"),
    "values": ("initiatives", "items.values('pk', 'vouchers__date')"),
    "prefetch": ("initiatives", "items.prefetch_related('vouchers')"),
    "Prefetch": ("initiatives", "Prefetch('vouchers', queryset=items)"),
    "select": ("initiatives", "items.select_related('vouchers')"),
    "accessor": ("initiatives", "rows = initiative.vouchers.all()"),
    "column": ("initiatives", "Column(accessor='vouchers.total')"),
    "filter field": ("initiatives", "DateFilter(field_name='vouchers__date')"),
    "url": ("initiatives", "reverse('finance:ledger')"),
    "url without namespace": ("initiatives", "redirect('ledger')"),
    "url of the site": ("finance", "reverse('privacy')"),
    "url of a subject": ("finance", "reverse('reports:list')"),
    "url, composed": ("initiatives", "reverse(f'finance:{page}')"),
    "template": ("initiatives", "render(request, 'finance/tab.html')"),
    "template of a subject": ("meetings", "render(request, 'reports/list.html')"),
}

DOWNWARD = {
    "import": ("finance", "from initiatives.money import OereField"),
    "root": ("clusterportal", "from finance.models import Voucher\nimport outcomes"),
    "own": ("finance", "from . import models\nfrom finance.models import Voucher"),
    "own, relative": ("initiatives", "from ..models import Initiative\nfrom .. import models"),
    "library": ("initiatives", "import csv\nfrom django.db import models"),
    "foreign key": ("finance", "models.ForeignKey('meetings.Decision', on_delete=models.PROTECT)"),
    "migration": ("meetings", "dependencies = [('initiatives', '0001_initial')]"),
    "own relation": ("finance", "Initiative.objects.filter(vouchers__posted=True)"),
    "lower relation": ("finance", "initiative.decisions.all()"),
    "word with a lower meaning": ("initiatives", "items.filter(notes='')"),
    "new name": ("initiatives", "items.annotate(decisions=Value(0))"),
    "no query": ("initiatives", "request.GET.get('vouchers')"),
    "prose": ("initiatives", "'finance: see the ledger'"),
    "url": ("finance", "reverse('initiatives:detail')\nredirect('account_login')\nreverse('initiative')"),
    "template": ("finance", "render(request, 'initiatives/row.html')"),
    "choice": ("initiatives", "FINANCE = ('finance', 'Finance')"),
}

UPWARD_TEMPLATES = {
    "url": ("initiatives", "<a href=\"{% url 'finance:ledger' pk=1 %}\">"),
    "url without namespace": ("initiatives", "{% url 'ledger' as there %}"),
    "include": ("initiatives", '{% include "finance/row.html" with row=row %}'),
    "extends": ("meetings", '{% extends "reports/page.html" %}'),
    "sideways": ("outcomes", "{% include 'finance/row.html' %}"),
    "tags": ("initiatives", "{% load i18n ledger_tags %}"),
    "relation": ("initiatives", "{% for row in initiative.vouchers.all %}"),
    "shared include": ("shared", "{% include 'initiatives/row.html' %}"),
    "shared url": ("shared", "{% url 'initiative' %}"),
    "shared tags": ("shared", "{% load ledger_tags %}"),
}

DOWNWARD_TEMPLATES = {
    "partial": ("initiatives", '{% extends "base.html" %}{% include "partials/_figure.html" %}'),
    "own": ("finance", "{% url 'finance:ledger' %}{% load ledger_tags %}{% include 'finance/row.html' %}"),
    "lower": ("finance", "{% url 'initiatives:detail' %}{{ initiative.decisions.all }}"),
    "root": ("clusterportal", "{% include 'finance/row.html' %}{% url 'reports:list' %}"),
    "shared": (
        "shared",
        "{% load i18n danish %}{% url 'account_login' %}{% include 'partials/_figure.html' %}",
    ),
    "shared, site-wide page": ("shared", "{% url 'privacy' %}"),
    "text": ("initiatives", "<p>finance:ledger and finance/row.html</p>"),
}


def cases(table):
    return [pytest.param(*case, id=name) for name, case in table.items()]


@pytest.mark.parametrize(("app", "source"), cases(UPWARD))
def test_arrow_up_or_sideways_is_found(app, source):
    assert python_arrows(app, source, KNOWN)


@pytest.mark.parametrize(("app", "source"), cases(DOWNWARD))
def test_arrow_down_passes(app, source):
    assert python_arrows(app, source, KNOWN) == []


@pytest.mark.parametrize(("owner", "source"), cases(UPWARD_TEMPLATES))
def test_template_arrow_up_is_found(owner, source):
    assert template_arrows(owner, source, KNOWN)


@pytest.mark.parametrize(("owner", "source"), cases(DOWNWARD_TEMPLATES))
def test_template_arrow_down_passes(owner, source):
    assert template_arrows(owner, source, KNOWN) == []


def test_an_arrow_is_reported_with_its_line():
    assert python_arrows("initiatives", "import csv\nimport finance", KNOWN) == ["2: imports finance"]


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("base.html", "shared"),
        ("partials/_figure.html", "shared"),
        ("finance/ledger.html", "finance"),
        ("reports/list.html", "clusterportal"),
        ("404.html", "clusterportal"),
    ],
)
def test_owner_of_a_template(path, owner):
    assert template_owner(Path(path)) == owner
