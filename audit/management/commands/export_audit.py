"""export_audit: one organisation's log as a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.services import exports
from inventory_project.kernel.errors import NotFound
from inventory_project.kernel.organizations import id_in_log


class Command(BaseCommand):
    help = "Write one organisation's log as JSON lines, to be checked by audit/verifier/verify_export.py anywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", metavar="SLUG", required=True, help="by its slug or id")
        parser.add_argument("--out", type=Path, required=True, help="FILE.jsonl or FILE.jsonl.gz")

    def handle(self, *, organization: str, out: Path, **options: Any) -> None:
        try:
            entries = exports.export(id_in_log(str(organization)), out)
        except NotFound as error:
            raise CommandError(error.detail) from error
        except OSError as error:
            raise CommandError(f"Cannot write {out}: {error.strerror}.") from error
        self.stdout.write(f"{entries} entries written to {out}")
