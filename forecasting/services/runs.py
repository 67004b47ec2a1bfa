"""Runs: asked for, begun, worked on, shown. The only writer of runs.

`request` notes that a run is wanted; `visit` does what is to be done for an organisation for a while: begin the next
run, forecast chunks, finish. Any number of workers may visit at once, and more of them are faster: chunks are claimed
one by one. A run is shown by the transaction that finishes it, so nobody ever sees half of one.
"""

from __future__ import annotations

import logging
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, connections, transaction

from accounts.models import Organization
from audit import services as audit
from forecasting.choices import HORIZON, RunStatus, Trigger
from forecasting.models import ForecastChunk, ForecastRun
from forecasting.services import chunks, finishing, pouring
from inventory_project.kernel import clock, queue, sql, tenancy
from inventory_project.kernel.access import SYSTEM, Actor
from stock.services import snapshots

logger = logging.getLogger(__name__)
SQL = Path(__file__).resolve().parent.parent / "sql"
TASK = "forecasting.visit"
CODE_VERSION = "1"
"""Raised when the same data would give other figures."""

HISTORY_DAYS = 1096
SEED = 1
MOST_HINTS = 16
VISIT_SECONDS = 5.0
"""After so long a worker lets others' work pass before it takes the next chunk."""

PATIENCE = "SET LOCAL statement_timeout = '5min'"
# The next of several imports in a row should find its run still waiting.
IMPORT_PAUSE = timedelta(seconds=30)


def request(*, organization_id: int, trigger: Trigger, acting_as: Actor = SYSTEM, due_date: date | None = None) -> int:
    """Ask for a run of everything, and ring; the run's id.

    While one of the same kind waits it is that one. A night's run is made once: it is that one, whatever became of it.
    """
    with tenancy.scope(organization_id, durable=True):
        found = _waiting(trigger, due_date) or _queue(organization_id, trigger, acting_as, due_date)
        transaction.on_commit(lambda: queue.ring(TASK, organization_id=organization_id))
    return found


def request_after_import(*, organization_id: int, import_id: int | None) -> int:
    """Ask for a run of what an import changed (None: of everything), and ring; the run's id.

    While one waits it is that one, and it takes this import's series along.
    """
    with tenancy.scope(organization_id, durable=True):
        imports = None if import_id is None else [import_id]
        if (run := _waiting_import()) is None:
            _queue(organization_id, Trigger.IMPORT, SYSTEM, None, imports=imports)
            run = _waiting_import()
        assert run is not None  # ours, or one that was queued in the same moment and pauses as long
        known = run.parameters.get("imports")
        both = None if imports is None or known is None else sorted({*known, *imports})
        ForecastRun.objects.filter(pk=run.pk).update(parameters={**run.parameters, "imports": both})
        transaction.on_commit(lambda: queue.ring(TASK, organization_id=organization_id))
    return int(run.pk)


def _waiting_import() -> ForecastRun | None:
    """Locked, so that it does not begin while it is told of more."""
    waiting = ForecastRun.objects.filter(trigger=Trigger.IMPORT, status=RunStatus.QUEUED)
    found: ForecastRun | None = waiting.select_for_update(of=("self",), no_key=True).first()
    return found


def _waiting(trigger: Trigger, due_date: date | None) -> int | None:
    runs = ForecastRun.objects.filter(trigger=trigger)
    which = {"due_date": due_date} if trigger == Trigger.NIGHTLY else {"status": RunStatus.QUEUED}
    return runs.filter(**which).values_list("pk", flat=True).first()


def _queue(
    organization_id: int, trigger: Trigger, acting_as: Actor, due_date: date | None, imports: list[int] | None = None
) -> int:
    try:
        with transaction.atomic():
            run = ForecastRun.objects.create(
                organization_id=organization_id,
                trigger=trigger,
                due_date=due_date or _today(organization_id),
                code_version=CODE_VERSION,
                parameters=_parameters() | ({"imports": imports} if trigger == Trigger.IMPORT else {}),
                actor_id=acting_as.user_id,
                actor_label=acting_as.label[:150],
                not_before=clock.now() + IMPORT_PAUSE if trigger == Trigger.IMPORT else None,
            )
            _note("requested", run, acting_as)
    except IntegrityError:  # somebody else asked in the same moment
        found = _waiting(trigger, due_date)
        if found is None:
            raise
        return found
    return int(run.pk)


