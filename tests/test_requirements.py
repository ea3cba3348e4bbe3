"""The pinned requirements are exact, hashed, complete, and free of any machine's addresses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"://|--(extra-)?index-url|--find-links|--trusted-host|(^|\s)/\w", re.MULTILINE)


def wanted(name: str) -> set[str]:
    """The packages of an .in file; every line has a comment saying what the package is for."""
    lines = [line for line in (ROOT / name).read_text().splitlines() if re.match(r"\w", line)]
    assert all(re.search(r"\s# \w", line) for line in lines), f"{name}: a package has no comment"
    return {re.split(r"[^\w-]", line)[0].lower() for line in lines}


def pinned(name: str) -> dict[str, str]:
    """The requirements of a compiled file: package to the rest of its entry, hashes included."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text(), flags=re.MULTILINE)
    entries = text.replace("\\\n", "").splitlines()
    return {entry.split("==")[0].lower(): entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("name", ["requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"])
def test_no_address_is_in_the_file(name):
    assert not ADDRESS.search((ROOT / name).read_text())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_exact_and_hashed(name):
    loose = [
        entry for entry in pinned(name).values() if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry)
    ]
    assert not loose


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_package_is_pinned(name):
    assert wanted(f"{name}.in") <= pinned(f"{name}.txt").keys()


def test_both_files_pin_the_same_versions():
    run, dev = pinned("requirements.txt"), pinned("requirements-dev.txt")
    both = run.keys() & dev.keys()
    assert {name: run[name].split()[0] for name in both} == {name: dev[name].split()[0] for name in both}
