"""manage.py import_history: demand from before the ledger began, from a file."""

from __future__ import annotations

import secrets
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from accounts.selectors import organizations
from accounts.services import registration
from inventory_project.kernel.access import SYSTEM
from inventory_project.kernel.errors import DomainError
from stock.services import history
from stock.services.history import HistoryRefused, Loaded
from stock.services.history_file import PRODUCT_PREFIX, STORE_PREFIX, Names

BAR = 30


class Bar:
    """One line that shows how far a load is; nothing at all where nobody looks at a terminal."""

    def __init__(self, stream: Any, *, quiet: bool) -> None:
        self.stream = stream
        self.shown = not quiet and stream.isatty()
        self.phase = ""
        self.started = self.drawn = 0.0

    def __call__(self, phase: str, part: float, rows: int) -> None:
        now = time.monotonic()
        if phase != self.phase:
            self.end()
            self.phase, self.started = phase, now
        if self.shown and (now - self.drawn > 0.1 or part >= 1):
            self.drawn = now
            seconds = now - self.started
            left = seconds * (1 - part) / part if part else 0
            filled = "#" * int(BAR * part)
            rate = rows / seconds if seconds else 0
            line = f"{phase:<5} [{filled:<{BAR}}] {rows:>11,} rows  {rate:>9,.0f} rows/s  {left:4.0f} s left"
            self.stream.write(f"\r{line}")
            self.stream.flush()

    def end(self) -> None:
        if self.shown and self.phase:
            self.stream.write("\n")
        self.phase = ""


class Command(BaseCommand):
    help = (
        "Loads date,store,item,sales (plain or gzip) into daily sales: demand history, no stock. "
        "The whole file or nothing; the same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", metavar="SLUG", help="may be left out when there is only one")
        parser.add_argument("--create-organization", metavar="NAME", help="make a new one, with an admin to sign in as")
        parser.add_argument("--store-prefix", default=STORE_PREFIX, help="for stores that are bare numbers")
        parser.add_argument("--product-prefix", default=PRODUCT_PREFIX, help="for items that are bare numbers")
        parser.add_argument("--quiet", action="store_true", help="no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["organization"] and options["create_organization"]:
            raise CommandError("Use --organization or --create-organization, not both.")
        bar = Bar(sys.stderr, quiet=options["quiet"])
        try:
            with options["file"].open("rb") as file:
                organization_id = self._organization_id(options)
                started = time.monotonic()
                loaded = history.load(
                    file=file,
                    name=options["file"].name,
                    organization_id=organization_id,
                    acting_as=SYSTEM,
                    names=Names(options["store_prefix"], options["product_prefix"]),
                    progress=bar,
                )
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except HistoryRefused as refused:
            raise CommandError(_explain(refused)) from refused
        except DomainError as error:
            raise CommandError(error.detail) from error
        finally:
            bar.end()
        self._report(loaded, time.monotonic() - started)

    def _organization_id(self, options: dict[str, Any]) -> int:
        name = options["create_organization"]
        if not name:
            return organizations.named(options["organization"]).pk
        username, password = f"{slugify(name)[:40] or 'organization'}-admin", secrets.token_urlsafe(12)
        user = registration.register(
            organization=name, username=username, email="", password=password, request_id="import_history"
        )
        self.stdout.write(f"Created {name}; its admin is {username} with the password {password}")
        return int(user.memberships.model.unscoped.using("platform").get(user_id=user.pk).organization_id)

    def _report(self, loaded: Loaded, seconds: float) -> None:
        self.stdout.write(
            f"{loaded.rows} rows from {loaded.first_date} to {loaded.last_date} of {loaded.stores} stores and "
            f"{loaded.products} products: {loaded.inserted} inserted, {loaded.updated} updated, "
            f"{loaded.unchanged} unchanged ({loaded.rows / max(seconds, 1e-9):.0f} rows/s)"
        )


def _explain(refused: HistoryRefused) -> str:
    lines = [refused.detail, *map(str, refused.problems)]
    if refused.more:
        lines.append(f"and {refused.more} more")
    return "\n".join(lines)
