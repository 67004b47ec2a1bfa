"""manage.py recover: the embedded database as it was at a moment, in a new data directory."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inventory_project.runtime import recovery
from inventory_project.runtime.errors import CannotStart

EXAMPLES = """
examples:
  manage.py up --archive /mnt/wal                          keep the log from now on
  manage.py backup /mnt/backups --base                     once a week or so
  manage.py recover /mnt/backups/onhand-20261121T020000Z.base --archive /mnt/wal \\
      --to 2026-11-21T14:05:00+01:00 --data-dir /srv/onhand-1405
  manage.py up --data-dir /srv/onhand-1405                 look whether it is what you want; the old one is untouched

Readers of /api/changes whose cursor is from after that moment are told where to go on.
"""


def moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no ISO 8601 date and time") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class Command(BaseCommand):
    help = "Makes a new data directory with the database as it was at a moment, from a base and the archived log."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("base", metavar="BASE", type=Path, help="what `manage.py backup DIR --base` made")
        parser.add_argument("--archive", metavar="DIR", type=Path, required=True, help="what `up --archive` was given")
        parser.add_argument("--data-dir", type=Path, required=True, help="the new data directory")
        parser.add_argument("--to", type=moment, help="the moment (UTC unless it says so); else the end of the log")

    def handle(self, *args: Any, **options: Any) -> None:
        data_dir = options["data_dir"]
        try:
            last = recovery.recover(
                base=options["base"], archive=options["archive"], root=data_dir.absolute(), to=options["to"]
            )
        except (CannotStart, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{data_dir} holds the database as it was; its last change is of {last.astimezone(UTC):%Y-%m-%d %H:%M:%S} "
            f"UTC. Next: `manage.py up --data-dir {data_dir}`, then verify_ledger and verify_audit."
        )
