"""take_snapshots: keep the closing balances of business days that are over, at once instead of at the next beat."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from inventory_project.kernel.errors import DomainError
from stock.services import maintenance, snapshots


class Command(BaseCommand):
    help = (
        "Keep closing balances for stock as of a past instant: every day since the first movement that is not kept yet."
        " May be stopped and started again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", metavar="SLUG", help="one organisation, by its slug or id")
        parser.add_argument("--anew", action="store_true", help="forget what was kept and take all of it again")

    def handle(self, *, organization: str | None, anew: bool, **options: Any) -> None:
        try:
            ids = [organizations.named(str(organization)).pk] if organization else maintenance.organizations()
            for organization_id in ids:
                taken = snapshots.take(organization_id=organization_id, anew=anew)
                self.stdout.write(
                    f"{organization_id}: {taken.balances} closing balances of {taken.days} days of stores"
                )
        except DomainError as error:
            raise CommandError(error.detail) from error