def _parameters() -> dict[str, object]:
    return {
        "horizon": max(HORIZON, settings.FORECAST_DAYS),
        "history_days": HISTORY_DAYS,
        "chunk": settings.FORECAST_CHUNK,
        "baselines": ["seasonal_naive", "moving_average"],
        "seed": SEED,
    }


def _today(organization_id: int) -> date:
    zone = Organization.objects.get(pk=organization_id).time_zone
    return clock.now().astimezone(ZoneInfo(zone)).date()


def visit(*, organization_id: int, seconds: float = VISIT_SECONDS, threads: int = 1) -> bool:
    """Do what is to be done for about so many seconds. True when something was left."""
    until = time.monotonic() + seconds
    while True:
        _begin(organization_id)
        while (claimed := chunks.claim(organization_id)) is not None:
            chunks.work(claimed, threads=threads)
            if time.monotonic() > until:
                return True
        if not finishing.finish_if_done(organization_id):
            return _is_left(organization_id)


def _begin(organization_id: int) -> None:
    """Begin the run that waits longest, unless one is under way."""
    with tenancy.scope(organization_id):
        if _next(organization_id, lock=False) is None:
            return
    # Closing balances of the days that are over since; done already as a rule.
    snapshots.take(organization_id=organization_id)
    try:
        with tenancy.scope(organization_id, durable=True):
            sql.rows(PATIENCE, {})
            run = _next(organization_id, lock=True)
            if run is not None:
                _plan(run)
    except IntegrityError:
        logger.info("another run was begun first", extra={"organization": organization_id})


def _next(organization_id: int, *, lock: bool) -> ForecastRun | None:
    if ForecastRun.objects.filter(status=RunStatus.RUNNING).exists():
        return None
    waiting = ForecastRun.objects.filter(status=RunStatus.QUEUED).exclude(not_before__gt=clock.now()).order_by("pk")
    if lock:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    found: ForecastRun | None = waiting.first()
    return found


def _plan(run: ForecastRun) -> None:
    now = clock.now()
    ForecastRun.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING, started_at=now)
    asked = {
        "organization": run.organization_id,
        "run": run.pk,
        "now": now,
        "size": int(run.parameters["chunk"]),
        **pouring.plan(run),
    }
    made = sql.rows(sql.statement(SQL / "plan_chunks.sql"), asked)[0]
    last: date | None = made["last_day"]
    ForecastRun.objects.filter(pk=run.pk).update(
        chunks=made["chunks"],
        series=made["series"],
        last_day=last,
        first_day=last and last - timedelta(days=int(run.parameters["history_days"]) - 1),
    )
    # The others who are free may help.
    hints = min(made["chunks"] - 1, MOST_HINTS)
    transaction.on_commit(lambda: [queue.ring(TASK, organization_id=run.organization_id) for _ in range(hints)])


def _is_left(organization_id: int) -> bool:
    with tenancy.scope(organization_id):
        if ForecastChunk.objects.filter(run__status=RunStatus.RUNNING, status="waiting").exists():
            return True
        return _next(organization_id, lock=False) is not None


def due(*, now: datetime) -> list[tuple[int, date]]:
    """(organisation, date) whose nightly run has come by its own clock and was not asked for. Asked as the platform."""
    params = {"now": now, "hour": settings.FORECAST_HOUR}
    found = sql.rows(sql.statement(SQL / "due_organizations.sql"), params, using="platform")
    return [(row["id"], row["today"]) for row in found]


def stragglers() -> list[int]:
    """Organisations with a run that waits or is under way: a hint may have been lost, a worker killed."""
    query = """
        SELECT DISTINCT organization_id FROM forecasting_forecastrun
         WHERE status IN ('queued', 'running') AND (not_before IS NULL OR not_before <= now()) ORDER BY 1
    """
    with connections["platform"].cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


def _note(verb: str, run: ForecastRun, acting_as: Actor) -> None:
    audit.record(
        f"forecasting.run.{verb}",
        acting_as=acting_as,
        object_type="forecast_run",
        object_id=run.pk,
        object_label=str(run),
        after={"status": str(run.status), "trigger": str(run.trigger), "due_date": run.due_date.isoformat()},
    )
