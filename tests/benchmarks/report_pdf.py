"""How fast the evaluation is set, beside WeasyPrint as shipped: python -m tests.benchmarks.report_pdf [ROUNDS]

Every setting runs in a process of its own, with imports, in turn with the others; medians of the processor's seconds
are printed, which other work on the machine disturbs least. It needs no database: Midt's facts are loaded into one in
memory.
"""

import gc
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median

DAY, MADE_ON = date(2025, 3, 31), date(2026, 11, 22)
OURS, OURS_COLLECTED = "ours", "ours, collector on"
SHIPPED, SHIPPED_UNCOLLECTED = "WeasyPrint as shipped, untagged", "WeasyPrint untagged, collector off"


@dataclass(frozen=True)
class Run:
    """One setting: processor seconds and peak memory of its process, pages, bytes of the file and their hash."""

    seconds: float
    megabytes: float
    pages: int
    size: int
    sha256: str


def evaluation() -> str:
    """Midt's evaluation as HTML, from facts in a database in memory."""
    os.environ |= {"PORTAL_MODE": "test", "DJANGO_SETTINGS_MODULE": "clusterportal.settings"}
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from clusterportal.facts.loader import load
    from clusterportal.reports.composing import Subject, compose
    from clusterportal.reports.models import Kind
    from initiatives.models import ActionPlan

    call_command("migrate", verbosity=0)
    load([settings.BASE_DIR / "fixtures" / "midt"])
    plan = ActionPlan.objects.select_related("cluster").get(cluster__slug="midt")
    return compose(Subject(Kind.EVALUATION, plan, DAY), MADE_ON).html


def repeated(html: str, times: int) -> str:
    """The chapters of the themes so many times over, without the list of contents and what leads into chapters."""
    chapters = re.findall(r'<section class="chapter theme-.*?</section>', html, re.DOTALL)
    body = re.sub(r' id="[^"]*"', "", "".join(chapters))
    body = re.sub(r'<a href="#[^"]*">(.*?)</a>', r"\1", body)
    head = html[: html.index("<body>")]
    return f"{head}<body><h1>Prøve</h1>{body * times}</body></html>"


def measure(html: str, how: str) -> Run:
    """Set `html` in a process of its own."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(html.encode())
        given.seek(0)
        process = subprocess.Popen([sys.executable, "-m", __spec__.name, "--set", how], stdin=given, stdout=said)
        _, code, used = os.wait4(process.pid, 0)
        seconds = used.ru_utime + used.ru_stime
        process.returncode = os.waitstatus_to_exitcode(code)
        if process.returncode:
            raise SystemExit(f"{how} ended with {process.returncode}")
        said.seek(0)
        return Run(seconds, used.ru_maxrss / 1024, **json.loads(said.read()))


def set_here(how: str) -> None:
    """The work of the process: HTML on standard input, what came of it on standard output."""
    if how in {OURS, SHIPPED_UNCOLLECTED}:
        gc.disable()
    html = sys.stdin.buffer.read().decode()
    content, pages = SETTERS[how](html)
    json.dump({"pages": pages, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}, sys.stdout)


def _ours(html: str) -> tuple[bytes, int]:
    from clusterportal.reports.pdf import set_pages

    return set_pages(html)


def _shipped(html: str) -> tuple[bytes, int]:
    from weasyprint import HTML

    from clusterportal.reports.pdf import STYLES

    document = HTML(string=html, base_url=STYLES.as_uri() + "/").render()
    return document.write_pdf(), len(document.pages)


SETTERS: dict[str, Callable[[str], tuple[bytes, int]]] = {
    OURS: _ours, OURS_COLLECTED: _ours, SHIPPED: _shipped, SHIPPED_UNCOLLECTED: _shipped,
}  # fmt: skip


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def compare(html: str, rounds: int) -> None:
    """The evaluation set in four ways, in turn."""
    runs: dict[str, list[Run]] = {how: [] for how in SETTERS}
    for _ in range(rounds):
        for how in SETTERS:
            runs[how].append(measure(html, how))
    seconds = {how: median(run.seconds for run in of) for how, of in runs.items()}
    say(f"Evaluation of Midt, {runs[OURS][0].pages} pages, median of {rounds}")
    for how, of in runs.items():
        memory = median(run.megabytes for run in of)
        say(f"  {how:36}{seconds[how]:7.2f} s {memory:6.0f} MB {of[0].size / 1024:7.0f} kB")
    say(f"  ours over shipped                   {seconds[OURS] / seconds[SHIPPED]:7.2f}   (goal 1.15)")
    say(f"  collector off on both sides         {seconds[OURS] / seconds[SHIPPED_UNCOLLECTED]:7.2f}")
    say(f"  same bytes in every round           {len({run.sha256 for run in runs[OURS]}) == 1}")


def grow(html: str, rounds: int) -> None:
    """Seconds a page of a document four times as long."""
    pages_each = measure(repeated(html, 1), OURS).pages
    few, many = (repeated(html, max(1, round(pages / pages_each))) for pages in (50, 200))
    turns = [(measure(few, OURS), measure(many, OURS)) for _ in range(rounds)]
    of_few = median(run.seconds / run.pages for run, _ in turns)
    of_many = median(run.seconds / run.pages for _, run in turns)
    say(f"Seconds a page at {turns[0][1].pages} over {turns[0][0].pages} pages")
    say(f"  {of_many:.3f} over {of_few:.3f}                      {of_many / of_few:7.2f}   (goal 1.05)")


def main() -> None:
    """Prints both tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    html = evaluation()
    compare(html, rounds)
    grow(html, rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--set"]:
        set_here(sys.argv[2])
    else:
        main()
