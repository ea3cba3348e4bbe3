"""Pictures of every page for docs/screenshots, as its main reader sees it, on a phone and on a desk.

`make screenshots` starts a demonstration of its own and runs this with its address and password.
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {390: 1400, 1280: 1300}
# What colours a picture keeps; with more it is many times larger and looks the same.
COLOURS = 160
PAGES = {
    "politiker": {
        "overblik": "/",
        "indsatser": "/indsatser/",
        "indsatser-historisk": "/indsatser/?pr=2024-12-31",
        "indsats": "/indsatser/midt/12/",
        "oekonomi": "/oekonomi/?pr=2024-12-31",
        "resultater": "/resultater/?indsats=5",
        "soegning": "/soeg/?q=gang",
        "ordliste": "/ordliste/",
    },
    "koordinator": {
        "statusskema": "/indsatser/midt/12/status/",
        "ny-indsats": "/indsatser/midt/ny/",
        "rediger-indsats": "/indsatser/midt/12/rediger/",
        "historik": "/indsatser/midt/12/?fane=historik",
        "kommentarer": "/indsatser/midt/12/?fane=kommentarer",
        "visninger": "/indsatser/visninger/",
        "handleplaner": "/handleplaner/",
        "stamdata": "/stamdata/aktoerer/",
        "beskeder": "/beskeder/",
        "afstemning": "/afstemning/",
        "konto": "/konto/",
    },
    "sekretariat": {
        "rapporter": "/rapporter/",
        "evaluering": "/rapporter/evaluering/",
        "rapporttekster": "/rapporter/tekster/",
    },
    "administrator": {"brugere": "/brugere/", "ny-bruger": "/brugere/ny/"},
}


def main(address: str, password: str) -> None:
    """Photograph all PAGES of the portal at `address`; stops where one does not answer as it should."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=sandbox)
        for width, height in SIZES.items():
            nobody = browser.new_page(viewport={"width": width, "height": height}, locale="da-DK")
            nobody.goto(f"{address}/konto/login/")
            photograph(nobody, f"login-{width}")
            for user, pages in PAGES.items():
                page = logged_in(browser, address, user, password, (width, height))
                for name, path in pages.items():
                    answer = page.goto(address + path)
                    if answer is None or answer.status != 200:
                        raise SystemExit(f"{path} did not answer as it should: no picture of it was taken.")
                    photograph(page, f"{name}-{width}")
                page.context.close()


def logged_in(browser: Browser, address: str, user: str, password: str, size: tuple[int, int]) -> Page:
    """A browser page where the demonstration user `user` is logged in."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="da-DK").new_page()
    page.goto(f"{address}/konto/login/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{address}/")
    return page


def photograph(page: Page, name: str) -> None:
    """What is first seen of the page, as a small PNG."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
