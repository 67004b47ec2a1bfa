"""manage.py restore: a backup into an empty database."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inventory_project.backup import restore
from inventory_project.backup.errors import NotABackup, RestoreRefused
from inventory_project.management.progress import Bar
from inventory_project.runtime.instance import Instance
from inventory_project.runtime.roles import Login
from inventory_project.settings.env import uses_embedded_database

ALIASES = {"app": "default", "owner": "owner", "platform": "platform"}
EXAMPLES = """
examples:
  manage.py restore FILE --data-dir /srv/onhand
      into a new data directory with an embedded database of its own; then `manage.py up --data-dir /srv/onhand`
  manage.py restore FILE --into postgres://postgres:SECRET@db/onhand_restored
      into a database of that server, made when it does not exist. The URL is of a role that may create roles; the
      three roles of Onhand get the passwords of the DATABASE_*_URLs. Then `manage.py prepare_database` with URLs that
      name the new database.

Stop Onhand on the old database first. Afterwards run verify_ledger and verify_audit.
"""


class Command(BaseCommand):
    help = "Brings a backup back into an empty database: all of it, compared table by table, or nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--into", metavar="URL", help="an empty or new database (the instance's own)")
        parser.add_argument("--data-dir", type=Path, help="the instance whose embedded database is filled")
        parser.add_argument("--quiet", action="store_true", help="no progress")

    def handle(self, *args: Any, file: Path, quiet: bool, **options: Any) -> None:
        started = time.monotonic()
        logins = {name: Login.of_alias(alias) for name, alias in ALIASES.items()}
        try:
            with Bar(quiet=quiet) as bar:
                done = restore.restore(file=file, admin_url=options["into"] or _own(), logins=logins, report=bar)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (NotABackup, RestoreRefused) as error:
            raise CommandError(str(error)) from error
        found = done.manifest
        self.stdout.write(
            f"{found.rows} rows of {len(found.tables)} tables are in the database {done.database} as they were at "
            f"{found.made_at[:19]} UTC, each table compared ({time.monotonic() - started:.1f} s)."
        )
        self.stdout.write("Next: `manage.py up` or `manage.py prepare_database`, then verify_ledger and verify_audit.")


def _own() -> str:
    """The administrator's URL of the instance's own database."""
    if not uses_embedded_database():
        url = os.environ.get("DATABASE_ADMIN_URL", "")
        if not url:
            raise CommandError("Name the database with --into, by the URL of a role that may create roles.")
        return url
    return Instance.load(settings.DATA_DIR).admin_url()
