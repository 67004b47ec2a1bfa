"""forecast: forecast everything now, in this process and whatever workers come to help, and say how good it is."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from forecasting.choices import OPEN, RunStatus, Trigger
from forecasting.models import ForecastRun
from forecasting.services import runs
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import DomainError
from stock.management.shop.output import Answer, show
from stock.services import maintenance

WAIT = 0.2
HEADINGS = ("Organisation", "Run", "State", "Forecasts", "Seconds", "CPU s", "Off in tests", "Last week again", "")
EXAMPLES = """
examples:
  manage.py forecast                               every organisation, one after the other
  manage.py forecast --organization corner-shop
  manage.py forecast --json > forecasts.jsonl      one line for each organisation

exit codes: 0 all were made, 1 some failed (the forecast before stays) or there is no such organisation.
"""


class Command(BaseCommand):
    help = "Forecast every product in every store, and show it when all of it is there. May be stopped at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("--organization", metavar="SLUG", help="one organisation, by its slug or id")
        parser.add_argument("--json", action="store_true", help="one line of JSON for each organisation")

    def handle(self, *, organization: str | None, json: bool, **options: Any) -> None:
        try:
            ids = [organizations.named(str(organization)).pk] if organization else maintenance.organizations()
        except DomainError as error:
            raise CommandError(error.detail) from error
        found = []
        for each in ids:
            run, seconds = self._forecast(each)
            found.append((run, seconds))
            if json:
                self.stdout.write(_as_json(run, seconds))
        if not json:
            rows = [_row(run, seconds) for run, seconds in found]
            show(Answer(None, "", HEADINGS, rows), self.stdout, as_json=False)  # type: ignore[arg-type]
        if failed := [run for run, _ in found if run.status != RunStatus.FINISHED]:
            raise CommandError(f"The forecast of {len(failed)} organisations failed; the one before stays.")

    def _forecast(self, organization_id: int) -> tuple[ForecastRun, float]:
        began = time.monotonic()
        run_id = runs.request(
            organization_id=organization_id,
            trigger=Trigger.ON_DEMAND,
            acting_as=Actor(user_id=None, label="manage.py forecast"),
        )
        run = _read(organization_id, run_id)
        while run.status in OPEN:
            runs.visit(organization_id=organization_id)
            _tell(run)
            run = _read(organization_id, run_id)
            if run.status in OPEN:  # the last parts are with other workers
                time.sleep(WAIT)
        _tell(None)
        return run, time.monotonic() - began


def _read(organization_id: int, run_id: int) -> ForecastRun:
    with tenancy.scope(organization_id):
        run: ForecastRun = ForecastRun.objects.get(pk=run_id)
        return run


def _tell(run: ForecastRun | None) -> None:
    """One line that shows how far it is; nothing where nobody looks at a terminal, and gone when it is over."""
    if not sys.stderr.isatty():
        return
    far = "" if run is None else f"{run.organization_id}: {run.series_done:,} of {run.series:,} forecasts"
    sys.stderr.write(f"\r\x1b[K{far}")
    sys.stderr.flush()


def _as_json(run: ForecastRun, seconds: float) -> str:
    found = {
        "organization": run.organization_id,
        "run": run.pk,
        "status": run.status,
        "series": run.series,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(run.cpu_seconds, 2),
        "counts": run.counts,
        "accuracy": run.accuracy,
        "error": run.error,
    }
    return json.dumps(found)


def _row(run: ForecastRun, seconds: float) -> list[Any]:
    own, base = run.accuracy.get("wape"), (run.accuracy.get("baseline") or {}).get("wape")
    shares = ["" if each is None else f"{each:.1%}" for each in (own, base)]
    spent = [f"{seconds:.1f}", f"{run.cpu_seconds:.1f}"]
    return [run.organization_id, run.pk, run.status, run.series, *spent, *shares, run.error]
