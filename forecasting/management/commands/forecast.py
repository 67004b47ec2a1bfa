"""forecast: forecast everything now, in this process and whatever workers come to help, and say how good it is."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from forecasting.choices import OPEN, RunStatus, Trigger
from forecasting.models import ForecastRun
from forecasting.services import runs
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import DomainError
from stock.services import maintenance

WAIT = 0.2


class Command(BaseCommand):
    help = "Forecast every product in every store, and show it when all of it is there. May be stopped at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", metavar="SLUG", help="one organisation, by its slug or id")
        parser.add_argument("--json", action="store_true", help="one line of JSON for each organisation")

    def handle(self, *, organization: str | None, json: bool, **options: Any) -> None:
        try:
            ids = [organizations.named(str(organization)).pk] if organization else maintenance.organizations()
        except DomainError as error:
            raise CommandError(error.detail) from error
        failed = [each for each in ids if not self._forecast(each, as_json=json)]
        if failed:
            raise CommandError(f"The forecast of {len(failed)} organisations failed; the one before stays.")

    def _forecast(self, organization_id: int, *, as_json: bool) -> bool:
        began = time.monotonic()
        run_id = runs.request(
            organization_id=organization_id,
            trigger=Trigger.ON_DEMAND,
            acting_as=Actor(user_id=None, label="manage.py forecast"),
        )
        run = _read(organization_id, run_id)
        while run.status in OPEN:
            runs.visit(organization_id=organization_id)
            run = _read(organization_id, run_id)
            if run.status in OPEN:  # the last parts are with other workers
                time.sleep(WAIT)
        self.stdout.write(_line(run, time.monotonic() - began, as_json))
        return run.status == RunStatus.FINISHED


def _read(organization_id: int, run_id: int) -> ForecastRun:
    with tenancy.scope(organization_id):
        run: ForecastRun = ForecastRun.objects.get(pk=run_id)
        return run


def _line(run: ForecastRun, seconds: float, as_json: bool) -> str:
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
    if as_json:
        return json.dumps(found)
    if run.status != RunStatus.FINISHED:
        return f"{run.organization_id}: {run.error}"
    own, base = run.accuracy.get("wape"), (run.accuracy.get("baseline") or {}).get("wape")
    good = "" if own is None or base is None else f"; off by {own:.1%} of sales in tests, last week again {base:.1%}"
    return f"{run.organization_id}: {run.series} forecasts in {seconds:.1f} s{good}"
