"""export_audit: one organisation's log as a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.services import exports


class Command(BaseCommand):
    help = "Write one organisation's log as JSON lines, to be checked by audit/verifier/verify_export.py anywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", type=int, required=True)
        parser.add_argument("--out", type=Path, required=True, help="FILE.jsonl or FILE.jsonl.gz")

    def handle(self, *, organization: int, out: Path, **options: Any) -> None:
        try:
            entries = exports.export(organization, out)
        except OSError as error:
            raise CommandError(f"Cannot write {out}: {error.strerror}.") from error
        self.stdout.write(f"{entries} entries written to {out}")
