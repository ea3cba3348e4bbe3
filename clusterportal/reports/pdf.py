"""HTML to PDF: the only module that calls WeasyPrint, and it does so in a short-lived process of its own.

The process (`python -m clusterportal.reports.pdf`) has a memory limit, no cyclic garbage collector (which makes long
documents a third slower), none of the portal's secrets in its environment, and may read nothing but the report's own
styles, marks and fonts: no network, no other file, whatever the document asks for. It tells the page that it sets,
and dies with the one who listens.
"""

import gc
import json
import logging
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from .place import place_at
from .process import Message, converse

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

logger = logging.getLogger(__name__)

STATIC = Path(__file__).resolve().parent.parent / "static"
STYLES = STATIC / "report"
READABLE = (STYLES, STATIC / "dkfds" / "fonts")
# What the process needs of the environment: where programs, caches and fonts are found, and how text is encoded.
ENVIRONMENT = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "VIRTUAL_ENV"}
NO_MEMORY = 3
# A picture of more pixels is left out: unpacked it would take hundreds of megabytes.
MOST_PIXELS = 20_000_000
# GLib and the C library say so on standard error when they cannot have more memory.
MEMORY_WORDS = (
    "MemoryError",
    "failed to allocate",
    "Cannot allocate memory",
    "failed to map segment",
    "Error creating thread",
    "bad_alloc",
)
MEGABYTE = 1024 * 1024
MOST_LOGGED = 2000


def shorten(text: str, length: int) -> str:
    """The beginning and the end of a long text."""
    half = length // 2
    return text if len(text) <= length else f"{text[:half]} ... {text[-half:]}"


class RenderError(Exception):
    """The document could not be made; the message is for the user.

    `heavy` where it took too much time or memory, `place` the text that was being set, where that is known.
    """

    def __init__(self, message: str, heavy: bool = False, place: str = "") -> None:
        super().__init__(message)
        self.heavy, self.place = heavy, place


@dataclass(frozen=True)
class Rendered:
    """A finished PDF and its number of pages."""

    content: bytes
    pages: int


@dataclass(frozen=True)
class Progress:
    """Where the setting is: the page being set, what stands where it begins, and whether the file is being written."""

    page: int = 0
    writing: bool = False
    place: str = ""


def render(html: str, tell: Callable[[Progress], None] = lambda progress: None) -> Rendered:
    """The document as a tagged PDF. Raises RenderError when it takes too long or too much memory, or is broken.

    `tell` is called with the progress at least every half second; what it raises ends the process and goes on.
    """
    progress = Progress()

    def hear(message: Message) -> None:
        nonlocal progress
        # Page numbers in the contents need a second round over the pages, which must not seem to start anew.
        page, place = message.get("page", progress.page), message.get("place", progress.place)
        again = page < progress.page
        writing = progress.writing or message.get("writing", False)
        progress = Progress(max(page, progress.page), writing, "" if again else place)
        tell(progress)

    try:
        done = converse(
            [sys.executable, "-m", __name__, str(settings.REPORT_MEMORY_MB)],
            said=html.encode(),
            hear=hear,
            seconds=settings.REPORT_TIMEOUT_S,
            cwd=settings.BASE_DIR,
            env={name: value for name, value in os.environ.items() if name in ENVIRONMENT},
        )
    except TimeoutError as error:
        said = _("Setting the pages took more than %(seconds)s seconds and was stopped.")
        words = {"seconds": settings.REPORT_TIMEOUT_S}
        raise RenderError(said % words + _reached(progress), heavy=True, place=_culprit(progress)) from error
    said = done.complaints.strip()
    if said:
        # A picture in the document is part of its address, and may be megabytes.
        logger.warning("Rendering said: %s", shorten(said, MOST_LOGGED))
    if not done.whole:
        heavy = _is_out_of_memory(done.code, said)
        raise RenderError(reason(done.code, said) + _reached(progress), heavy, _culprit(progress))
    return Rendered(done.content, done.answer["pages"])


def _reached(progress: Progress) -> str:
    """How far it came, as a sentence that follows the reason; empty where no page was begun."""
    if progress.writing:
        return " " + _("All %(pages)s pages were set; it happened while the file was written.") % {
            "pages": progress.page
        }
    if not progress.page:
        return ""
    if not progress.place:
        return " " + _("It happened on page %(page)s.") % {"page": progress.page}
    return " " + _("It happened on page %(page)s, which begins in “%(place)s”.") % {
        "page": progress.page,
        "place": progress.place,
    }


def _culprit(progress: Progress) -> str:
    """The text that was being set; empty where the pages were done, or not yet begun."""
    return "" if progress.writing else progress.place


def _is_out_of_memory(code: int, said: str) -> bool:
    return code == NO_MEMORY or any(word in said for word in MEMORY_WORDS)


def reason(code: int, said: str) -> str:
    """Why the process ended with `code` (negative for a signal), by what it said on standard error; for the user."""
    if _is_out_of_memory(code, said):
        return _("Setting the pages needed more than the %(megabytes)s MB of memory that it may use.") % {
            "megabytes": settings.REPORT_MEMORY_MB
        }
    if code < 0:
        return _("The process that sets the pages was stopped from outside (signal %(signal)s).") % {"signal": -code}
    return _("The document could not be set: its content or style sheet is broken.")


def main(megabytes: int) -> int:
    """The process's own work: HTML on standard input, progress and answer on standard output, exit code."""
    # Whoever listens may be killed: then the next word spoken ends this process too.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    gc.disable()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.propagate = False
    progress.addHandler(_Teller())
    try:
        _limit(megabytes)
        _follow()
        content, pages = set_pages(sys.stdin.buffer.read().decode())
    except MemoryError:
        return NO_MEMORY
    _say({"pages": pages, "size": len(content)})
    sys.stdout.buffer.write(content)
    return 0


def _say(message: Message) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


class _Teller(logging.Handler):
    """Passes on what WeasyPrint says of its own progress."""

    def emit(self, record: logging.LogRecord) -> None:
        if "Creating PDF" in str(record.msg):
            _say({"writing": True})


def _follow() -> None:
    """Tell each page as it is begun, with what stands there; WeasyPrint's own log knows only its number."""
    from weasyprint.layout import page as layout

    remake = layout.remake_page

    def telling(index: int, context: Any, root_box: Any, html: Any) -> Any:
        _say({"page": index + 1, "place": place_at(root_box, context.page_maker[index][0])})
        return remake(index, context, root_box, html)

    layout.remake_page = telling


def _limit(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))


def set_pages(html: str) -> tuple[bytes, int]:
    """The finished file and its number of pages, set in this very process."""
    from PIL import Image
    from weasyprint import HTML

    from .finisher import finish

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    document = HTML(string=html, base_url=STYLES.as_uri() + "/", url_fetcher=_fetcher())
    rendered = document.render(pdf_variant="pdf/a-3a")
    target = BytesIO()
    rendered.write_pdf(target, pdf_variant="pdf/a-3a")
    return finish(target.getvalue()), len(rendered.pages)


def _fetcher() -> "URLFetcher":
    from weasyprint.urls import URLFetcher

    class OwnFilesOnly(URLFetcher):
        """Serves files of the report's own folders and data in the document itself; nothing else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.lower().startswith("file:") and not readable(url):
                raise PermissionError(f"{url} is not one of the report's own files")
            return super().fetch(url, headers)

    return OwnFilesOnly()


def readable(url: str) -> bool:
    """True for a file: address below one of the report's own folders, links and dots followed to their end."""
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    return parts.netloc in {"", "localhost"} and any(path.is_relative_to(folder) for folder in READABLE)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
