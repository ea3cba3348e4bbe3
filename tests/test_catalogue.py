"""The Danish catalogue is complete, compiled as written, and holds exactly the texts in use."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/da/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    assert (ROOT / CATALOGUE).exists(), "there is no catalogue: run `make messages`"
    return polib.pofile(str(ROOT / CATALOGUE))


def key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def test_every_text_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []


def test_no_translation_is_a_guess_or_a_leftover(catalogue):
    assert not catalogue.metadata_is_fuzzy
    assert [entry.msgid for entry in catalogue.fuzzy_entries() + catalogue.obsolete_entries()] == []


def test_compiled_catalogue_is_the_written_one(catalogue):
    compiled = polib.mofile(str((ROOT / CATALOGUE).with_suffix(".mo")))

    def texts(entries):
        return {key(entry): entry.msgstr_plural or entry.msgstr for entry in entries}

    assert texts(compiled) == texts(catalogue), "run `make messages`"


def test_catalogue_holds_the_texts_in_use(catalogue, tmp_path):
    if not shutil.which("xgettext"):
        pytest.fail("xgettext is missing, and this test collects the texts with it: apt-get install gettext.")
    copy = tmp_path / "portal"
    for name in (
        ".ci",
        "clusterportal",
        "finance",
        "outcomes",
        "meetings",
        "initiatives",
        "templates",
        "locale",
    ):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "manage.py", copy)
    collected = subprocess.run(
        ["bash", ".ci/messages.sh"],
        cwd=copy,
        env={**os.environ, "PYTHON_OF_PORTAL": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert collected.returncode == 0, collected.stdout + collected.stderr
    in_use = {key(entry) for entry in polib.pofile(str(copy / CATALOGUE))}
    assert {key(entry) for entry in catalogue} == in_use, "run `make messages`"
