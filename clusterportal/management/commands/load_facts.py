"""Load fixtures, idempotently: `manage.py load_facts fixtures/midt`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clusterportal.facts.loader import FactsError, load


class Command(BaseCommand):
    help = "Loads the facts of the fixture files or folders named; what is loaded already is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["paths"])
        except FactsError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Facts: {loaded.inserted} loaded, {loaded.in_place} in place already.")
