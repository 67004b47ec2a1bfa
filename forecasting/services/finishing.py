"""The end of a run: shown at once and whole, compared with later by what happened, and in time forgotten."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from django.db import OperationalError

from audit import services as audit
from forecasting.choices import ChunkStatus, RunStatus, Trigger
from forecasting.models import Forecast, ForecastChunk, ForecastPromise, ForecastRun, GroupForecast
from forecasting.models.proposals import ProposalTrigger
from forecasting.selectors import measures
from forecasting.services import pouring, proposals
from forecasting.services.figures import BASELINE
from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import Actor

logger = logging.getLogger(__name__)
SQL = Path(__file__).resolve().parent.parent / "sql"
PATIENCE = "SET LOCAL statement_timeout = '5min'"
RUNS_KEPT = timedelta(days=365)
"""How long what is said of a run is kept; its figures only until the next one is shown."""

PROMISES_KEPT = timedelta(days=45)
TRIED_FOR = timedelta(hours=12)
"""How long after its beginning a run is given up that the database cannot show."""

NOT_SHOWN = "The forecast was made and could not be shown because of a fault of ours. The forecast before stays."
FORGET_CHUNKS = """
    DELETE FROM forecasting_forecastchunk
     WHERE organization_id = %(organization)s AND run_id = ANY(%(runs)s::bigint[])
"""


def finish_if_done(organization_id: int) -> bool:
    """Show the running run if all of its chunks are there. True when it was ended here.

    Raises OperationalError when the database could not be asked: it is tried again, for as long as TRIED_FOR.
    """
    run: ForecastRun | None = None
    try:
        with tenancy.scope(organization_id, durable=True):
            sql.rows(PATIENCE, {})
            run = _held()
            if run is None or ForecastChunk.objects.filter(run=run).exclude(status=ChunkStatus.DONE).exists():
                return False
            _show(run)
    except Exception as error:
        if run is None or (isinstance(error, OperationalError) and not _is_old(run)):
            raise
        logger.exception("a forecast could not be shown", extra={"organization": organization_id, "run": run.pk})
        _fail(run)
        return True
    _judge(organization_id)
    with tenancy.scope(organization_id, durable=True):
        sql.rows(PATIENCE, {})
        _forget(run)
    return True


def _held() -> ForecastRun | None:
    """The running run, locked; None while somebody else has it.

    That loses nothing: whoever locks it after the last chunk was written sees all of them. And whoever still writes a
    chunk holds the run's key, so the lock leaves the key alone.
    """
    waiting = ForecastRun.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found: ForecastRun | None = waiting.filter(status=RunStatus.RUNNING).first()
    return found


def _is_old(run: ForecastRun) -> bool:
    return run.started_at is not None and run.started_at < clock.now() - TRIED_FOR


def _fail(run: ForecastRun) -> None:
    """End it; nothing of it is ever shown, and the forecast before stays."""
    with tenancy.scope(run.organization_id, durable=True):
        ForecastRun.objects.filter(pk=run.pk, status=RunStatus.RUNNING).update(
            status=RunStatus.FAILED, error=NOT_SHOWN, finished_at=clock.now()
        )


def _show(run: ForecastRun) -> None:
    """All of it at once: as the run that is shown from now on, or, of what an import changed, into that run."""
    asked = {"organization": run.organization_id, "run": run.pk}
    told = {**_summary(run), "status": RunStatus.FINISHED, "finished_at": clock.now()}
    if pouring.is_part(run):
        ForecastRun.objects.filter(pk=run.pk).update(**told)
        shown = pouring.pour(run)
        found = _summary(shown)
        series = sum(found["counts"]["states"].values())
        ForecastRun.objects.filter(pk=shown.pk).update(**found, series=series, series_done=series)
    else:
        ForecastRun.objects.filter(is_current=True).update(is_current=False)
        ForecastRun.objects.filter(pk=run.pk).update(**told, is_current=True)
    if run.trigger == Trigger.NIGHTLY:
        sql.rows(sql.statement(SQL / "keep_promises.sql"), asked)
    audit.record(
        "forecasting.run.finished",
        acting_as=Actor(user_id=run.actor_id, label=run.actor_label),
        object_type="forecast_run",
        object_id=run.pk,
        object_label=str(run),
        after={"status": str(RunStatus.FINISHED), "series": run.series},
    )
    proposals.request_step(organization_id=run.organization_id, trigger=ProposalTrigger.FORECAST)


def _summary(run: ForecastRun) -> dict[str, Any]:
    """What a run says of its figures."""
    asked = {"organization": run.organization_id, "run": run.pk}
    whole = f"SELECT {measures.MEASURES} FROM f"
    found = sql.rows(sql.statement(SQL / "summarize_run.sql").replace("{measures}", whole), asked)[0]
    return {
        "counts": {name: orjson.loads(found[name]) for name in ("states", "methods")},
        "accuracy": measures.shown(found, baseline=BASELINE),
    }


def _judge(organization_id: int) -> None:
    """Compare what was promised, and the quantities people chose, with what happened since. Trouble with it keeps
    neither a forecast from being shown nor the old ones from being forgotten: the next run compares what is left."""
    try:
        with tenancy.scope(organization_id, durable=True):
            sql.rows(PATIENCE, {})
            params = {"organization": organization_id, "now": clock.now()}
            sql.rows(sql.statement(SQL / "judge_promises.sql"), params)
            sql.rows(sql.statement(SQL / "judge_overrides.sql"), params)
    except Exception:
        logger.exception("promises were not compared", extra={"organization": organization_id})


def _forget(run: ForecastRun) -> None:
    """Figures of runs that are shown no more, and of those that failed; very old runs altogether.

    Readers name the current run in each statement, so whoever turns pages meanwhile goes on in the new one.
    """
    old = ForecastRun.objects.exclude(status__in=[RunStatus.QUEUED, RunStatus.RUNNING]).filter(is_current=False)
    ids = list(old.filter(pk__lt=run.pk).values_list("pk", flat=True))
    for model in (Forecast, GroupForecast):
        model.objects.filter(run_id__in=ids).delete()
    # Django would look for each chunk's forecasts once more, among all of the run that is shown.
    sql.rows(FORGET_CHUNKS, {"organization": run.organization_id, "runs": ids})
    old.filter(created_at__lt=clock.now() - RUNS_KEPT).delete()
    ForecastPromise.objects.filter(first_day__lt=(clock.now() - PROMISES_KEPT).date()).delete()
