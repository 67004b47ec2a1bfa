"""manage.py backup: everything, as one file."""

from __future__ import annotations

import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inventory_project.backup import take
from inventory_project.backup.errors import BackupFailed
from inventory_project.management.progress import Bar
from inventory_project.runtime import recovery
from inventory_project.runtime.errors import CannotStart
from inventory_project.runtime.instance import Instance
from inventory_project.settings.env import uses_embedded_database

EXAMPLES = """
examples:
  manage.py backup /mnt/backups            one file, onhand-<date>T<time>Z.backup
  manage.py backup /mnt/backups --quiet    the same from cron; its path is printed
  manage.py backup /mnt/backups --base     the embedded server's files, onhand-<date>T<time>Z.base: where
                                           `manage.py recover` starts from, with the log that `up --archive DIR` keeps

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
        parser.add_argument("--base", action="store_true", help="the embedded server's files, for `manage.py recover`")
        parser.add_argument("--quiet", action="store_true", help="no progress; print nothing but the file's path")

    def handle(self, *args: Any, directory: Path, quiet: bool, **options: Any) -> None:
        started = time.monotonic()
        if options["base"]:
            self._base(directory)
            return
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
            f"{taken.manifest.organizations} organisations, {taken.size / 1e6:.1f} MB in {seconds:.1f} s."
        )
        self.stdout.write("It holds secrets (password hashes, digests of tokens); only you may read it.")

    def _base(self, directory: Path) -> None:
        if not uses_embedded_database():
            raise CommandError("The database is a server of your own: use its pg_basebackup (docs/operations.md).")
        try:
            base = recovery.take_base(Instance.load(settings.DATA_DIR), directory)
        except CannotStart as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{base}: the server's files, checked. It holds secrets; only you may read it.")
