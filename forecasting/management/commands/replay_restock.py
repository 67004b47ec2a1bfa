"""replay_restock: a line of a restock proposal once more, from what was kept with it, step by step."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from forecasting.errors import LineNotFound
from forecasting.models import RestockLine
from forecasting.selectors import restock_lines
from forecasting.services import line_numbers
from forecasting.services.proposals import label
from inventory_project.kernel import tenancy
from inventory_project.kernel.errors import DomainError
from inventory_project.kernel.json import plain
from stock.management.shop.output import Answer, show

NOT_THE_SAME = 3
COMPARED = ("wanted", "reorder_point", "order_up_to", "safety_stock", "binding", "quantity")
EXAMPLES = """
examples:
  manage.py replay_restock 4711
  manage.py replay_restock 4711 --organization corner-shop --json

exit codes: 0 every number is the same, 1 there is no such line, 3 some number is another one now.
"""


class Command(BaseCommand):
    help = "Work a restock line out again and say whether every number is the same, to the last bit. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("line", type=int, metavar="LINE", help="the id of the line")
        parser.add_argument("--organization", metavar="SLUG", help="may be left out when there is only one")
        parser.add_argument("--json", action="store_true", help="the steps and numbers as JSON")

    def handle(self, *, line: int, organization: str | None, json: bool, **options: Any) -> None:
        try:
            organization_id = organizations.named(organization).pk
            with tenancy.scope(organization_id):
                same = self._replay(line, as_json=json)
        except DomainError as error:
            raise CommandError(error.detail) from error
        if not same:
            # The line was worked out and shown; a script must tell a number that changed from a line that is not there.
            sys.exit(NOT_THE_SAME)

    def _replay(self, line_id: int, *, as_json: bool) -> bool:
        line = RestockLine.objects.select_related("store", "product", "from_store").filter(pk=line_id).first()
        if line is None:
            raise LineNotFound(f"There is no restock line {line_id} in this organisation.")
        found = line_numbers.compared(line)
        stored = {name: getattr(line, name) for name in COMPARED} | {"quantity": float(line.quantity)}
        steps = restock_lines.steps_of(line)
        if as_json:
            told = {"line": line.pk, "steps": steps, "stored": stored, **found}
            self.stdout.write(orjson.dumps(told, default=plain, option=orjson.OPT_INDENT_2).decode())
            return bool(found["same"])
        head = f"{label(line.proposal_id)} line {line.pk}: {line.product} for {line.store}"
        self.stdout.write(f"{head}\n{restock_lines.sentence_of(line)}\n")
        rows = [[each["step"].replace("_", " "), each["how"], f"{each['result']:g}"] for each in steps]
        show(Answer(steps, "", ("Step", "How", "Result"), rows), self.stdout, as_json=False)  # type: ignore[arg-type]
        self.stdout.write(_verdict(stored, found))
        return bool(found["same"])


def _verdict(stored: dict[str, Any], found: dict[str, Any]) -> str:
    if found["same"]:
        return "Worked out again: every number is the same, to the last bit."
    again = found["replayed"]
    other = [f"{name} was {stored[name]!r} and is {again[name]!r}" for name in COMPARED if again[name] != stored[name]]
    return f"Worked out again, NOT the same: {'; '.join(other) or 'the quantity'}."
