"""The end of a run: shown at once and whole, compared with later by what happened, and in time forgotten."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import orjson

from audit import services as audit
from forecasting.choices import ChunkStatus, RunStatus, Trigger
from forecasting.models import Forecast, ForecastChunk, ForecastPromise, ForecastRun, GroupForecast
from forecasting.models.proposals import ProposalTrigger
from forecasting.selectors import measures
from forecasting.services import proposals
from forecasting.services.figures import BASELINE
from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import Actor

SQL = Path(__file__).resolve().parent.parent / "sql"
PATIENCE = "SET LOCAL statement_timeout = '5min'"
RUNS_KEPT = timedelta(days=365)
"""How long what is said of a run is kept; its figures only until the next one is shown."""

PROMISES_KEPT = timedelta(days=45)


def finish_if_done(organization_id: int) -> bool:
    """Show the running run if all of its chunks are there. True when it was finished here."""
    with tenancy.scope(organization_id, durable=True):
        sql.rows(PATIENCE, {})
        run = ForecastRun.objects.select_for_update(of=("self",)).filter(status=RunStatus.RUNNING).first()
        if run is None or ForecastChunk.objects.filter(run=run).exclude(status=ChunkStatus.DONE).exists():
            return False
        _show(run)
    with tenancy.scope(organization_id, durable=True):
        sql.rows(PATIENCE, {})
        _forget(run)
    return True


def _show(run: ForecastRun) -> None:
    asked = {"organization": run.organization_id, "run": run.pk}
    whole = f"SELECT {measures.MEASURES} FROM f"
    found = sql.rows(sql.statement(SQL / "summarize_run.sql").replace("{measures}", whole), asked)[0]
    ForecastRun.objects.filter(is_current=True).update(is_current=False)
    ForecastRun.objects.filter(pk=run.pk).update(
        status=RunStatus.FINISHED,
        is_current=True,
        finished_at=clock.now(),
        counts={name: orjson.loads(found[name]) for name in ("states", "methods")},
        accuracy=measures.shown(found, baseline=BASELINE),
    )
    if run.trigger == Trigger.NIGHTLY:
        sql.rows(sql.statement(SQL / "keep_promises.sql"), asked)
    sql.rows(sql.statement(SQL / "judge_promises.sql"), {"organization": run.organization_id, "now": clock.now()})
    audit.record(
        "forecasting.run.finished",
        acting_as=Actor(user_id=run.actor_id, label=run.actor_label),
        object_type="forecast_run",
        object_id=run.pk,
        object_label=str(run),
        after={"status": str(RunStatus.FINISHED), "series": run.series},
    )
    proposals.request_step(organization_id=run.organization_id, trigger=ProposalTrigger.FORECAST)


def _forget(run: ForecastRun) -> None:
    """Figures of runs that are shown no more, and of those that failed; very old runs altogether.

    Readers name the current run in each statement, so whoever turns pages meanwhile goes on in the new one.
    """
    old = ForecastRun.objects.exclude(status__in=[RunStatus.QUEUED, RunStatus.RUNNING]).filter(is_current=False)
    ids = list(old.filter(pk__lt=run.pk).values_list("pk", flat=True))
    for model in (Forecast, GroupForecast, ForecastChunk):
        model.objects.filter(run_id__in=ids).delete()
    old.filter(created_at__lt=clock.now() - RUNS_KEPT).delete()
    ForecastPromise.objects.filter(first_day__lt=(clock.now() - PROMISES_KEPT).date()).delete()
