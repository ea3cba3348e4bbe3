"""HTML to PDF: the only module that calls WeasyPrint, and it does so in a short-lived process of its own.

The process (`python -m clusterportal.reports.pdf`) has a memory limit, no cyclic garbage collector (which makes long
documents a third slower), none of the portal's secrets in its environment, and may read nothing but the report's own
styles, marks and fonts: no network, no other file, whatever the document asks for. It answers on its standard output
with one line of JSON, followed by the PDF.
"""

import gc
import json
import logging
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

logger = logging.getLogger(__name__)

STATIC = Path(__file__).resolve().parent.parent / "static"
STYLES = STATIC / "report"
READABLE = (STYLES, STATIC / "dkfds" / "fonts")
# What the process needs of the environment: where programs, caches and fonts are found, and how text is encoded.
ENVIRONMENT = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "VIRTUAL_ENV"}
NO_MEMORY, BROKEN = 3, 4
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


class RenderError(Exception):
    """The document could not be made; the message is for the user."""


@dataclass(frozen=True)
class Rendered:
    """A finished PDF and its number of pages."""

    content: bytes
    pages: int


def render(html: str) -> Rendered:
    """The document as a tagged PDF. Raises RenderError when it takes too long or too much memory, or is broken."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__, str(settings.REPORT_MEMORY_MB)],
            input=html.encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={name: value for name, value in os.environ.items() if name in ENVIRONMENT},
            timeout=settings.REPORT_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(
            _("Setting the pages took more than %(seconds)s seconds and was stopped.")
            % {"seconds": settings.REPORT_TIMEOUT_S}
        ) from error
    said = done.stderr.decode(errors="replace").strip()
    if said:
        logger.warning("Rendering said: %s", said)
    if done.returncode:
        raise RenderError(reason(done.returncode, said))
    answer, content = done.stdout.split(b"\n", 1)
    return Rendered(content, json.loads(answer)["pages"])


def reason(code: int, said: str) -> str:
    """Why the process ended with `code` (negative for a signal), by what it said on standard error; for the user."""
    if code == NO_MEMORY or any(word in said for word in MEMORY_WORDS):
        return _("Setting the pages needed more than the %(megabytes)s MB of memory that it may use.") % {
            "megabytes": settings.REPORT_MEMORY_MB
        }
    if code < 0:
        return _("The process that sets the pages was stopped from outside (signal %(signal)s).") % {"signal": -code}
    return _("The document could not be set: its content or style sheet is broken.")


def main(megabytes: int) -> int:
    """The process's own work: HTML on standard input, answer on standard output, exit code."""
    gc.disable()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        _limit(megabytes)
        content, pages = _set(sys.stdin.buffer.read().decode())
    except MemoryError:
        return NO_MEMORY
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n" + content)
    return 0


def _limit(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))


def _set(html: str) -> tuple[bytes, int]:
    from weasyprint import HTML

    from .finisher import finish

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
