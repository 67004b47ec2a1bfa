"""verify_ledger: does everything kept agree with the ledger?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from inventory_project.kernel.errors import NotFound
from stock.models import LedgerVerification
from stock.services import maintenance, verification

COLUMNS = (
    "movements",
    "balances",
    "balance_drift",
    "chain_breaks",
    "kpi_drift",
    "daily_sales_drift",
    "store_day_drift",
    "transit_drift",
    "snapshot_drift",
    "hold_drift",
    "reserved_drift",
    "rollup_drift",
    "receipt_drift",
    "milliseconds",
)


class Command(BaseCommand):
    help = (
        "Recompute balances, chains, figures, daily sales, transit, snapshots, holds, reservations and goods receipts; "
        "publish the result. Exit code 1 on drift."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", metavar="SLUG", help="one organisation, by its slug or id")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")

    def handle(self, *, organization: str | None, json: bool, **options: Any) -> None:
        try:
            ids = [organizations.named(str(organization)).pk] if organization else maintenance.organizations()
        except NotFound as error:
            raise CommandError(error.detail) from error
        results = [verification.verify(organization_id=organization_id) for organization_id in ids]
        (self._print_json if json else self._print)(results)
        if any(result.drift for result in results):
            sys.exit(1)

    def _print(self, results: list[LedgerVerification]) -> None:
        self.stdout.write(" ".join(f"{name:>17}" for name in ("organization", *COLUMNS)))
        for result in results:
            values = (result.organization_id, *(getattr(result, name) for name in COLUMNS))
            self.stdout.write(" ".join(f"{value:>17}" for value in values))
        drift = sum(result.drift for result in results)
        movements = sum(result.movements for result in results)
        self.stdout.write(f"drift {drift}: {movements} movements of {len(results)} organisations")

    def _print_json(self, results: list[LedgerVerification]) -> None:
        rows = [
            {"organization": result.organization_id, "drift": int(result.drift)}
            | {name: int(getattr(result, name)) for name in COLUMNS}
            for result in results
        ]
        report = {"drift": sum(row["drift"] for row in rows), "organizations": rows}
        self.stdout.write(json.dumps(report, indent=2))
