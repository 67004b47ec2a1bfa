"""restock_report: what to order, move and look after, on the terminal, as a file, or mailed to each store's people."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from forecasting.selectors import restock_report
from forecasting.services import restock_letters
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.errors import DomainError
from inventory_project.kernel.json import plain
from stock.api import printing
from stock.choices import MailingKind
from stock.management.shop import names
from stock.management.shop.output import Answer, show
from stock.models import StoreMailing
from stock.selectors import stock_reports
from stock.services import mailings
from stores.models import Store

MOST_ROWS = 1_000_000
HEADINGS = ("Store", "SKU", "Product", "Order", "From", "Transfer", "Drafts", "Out", "On hand", "On order", "Cover")
SHOWN = ("store", "sku", "product", "to_order", "order_from", "to_transfer", "on_drafts", "out", "on_hand", "on_order")
SOME_NOT_SENT = 3
EXAMPLES = """
examples:
  manage.py restock_report
  manage.py restock_report --organization corner-shop --store DOWNTOWN
  manage.py restock_report --format csv > restock.csv
  manage.py restock_report --format html > restock.html   (print it from the browser)
  manage.py restock_report --send                         (to every store's recipients, beside the day's own)

exit codes: 0 done, 1 nothing was done (it says why), 3 some stores' reports could not be mailed.
"""


class Command(BaseCommand):
    help = "What each store should order, take from other stores, send off or look after, the most urgent first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("--organization", metavar="SLUG", help="may be left out when there is only one")
        parser.add_argument("--store", metavar="CODE", help="one store, by its code or name; all when left out")
        parser.add_argument("--format", choices=["text", "csv", "json", "html"], default="text", help="text: a table")
        parser.add_argument("--send", action="store_true", help="mail it to the recipients of each store")

    def handle(self, *, organization: str | None, store: str | None, send: bool, **options: Any) -> None:
        try:
            organization_id = organizations.named(organization).pk
            with tenancy.scope(organization_id):
                found = names.store(store) if store else None
            if send:
                self._send(organization_id, found)
                return
            with tenancy.scope(organization_id):
                self._print(found, options["format"])
        except DomainError as error:
            raise CommandError(error.detail) from error

    def _print(self, store: Store | None, form: str) -> None:
        question = restock_report.question(store_ids=[store.pk] if store else None, sees_costs=True)
        answer = stock_reports.ask(question, most=MOST_ROWS)
        if form == "csv":
            self.stdout.write(restock_letters.table(question, answer.rows), ending="")
        elif form == "html":
            self.stdout.write(printing.page(question, restock_report.about(question, store)).content.decode())
        elif form == "json":
            body = {"meta": restock_report.about(question, store), "totals": answer.totals, "results": answer.rows}
            self.stdout.write(orjson.dumps(body, default=plain, option=orjson.OPT_INDENT_2).decode())
        else:
            show(_table(answer), self.stdout, as_json=False)  # type: ignore[arg-type]

    def _send(self, organization_id: int, store: Store | None) -> None:
        who = Actor(user_id=None, label="manage.py restock_report")
        access = Access(0, who.label, organization_id, Role.ADMIN, sees_costs=True)
        with tenancy.scope(organization_id):
            lists = StoreMailing.objects.filter(
                kind=MailingKind.RESTOCK, recipients__isnull=False, store__is_active=True
            )
            chosen = [store] if store else [each.store for each in lists.select_related("store").distinct()]
        if not chosen:
            raise CommandError(
                "No store has recipients for its restock report: PUT /api/mailings/<store>/?kind=restock."
            )
        failed = 0
        for each in chosen:
            try:
                body = mailings.send_now(store_id=each.pk, kind=MailingKind.RESTOCK, access=access, acting_as=who).body
                self.stdout.write(f"{each.code}: {body['rows']} products to {', '.join(body['addresses'])}")
            except DomainError as error:
                failed += 1
                self.stderr.write(f"{each.code}: {error.detail}")
        if failed:
            # Each failure was said above. A script must not mail once more to the stores that have their report.
            sys.exit(1 if failed == len(chosen) else SOME_NOT_SENT)


def _table(answer: stock_reports.Answer) -> Answer:
    rows = [
        [*("" if row[name] in (None, 0) else row[name] for name in SHOWN), _cover(row["days_of_cover"])]
        for row in answer.rows
    ]
    sums = ", ".join(f"{total['currency']} {total['cost']:,.2f}" for total in answer.totals if total["cost"])
    costs = f" What is to be ordered costs {sums}." if sums else ""
    note = restock_report.note()
    return Answer(answer.rows, f"{len(rows):,} products in stores. {note}{costs}", HEADINGS, rows)


def _cover(days: Any) -> str:
    return "" if days is None else f"{days} days"
