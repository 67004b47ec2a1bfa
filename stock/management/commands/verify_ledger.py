"""manage.py verify_ledger: does everything the ledger keeps follow from its movements?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from inventory_project.kernel.errors import DomainError
from stock.services import verification


class Command(BaseCommand):
    help = "Recompute balances, chains, figures and daily sales from the ledger. Exit code 1 when anything differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", metavar="SLUG", help="one organisation; all of them when left out")

    def handle(self, *args: Any, organization: str | None, **options: Any) -> None:
        try:
            chosen = [organizations.named(organization)] if organization else organizations.every()
        except DomainError as error:
            raise CommandError(error.detail) from error
        drift = 0
        for each in chosen:
            found = verification.verify(organization_id=each.pk)
            drift += found.drift
            self.stdout.write(
                f"{'ok' if not found.drift else 'DRIFT'}  {each.slug}: {found.movements} movements, {found.balances} "
                f"balances; differences: balances {found.balance_drift}, chains {found.chain_breaks}, "
                f"figures {found.kpi_drift}, daily sales {found.daily_sales_drift} ({found.milliseconds} ms)"
            )
        if drift:
            sys.exit(1)
