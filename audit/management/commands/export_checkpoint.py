"""export_checkpoint: sign where every chain of the log ends."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from audit.services import checkpoints


class Command(BaseCommand):
    help = (
        "Write the next signed checkpoint of the log. Keep a copy where the database's administrators cannot reach it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dir", type=Path, help="where to write it, by default <data-dir>/checkpoints")

    def handle(self, **options: Any) -> None:
        self.stdout.write(str(checkpoints.export(options["dir"])))
