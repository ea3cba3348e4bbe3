"""What every test stands on: the portal in test mode and a browser. People are in tests/cast.py."""

import os
import shutil

# The settings read the environment when they are imported, so this comes first.
os.environ["PORTAL_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "clusterportal.settings"
# Playwright's loop runs in the test's thread; without this Django refuses the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django
import pytest

django.setup()

from django.db import connection

pytest_plugins = ["tests.cast", "tests.nord", "tests.browser", "tests.races"]


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's Chromium, or the one that CHROMIUM names; Playwright's own build is never downloaded."""
    name = os.environ.get("CHROMIUM", "chromium")
    chromium = shutil.which(name)
    if chromium is None:
        pytest.fail(f"{name} is missing, and the browser tests need it: apt-get install chromium, or set CHROMIUM.")
    # Chromium's sandbox refuses to run as root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": sandbox}
