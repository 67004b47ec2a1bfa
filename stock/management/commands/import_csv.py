"""manage.py import_csv: a CSV or Excel file into catalogue and ledger, here and now."""

from __future__ import annotations

import json
import sys
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from accounts.selectors import organizations
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.errors import DomainError
from stock.choices import AppliedVia, ImportKind, ImportStatus
from stock.models import ImportJob
from stock.selectors import imports as selectors
from stock.services.imports import jobs, running
from stock.services.imports.asking import Asked

SOME_ROWS_FAILED, REFUSED = 3, 1
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Imports sales, products, stock or suppliers from CSV or Excel. The kind is read from the first line. "
        "Ends with 0 when every row went in or was in already, 3 when some failed, 1 when nothing was changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", metavar="SLUG", help="may be left out when there is only one")
        parser.add_argument("--store", default="", help="code of the store of rows that name none")
        parser.add_argument(
            "--kind", default="", choices=["", *ImportKind.values], help="when the header does not tell"
        )
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=NAME", help="price=Verkaufspreis")
        parser.add_argument("--date-format", default="", choices=["", "ymd", "dmy", "mdy"])
        parser.add_argument("--decimal", default="", choices=["", ".", ","])
        parser.add_argument("--encoding", default="")
        parser.add_argument("--delimiter", default="")
        parser.add_argument("--keep-repeats", action="store_true", help="count rows that are the same")
        parser.add_argument("--keeps-stock", action="store_true", help="today's stock reflects these sales already")
        parser.add_argument("--check", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", help="the whole report as JSON")
        parser.add_argument("--quiet", action="store_true", help="no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organization_id = organizations.named(options["organization"]).pk
            job_id = self._submit(organization_id, options)
            with Watch(job_id, organization_id, shown=not options["quiet"] and sys.stderr.isatty()):
                while not running.run(job_id=job_id, organization_id=organization_id, via=AppliedVia.COMMAND):
                    time.sleep(0.5)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(_refusal(error)) from error
        self._report(job_id, organization_id, as_json=options["json"])

    def _submit(self, organization_id: int, options: dict[str, Any]) -> int:
        pairs = [pair.partition("=") for pair in options["map"]]
        if any(not sign for _, sign, _ in pairs):
            raise CommandError("--map takes COLUMN=NAME, for example --map price=Verkaufspreis")
        asked = Asked(
            kind=options["kind"],
            store=options["store"],
            mapping={column: name for column, _, name in pairs},
            encoding=options["encoding"],
            delimiter=options["delimiter"],
            decimal=options["decimal"],
            date_format=options["date_format"],
            keep_repeats=options["keep_repeats"],
            keeps_stock=options["keeps_stock"],
        )
        access = Access(user_id=0, username="command", organization_id=organization_id, role=Role.ADMIN)
        with options["file"].open("rb") as file:
            return jobs.submit(
                file=file,
                name=options["file"].name,
                asked=asked,
                applies_itself=not options["check"],
                key=None,
                access=access,
                acting_as=Actor(user_id=None, label="command"),
                rings=False,
            )[0]

    def _report(self, job_id: int, organization_id: int, *, as_json: bool) -> None:
        with tenancy.scope(organization_id):
            job = ImportJob.objects.get(pk=job_id)
            said = selectors.describe_whole(job)
        if as_json:
            self.stdout.write(json.dumps(said, default=str, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(job, said)))
        if job.status == ImportStatus.FAILED:
            raise CommandError(job.error, returncode=REFUSED)
        if job.failed:
            # An exit code of its own, which the help names: the other rows are in and these are not, and a script must
            # tell that from success and from refusal. The report above names each failed row.
            sys.exit(SOME_ROWS_FAILED)


class Watch:
    """A line on the terminal that says how far the import is, drawn beside the work."""

    def __init__(self, job_id: int, organization_id: int, *, shown: bool) -> None:
        self.job_id, self.organization_id = job_id, organization_id
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._draw, daemon=True) if shown else None

    def __enter__(self) -> Watch:
        if self.thread:
            self.thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.over.set()
        if self.thread:
            self.thread.join()
            sys.stderr.write("\n")

    def _draw(self) -> None:
        while not self.over.wait(0.5):
            with tenancy.scope(self.organization_id):
                job = ImportJob.objects.get(pk=self.job_id)
            done = selectors.progress(job)
            left = "" if done["seconds_left"] is None else f"{done['seconds_left']:5.0f} s left"
            line = f"{job.status:<10} {done['percent']:5.1f} %  {done['rows_done']:>11,} rows"
            sys.stderr.write(f"\r{line}  {done['rows_per_second']:>8,} rows/s  {left}   ")
            sys.stderr.flush()
        connections.close_all()


def _lines(job: ImportJob, said: dict[str, Any]) -> list[str]:
    counts = f"{job.rows} rows: {job.succeeded} succeeded, {job.skipped} skipped, {job.failed} failed"
    would = " (nothing was written)" if job.status == ImportStatus.READY else ""
    lines = [f"{job.label} {job.status}, kind {job.kind or 'unknown'}: {counts}{would}"]
    found = job.found
    if found:
        how = f"{found.get('encoding', '')} {found.get('delimiter', '')!r}" if found["container"] == "csv" else "Excel"
        guess = " (a guess)" if found["date_format_is_a_guess"] else ""
        lines.append(f"read as {how}, decimal sign {found['decimal']!r}, dates {found['date_format']}{guess}")
    for problem in said["errors"][:SHOWN]:
        where = f"line {problem['line']}, {problem['column'] or 'row'}"
        lines.append(
            f"  {where}: {problem['reason']} {problem['value'] and repr(problem['value'])} [{problem['outcome']}]"
        )
    return lines


def _refusal(error: DomainError) -> str:
    named = [f"  {field}: {reason}" for field, reason in error.fields.items()]
    return "\n".join([error.detail, *named])
