"""The word list, and the help that stands beside a word."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from clusterportal.help.terms import TERMS, by_letter, in_order
from initiatives.models import User

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_a_template_names_no_word_that_is_not_explained():
    asked = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r"[= ]terms\.(\w+)", path.read_text())}
    assert asked
    assert asked <= set(TERMS)


def test_anchors_are_distinct_and_fit_an_address():
    anchors = [term.anchor for term in TERMS.values()]
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anchor) for anchor in anchors)


def test_every_related_word_exists():
    assert all(other.key in TERMS for term in TERMS.values() for other in term.related)


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_an_explanation_fits_the_note_that_opens(term):
    for language in ("da", "en"):
        with translation.override(language):
            assert 20 < len(str(term.short)) < 190


def test_words_stand_in_the_order_of_the_readers_language():
    with translation.override("da"):
        danish = [str(term.word) for term in in_order()]
    with translation.override("en"):
        english = [str(term.word) for term in in_order()]
    assert danish.index("Afstemning") < danish.index("Aktør") < danish.index("Disponeret")
    assert english.index("Allocated") < english.index("Reconciliation")


def test_a_word_without_a_letter_comes_first():
    with translation.override("da"):
        letters = dict(by_letter())
    assert next(iter(letters)) == "0–9"
    assert [str(term.word) for term in letters["0–9"]] == ["6-minutters gangtest"]


def test_the_list_is_open_to_everybody_and_has_an_anchor_for_each_word():
    html = Client().get("/ordliste/").content.decode()
    assert all(f'id="{term.anchor}"' in html for term in TERMS.values())
    assert "Penge, som klyngen har besluttet at sætte af til en indsats." in html


@pytest.mark.parametrize(
    ("address", "anchors"),
    [
        ("/", {"pr-dato", "farve", "disponeret", "forbrug", "ramme"}),
        ("/indsatser/", {"pr-dato", "klyngemidler", "fase", "farve"}),
        ("/indsatser/midt/5/", {"pr-dato", "klyngemidler", "status", "mcid"}),
        ("/indsatser/midt/5/status/", {"fase"}),
        ("/oekonomi/?pr=2024-12-31", {"pr-dato", "disponeret", "forbrug", "mer-mindreforbrug", "beregnet-trykt"}),
        ("/resultater/", {"pr-dato", "n", "effekt", "mcid", "kontrolgruppe", "foer-efter", "vurdering"}),
        ("/afstemning/", {"beregnet-trykt"}),
    ],
)
def test_words_are_explained_where_they_are_first_met(
    address: str, anchors: set[str], coordinator: User, sign_in: Callable[[User], Client]
):
    html = sign_in(coordinator).get(address).content.decode()
    linked = re.findall(r'class="tooltip-target" href="/ordliste/#([^"]+)"', html)
    assert anchors <= set(linked)
    ids = re.findall(r'data-tooltip-id="([^"]+)"', html)
    assert len(ids) == len(set(ids)), "two notes of a page share an id"


@pytest.mark.parametrize(
    ("typed", "anchor"), [("mcid", "mcid"), ("RAG", "farve"), ("gangtest 6-minutters", "6-minutters-gangtest")]
)
def test_a_word_is_found_by_the_search(typed: str, anchor: str, politician: User, sign_in: Callable[[User], Client]):
    html = sign_in(politician).get("/soeg/", {"q": typed}).content.decode()
    assert f'href="/ordliste/#{anchor}"' in html.split('id="kind-ordliste"')[1]


def test_the_search_reads_the_names_of_words_and_not_their_explanations(
    politician: User, sign_in: Callable[[User], Client]
):
    html = sign_in(politician).get("/soeg/", {"q": "bilagene"}).content.decode()
    assert "kind-ordliste" not in html


def test_help_without_a_word_shows_nothing():
    assert render_to_string("partials/_term.html", {"term": None}).strip() == ""
