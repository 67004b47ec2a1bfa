"""Looking at balances: alerts are raised, changed and closed here, and nowhere else.

Three ways lead here, all to `judge_step`: a balance that calls because it left the lines kept with it (stock.services.
watches), a whole organisation after each forecast, and a person who acts on an alert. It holds the balances it judges,
so no movement changes them between the look and what is written; it changes nothing when nothing has changed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from audit import services as audit
from forecasting.models import AlertReview
from forecasting.models.alerts import Severity
from inventory_project.kernel import clock, queue, sql, tenancy
from inventory_project.kernel.access import SYSTEM, Actor
from stock.services import attempts, balances, listeners, watches
from stock.services.watches import Place

logger = logging.getLogger(__name__)
SQL = Path(__file__).resolve().parent.parent / "sql"
CALLS_TASK = listeners.BALANCES_CALLED
REVIEW_TASK = "forecasting.review_alerts"
CALLS_A_LOOK = 500
BALANCES_A_LOOK = 1000
"""So many are held at a time; movements of others go on, and those of these wait some hundredths of a second."""

LEAST_EXPECTED = 0.5
"""Units expected to sell in 30 days from which on a store is taken to carry a product it never held."""

LISTED_AT_ONCE = 5000

CALLS_SECONDS = 0.5
REVIEW_SECONDS = 20.0
"""After so long a worker lets others' work pass."""

PATIENCE_SECONDS = 2.0
"""After so long a call or a review that nobody is at is rung for once more."""


def judge_step(places: Sequence[Place]) -> None:
    """Raise, change and close the alerts of these balances, inside the caller's transaction; four statements and one of
    the log for any number of them."""
    if not places:
        return
    watches.hold(places)
    asked = watches.asked_for(places)
    sql.rows(sql.statement(SQL / "hold_alerts.sql"), asked)
    found = sql.rows(sql.statement(SQL / "evaluate_alerts.sql"), {**asked, "now": clock.now()})[0]
    told = orjson.loads(found.pop("told"))
    watches.set_lines(found)
    audit.record_many([entry(row.pop("verb"), row) for row in told])


def entry(
    verb: str, row: dict[str, Any], acting_as: Actor = SYSTEM, detail: dict[str, Any] | None = None
) -> audit.Entry:
    """What the log, and whoever reads it live, is told of an alert: no money, which not everybody may see."""
    before = {"severity": severity_name(row["severity_before"]), "status": row["status_before"]}
    return audit.Entry(
        action=f"alert.{verb}",
        acting_as=acting_as,
        object_type="alert",
        object_id=row["id"],
        object_label=f"{row['sku']} in {row['store_name']}",
        store_id=row["store"],
        product_id=row["product"],
        before=None if row["status_before"] is None else before,
        after={"severity": severity_name(row["severity"]), "status": row["status"]},
        detail={"kind": row["kind"], "available": row["available"], **(detail or {})},
    )


def severity_name(value: int | None) -> str | None:
    """As it is said outside."""
    return None if value is None else Severity(value).name.lower()


def answer_calls(*, organization_id: int, seconds: float = CALLS_SECONDS) -> bool:
    """Look at the balances that called, and wake what was put off until now. True when some calls are left."""
    listeners.heard(organization_id)
    until = time.monotonic() + seconds
    attempts.in_scope(lambda: _wake(organization_id), organization_id=organization_id)
    while attempts.in_scope(_answer, organization_id=organization_id) == CALLS_A_LOOK:
        if time.monotonic() > until:
            return True
    return False


def _answer() -> int:
    calls, places = watches.take_calls(most=CALLS_A_LOOK)
    judge_step(places)
    return calls


def _wake(organization_id: int) -> None:
    params = {"organization": organization_id, "now": clock.now()}
    audit.record_many([entry("woken", row) for row in sql.rows(sql.statement(SQL / "wake_alerts.sql"), params)])


def request_review(*, organization_id: int) -> None:
    """Have all balances of an organisation looked at, from the first one on."""
    with tenancy.scope(organization_id, durable=True):
        request_review_step(organization_id)


def request_review_step(organization_id: int) -> None:
    """The same inside the caller's transaction: rung when it has committed."""
    values = {"wanted_at": clock.now(), "last_store": 0, "last_product": 0}
    AlertReview.objects.update_or_create(organization_id=organization_id, defaults=values)
    transaction.on_commit(lambda: queue.ring(REVIEW_TASK, organization_id=organization_id))


def review(*, organization_id: int, seconds: float = REVIEW_SECONDS) -> bool:
    """Look at all balances from where the review stands, part by part, each in a transaction of its own. True when some
    are left."""
    until = time.monotonic() + seconds
    while _list_never_held(organization_id) == LISTED_AT_ONCE:
        if time.monotonic() > until:
            return True
    while attempts.in_scope(_next_part(organization_id), organization_id=organization_id):
        if time.monotonic() > until:
            return True
    return False


def _list_never_held(organization_id: int) -> int:
    """Give what a store is to sell and never held an empty balance, before a review begins: how many."""
    with tenancy.scope(organization_id):
        if not AlertReview.objects.filter(wanted_at__isnull=False, last_store=0, last_product=0).exists():
            return 0
        asked = {"organization": organization_id, "least": LEAST_EXPECTED, "most": LISTED_AT_ONCE}
        found = sql.rows(sql.statement(SQL / "never_held.sql"), asked)
    places = [(row["store_id"], row["product_id"]) for row in found]
    balances.open_empty(places, organization_id=organization_id)
    return len(places)


def _next_part(organization_id: int) -> Callable[[], bool]:
    def work() -> bool:
        wanted = AlertReview.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        state = wanted.filter(wanted_at__isnull=False).first()
        if state is None:
            return False
        places = watches.after((state.last_store, state.last_product), most=BALANCES_A_LOOK)
        judge_step(places)
        if len(places) < BALANCES_A_LOOK:
            state.wanted_at, state.finished_at = None, clock.now()
        else:
            state.last_store, state.last_product = places[-1]
        state.save(update_fields=["wanted_at", "finished_at", "last_store", "last_product"])
        return state.wanted_at is not None

    return work


def due() -> list[dict[str, Any]]:
    """Organisations with calls nobody answered (or alerts to wake), and those with a review nobody is at."""
    params = {"now": clock.now(), "patience": PATIENCE_SECONDS}
    return sql.rows(sql.statement(SQL / "due_alerts.sql"), params, using="platform")
