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

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "screenshots"
# Widths with the height that is photographed.
SIZES = {390: 1100, 1280: 1100}
# What colours a picture keeps; with more it is many times larger and looks the same.
COLOURS = int(os.environ.get("COLOURS", "160"))
NOBODY = ""
# By the demonstration user who mainly reads them: what a picture is called, and the address.
PAGES = {
    NOBODY: {
        "login": "/konto/login/",
        "glemt-adgangskode": "/konto/password/reset/",
        "glemt-adgangskode-sendt": "/konto/password/reset/done/",
        "opret-dig-selv": "/konto/signup/",
        "lukket-adgang": "/konto/inactive/",
        "privatliv": "/privatliv/",
        "tilgaengelighed": "/was",
    },
    "politiker": {
        "overblik": "/",
        "indsatser": "/indsatser/",
        "indsatser-historisk": "/indsatser/?pr=2024-12-31",
        "indsats": "/indsatser/midt/12/",
        "indsats-status": "/indsatser/midt/12/?fane=status",
        "indsats-oekonomi": "/indsatser/midt/12/?fane=oekonomi",
        "indsats-resultater": "/indsatser/midt/5/?fane=resultater",
        "indsats-beslutninger": "/indsatser/midt/12/?fane=beslutninger",
        "oekonomi": "/oekonomi/?pr=2024-12-31",
        "bilag": "/oekonomi/bilag/",
        "et-bilag": "/oekonomi/bilag/midt/bilag1-01-forbrug/",
        "parter": "/oekonomi/parter/?klynge=nord",
        "en-part": "/oekonomi/parter/nord/22/",
        "afregning": "/oekonomi/afregning/?klynge=nord&aar=2023",
        "beregning-af-beloeb": "/oekonomi/afregning/nord/2023/22/",
        "fordeling": "/oekonomi/fordeling/?klynge=nord&beloeb=509.569&noegle=population",
        "resultater": "/resultater/?indsats=5",
        "soegning": "/soeg/?q=gang",
        "ordliste": "/ordliste/",
        "handleplaner": "/handleplaner/",
        "handleplan": "/handleplaner/1/",
    },
    "koordinator": {
        "mine-indsatser": "/indsatser/?mine=ja",
        "statusskema": "/indsatser/midt/12/status/",
        "uaendret-status": "/indsatser/midt/7/status/uaendret/",
        "ny-indsats": "/indsatser/midt/ny/",
        "rediger-fakta": "/indsatser/midt/12/rediger/",
        "rediger-aktoerer": "/indsatser/midt/12/rediger/aktoerer/",
        "rediger-milepaele": "/indsatser/midt/12/rediger/milepaele/",
        "rediger-relationer": "/indsatser/midt/12/rediger/relationer/",
        "rediger-tekst": "/indsatser/midt/12/rediger/tekst/",
        "traek-tilbage": "/indsatser/midt/12/traek-tilbage/",
        "trukket-tilbage": "/indsatser/midt/trukket-tilbage/",
        "historik": "/indsatser/midt/12/?fane=historik",
        "kommentarer": "/indsatser/midt/12/kommentarer/",
        "kommentar": "/indsatser/midt/12/kommentarer/1/",
        "filer": "/indsatser/midt/12/filer/",
        "fjern-fil": "/indsatser/midt/12/filer/1/fjern/",
        "visninger": "/indsatser/visninger/",
        "visning": "/indsatser/visninger/1/",
        "ny-handleplan": "/handleplaner/ny/",
        "ret-handleplan": "/handleplaner/1/ret/",
        "handleplan-af-den-gamle": "/handleplaner/1/ny/",
        "nyt-tema": "/handleplaner/1/temaer/nyt/",
        "tema": "/handleplaner/1/temaer/1/",
        "aktoerer": "/stamdata/aktoerer/",
        "aktoer": "/stamdata/aktoerer/2/",
        "ny-aktoer": "/stamdata/aktoerer/ny/",
        "laeg-aktoerer-sammen": "/stamdata/aktoerer/10/saml/?into=11",
        "fora": "/stamdata/fora/",
        "forum": "/stamdata/fora/2/",
        "nyt-forum": "/stamdata/fora/nyt/",
        "personer": "/stamdata/personer/",
        "person": "/stamdata/personer/1/",
        "ny-person": "/stamdata/personer/ny/",
        "laeg-personer-sammen": "/stamdata/personer/1/saml/",
        "beskeder": "/beskeder/",
        "vaelg-beskeder": "/konto/beskeder/",
        "afstemning": "/afstemning/",
        "konto": "/konto/",
        "skift-adgangskode": "/konto/password/change/",
        "log-af": "/konto/logout/",
    },
    "sekretariat": {
        "rapporter": "/rapporter/",
        "rapport": "/rapporter/1/",
        "evaluering": "/rapporter/evaluering/",
        "statusoversigt": "/rapporter/statusoversigt/",
        "oekonomioversigt": "/rapporter/oekonomioversigt/",
        "indsats-som-pdf": "/rapporter/indsats/",
        "rapporttekster": "/rapporter/tekster/1/",
    },
    "oekonom": {
        "nyt-bilag": "/oekonomi/bilag/midt/ny/forbrug/",
        "aarsafslutning": "/oekonomi/aarsafslutning/",
        "et-aars-afslutning": "/oekonomi/aarsafslutning/midt/2025/",
    },
    "administrator": {
        "brugere": "/brugere/",
        "ny-bruger": "/brugere/ny/",
        "bruger": "/brugere/2/",
        "luk-adgang": "/brugere/2/adgang/",
    },
}
# Without a picture: files, what other tools read, and what asks for the password once more.
LEFT_OUT = {
    *(
        "dashboard:data",
        "finance:data",
        "finance:voucher_file",
        "outcomes:data",
        "initiatives:file",
        "reports:download",
        "health",
    ),
    *("account_reauthenticate", "account_email_verification_sent", "account_confirm_email"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
}


def main(address: str, password: str) -> None:
    """Photograph all PAGES of the portal at `address`; stops where one does not answer as it should."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=sandbox, env={**os.environ, "LANGUAGE": "da"}
        )
        write_something(browser, address, password)
        for size in SIZES.items():
            for user, pages in PAGES.items():
                page = opened(browser, address, user, password, size)
                for name, path in pages.items():
                    visit(page, address + path)
                    photograph(page, f"{name}-{size[0]}")
                page.context.close()
    write_index()


def write_something(browser: Browser, address: str, password: str) -> None:
    """What the pages about somebody's own things show: a followed initiative, a comment, a file, a view, a report."""
    page = opened(browser, address, "koordinator", password, (1280, 900))
    visit(page, f"{address}/indsatser/midt/12/")
    page.locator("#follow-12, button.follow").first.click()
    page.wait_for_selector("button.follow[aria-pressed=true]")
    visit(page, f"{address}/indsatser/midt/12/kommentarer/")
    page.fill("[name=comment-text]", "Husk at spørge driftsforum om lokalerne til foråret.")
    page.click("main form:has([name=comment-text]) [type=submit]")
    visit(page, f"{address}/indsatser/midt/12/filer/")
    page.fill("[name=file-title]", "Plan over træningssalen")
    drawing = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawing, "PNG")
    page.set_input_files("[type=file]", {"name": "sal.png", "mimeType": "image/png", "buffer": drawing.getvalue()})
    page.click("main form:has([type=file]) [type=submit]")
    visit(page, f"{address}/indsatser/?farve=amber")
    page.click("#views summary")
    page.fill("#views [name=name]", "Gule indsatser")
    page.click("#views [type=submit]")
    page.context.close()
    page = opened(browser, address, "sekretariat", password, (1280, 900))
    visit(page, f"{address}/rapporter/statusoversigt/")
    page.click("main form [type=submit]")
    page.context.close()


def visit(page: Page, url: str) -> None:
    answer = page.goto(url)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{url} did not answer as it should: no picture of it was taken.")


def write_index() -> None:
    """`docs/screenshots.md`: each page with its address and its two pictures."""
    lines = ["# What the pages look like", "", "Made anew by `make screenshots`, with the demonstration's data.", ""]
    for user, pages in PAGES.items():
        lines += [f"## {user or 'Not logged in'}", "", "| page | phone | desk |", "| --- | --- | --- |"]
        lines += [
            f"| `{path}` | {_picture(name, 390, 110)} | {_picture(name, 1280, 360)} |" for name, path in pages.items()
        ]
        lines.append("")
    (DOCS / "screenshots.md").write_text("\n".join(lines), "utf-8")


def _picture(name: str, width: int, shown: int) -> str:
    file = f"screenshots/{name}-{width}.png"
    return f'<a href="{file}"><img src="{file}" width="{shown}" alt="{name} at {width} pixels"></a>'


def opened(browser: Browser, address: str, user: str, password: str, size: tuple[int, int]) -> Page:
    """A browser page where the demonstration user is logged in, if one is named."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="da-DK").new_page()
    if user == NOBODY:
        return page
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
