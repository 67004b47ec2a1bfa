"""manage.py backup: everything, as one file."""

from __future__ import annotations

import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inventory_project.backup import take
from inventory_project.backup.errors import BackupFailed
from inventory_project.management.progress import Bar

EXAMPLES = """
examples:
  manage.py backup /mnt/backups            one file, onhand-<date>T<time>Z.backup
  manage.py backup /mnt/backups --quiet    the same from cron; its path is printed

The file holds password hashes and the digests of tokens: only its owner may read it (mode 0600). Keep it so, and keep
instance.json, audit-signing.key and checkpoints/ of the data directory beside it.
"""


class Command(BaseCommand):
    help = "Writes the whole database, as it is at one instant, into DIR as one file, while everybody works on."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("directory", metavar="DIR", type=Path)
        parser.add_argument("--quiet", action="store_true", help="no progress; print nothing but the file's path")

    def handle(self, *args: Any, directory: Path, quiet: bool, **options: Any) -> None:
        started = time.monotonic()
        try:
            with Bar(quiet=quiet) as bar:
                taken = take.take(directory=directory, report=bar)
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped; no backup was made.") from None
        if quiet:
            self.stdout.write(str(taken.path))
            return
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{taken.path}: {taken.manifest.rows} rows of {len(taken.manifest.tables)} tables, "
            f"{taken.manifest.organizations} organizations, {taken.size / 1e6:.1f} MB in {seconds:.1f} s."
        )
        self.stdout.write("It holds secrets (password hashes, digests of tokens); only you may read it.")
