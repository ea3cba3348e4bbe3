"""Every page speaks one language: in English no Danish words but data, in Danish no English ones."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from initiatives.access import Role
from initiatives.models import Cluster, Membership, User

from .site_map import SITE_MAP
from .test_access import arguments  # noqa: F401 (a fixture)

CATALOGUE = Path(settings.BASE_DIR) / "locale/da/LC_MESSAGES/django.po"
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# Attributes that are read aloud or shown.
SPOKEN = {"aria-label", "title", "alt", "placeholder", "data-title", "data-tooltip"}
# Pages without words of their own: files, redirects, what answers to a POST alone.
SILENT = {"health", "dashboard:data", "reports:download", "initiatives:file", "finance:voucher_file", "account_email"}
# Languages are called what they call themselves.
NAMES = {"English", "Dansk"}
# What Midt's documents say, which happens to be said by the portal too.
DATA = re.compile(r"Afsluttet|Disponeret til indsats .*")
MORE = (
    "/?pr=2024-12-31", "/indsatser/?q=zzzz", "/indsatser/?fase=running&sort=midler", "/indsatser/?pr=2024-06-30",
    "/indsatser/midt/5/?fane=oekonomi", "/oekonomi/?pr=2024-12-31", "/oekonomi/?pr=2020-01-01",
    "/resultater/?pr=2020-01-01", "/soeg/?q=tr%C3%A6ning", "/soeg/?q=zzzz", "/soeg/?q=a", "/afstemning/?q=zzzz",
    "/afstemning/?vis=alle", "/brugere/?q=zzzz", "/indsatser/?pr=31.02.2025", "/findes-ikke/",
)  # fmt: skip


class Words(HTMLParser):
    """The texts of a page, each as one reads or hears it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.foreign.append(given.get("lang") or "" if tag not in {"html"} else "")
        if not self.foreign[-1]:
            self.found += [value for name, value in attrs if name in SPOKEN and value]
        if tag in {"input", "meta", "link", "br", "img", "col", "hr", "use", "path"}:
            self.foreign.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.foreign:
            self.foreign.pop()

    def handle_data(self, data: str) -> None:
        # "English" on a Danish page says that it is English.
        if not (self.foreign and self.foreign[-1]):
            self.found.append(data)


def texts(html: str) -> set[str]:
    words = Words()
    words.feed(re.sub(r"<(script|svg)\b.*?</\1>", "", html, flags=re.DOTALL))
    return {" ".join(text.split()) for text in words.found if text.strip()}


def parts(text: str) -> Iterator[str]:
    """A catalogue text as it stands between tags."""
    yield from (" ".join(part.split()) for part in re.split(r"<[^>]+>", text))


@cache
def catalogue(language: str) -> tuple[frozenset[str], dict[str, list[re.Pattern[str]]]]:
    """Texts that are this language's and not also the other's: whole ones, and patterns by their first letters."""
    both: dict[str, set[str]] = {"en": set(), "da": set()}
    for entry in polib.pofile(str(CATALOGUE)):
        for text in filter(None, (entry.msgid, entry.msgid_plural)):
            both["en"].update(parts(text))
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            both["da"].update(parts(text))
    other = "da" if language == "en" else "en"
    own = {text for text in both[language] - both[other] if re.search(r"[^\W\d]{3}", PLACE.sub("", text))}
    patterns: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for text in own:
        if PLACE.search(text) and len(PLACE.sub("", text)) > 12 and not PLACE.search(text[:6]):
            literal = ".+".join(re.escape(part) for part in PLACE.split(text))
            patterns[text[:6]].append(re.compile(literal))
    return frozenset(text for text in own if not PLACE.search(text)), patterns


def in_language(html: str, language: str) -> set[str]:
    whole, patterns = catalogue(language)
    found = texts(html)
    return {
        text for text in found
        if text in whole or any(pattern.fullmatch(text) for pattern in patterns.get(text[:6], []))
    }  # fmt: skip


@pytest.fixture
def everything(midt: Cluster, sign_in: Callable[[User], Client]) -> Callable[[str], Client]:
    """A client of somebody with every role, who reads in the given language."""

    def reading(language: str) -> Client:
        reader = User.objects.create_user("alle", "alle@eksempel.dk", first_name="Zoë", language=language)
        Membership.objects.bulk_create(Membership(user=reader, cluster=midt, role=role) for role in Role)
        return sign_in(reader)

    return reading


@pytest.mark.parametrize(("language", "other"), [("en", "da"), ("da", "en")])
def test_a_page_has_no_words_of_the_other_language(
    language: str, other: str, everything: Callable[[str], Client], arguments: Callable[[str], list[object]]  # noqa: F811
):  # fmt: skip
    client, anybody = everything(language), Client()
    anybody.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    wrong: dict[str, set[str]] = {}
    read = 0
    for name in sorted(set(SITE_MAP) - SILENT):
        for browser in (client, anybody):
            answer = browser.get(reverse(name, args=arguments(name)))
            if answer.status_code == 200:
                read += 1
                wrong[name] = wrong.get(name, set()) | in_language(answer.content.decode(), other)
    for address in MORE:
        wrong[address] = in_language(client.get(address).content.decode(), other)
    assert read > 30
    pages: dict[str, list[str]] = defaultdict(list)
    for name, found in wrong.items():
        for text in found - NAMES:
            if not DATA.fullmatch(text):
                pages[text].append(name)
    assert dict(pages) == {}


def test_the_check_knows_a_foreign_word_when_it_sees_one():
    assert in_language("<p>Viser det, der gælder i dag.</p>", "da") == {"Viser det, der gælder i dag."}
    assert in_language('<a aria-label="Main menu">x</a>', "en") == {"Main menu"}
    assert in_language("<h2>Latest decisions</h2>", "da") == set()
    assert in_language('<button lang="en">Latest decisions</button>', "en") == set()
    assert in_language("<p>Økonomi<br>Ordliste</p>", "da") == {"Økonomi", "Ordliste"}


def test_no_template_has_danish_words_outside_the_catalogue():
    """Danish letters give them away; names of places in addresses and comments do not count."""
    found = []
    for path in sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html")):
        source = re.sub(r"\{#.*?#\}", "", path.read_text())
        found += [f"{path.name}: {line.strip()}" for line in source.splitlines() if re.search("[æøåÆØÅ]", line)]
    assert found == []
