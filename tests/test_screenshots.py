"""That every page has its picture: the list of `make screenshots` against the list of addresses."""

from django.urls import resolve

from .screenshots import LEFT_OUT, PAGES
from .site_map import SITE_MAP


def test_every_page_that_shows_something_is_photographed():
    front = {"home", "dashboard:index"}  # two names of one address
    photographed = {resolve(path.partition("?")[0]).view_name for pages in PAGES.values() for path in pages.values()}
    shown = {name for name, answers in SITE_MAP.items() if 200 in answers}
    assert photographed & front
    assert shown - LEFT_OUT - front <= photographed
    assert photographed.isdisjoint(LEFT_OUT)


def test_no_picture_overwrites_another():
    names = [name for pages in PAGES.values() for name in pages]
    assert len(names) == len(set(names))
