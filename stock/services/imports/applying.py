"""A plan into the ledger, a chunk at a time.

Each chunk is one transaction: its movements through the one apply, the fingerprints of its rows, the job's progress. So
tills wait for a chunk and never for a file, and a worker that dies is followed by one that skips what is in (ADR 13).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import orjson

from inventory_project.kernel import clock, tenancy
from stock.choices import REJECTIONS, AppliedVia
from stock.models import ImportJob
from stock.services import ledger, ledger_rows
from stock.services.imports import abreast, stage

CHUNK = 5_000
# From so many rows on the planner is told of them: after the first chunk, for all the others, and after the last one.
LARGE = 4 * CHUNK
# Hexadecimal digits that the ids of a batch have in common; the seven that are left count its movements.
IDS_SHARE = 25


@dataclass(slots=True)
class Applied:
    """What chunks did: rows that are in, movements written."""

    rows: int = 0
    movements: int = 0


# Hears inside a chunk's transaction how many places of the plan it took and how many rows are in by it.
Said = Callable[[int, int], None]


class _Refused(Exception):
    """Movements the ledger refused: place in the plan -> reason. Nothing of the chunk was kept."""

    def __init__(self, reasons: dict[int, str]) -> None:
        super().__init__(len(reasons))
        self.reasons = reasons


def run(job: ImportJob, places: int, *, via: AppliedVia, said: Said) -> Applied:
    """Apply the plan: a large one by two sessions side by side."""

    def stretch(after: int, upto: int, over: Event) -> Applied:
        return _stretch(job, after, upto, over, via=via, said=said)

    if places < LARGE:
        return stretch(0, places, Event())
    parts = [stretch(0, CHUNK, Event())]
    _tell_planner(job)
    parts += abreast.run(job, CHUNK, places, stretch)
    _tell_planner(job)
    return Applied(sum(part.rows for part in parts), sum(part.movements for part in parts))


def _stretch(job: ImportJob, after: int, upto: int, over: Event, *, via: AppliedVia, said: Said) -> Applied:
    """The places after `after` up to `upto`, chunk by chunk, until they are done or `over` is set."""
    total = Applied()
    for begin in range(after, upto, CHUNK):
        if over.is_set():
            break
        done = _Chunk(job, begin, min(begin + CHUNK, upto), via).apply(said)
        total.rows += done.rows
        total.movements += done.movements
    return total


def _tell_planner(job: ImportJob) -> None:
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        stage.query("SELECT stock_analyze_written()")


@dataclass(frozen=True, slots=True)
class _Chunk:
    job: ImportJob
    after: int
    upto: int
    via: AppliedVia

    def apply(self, said: Said) -> Applied:
        """Rows whose movements the ledger refuses are set aside with the reason, and the others are applied."""
        while True:
            try:
                return ledger.in_scope(lambda: self._attempt(said), organization_id=self.job.organization_id)
            except _Refused as refused:
                self._set_aside(refused.reasons)

    def _attempt(self, said: Said) -> Applied:
        stage.raise_limits()
        span = {"after": self.after, "upto": self.upto}
        balances = stage.run("chunk_balances.sql", **span)[0]
        negative_sales = ledger.lock_step(balances["balances"].encode(), count=balances["count"])
        stage.query("TRUNCATE stock_staged")
        stage.run("stage_chunk.sql", **span, **signed(self.job))
        stage.run("unchanged.sql", **span)
        costs = stage.query("SELECT EXISTS (SELECT FROM stock_staged WHERE unit_cost IS NOT NULL) AS said")[0]["said"]
        movements, refused = ledger.apply_staged_step(via=self.via, negative_sales=negative_sales, costs=costs)
        if refused:
            raise _Refused(_by_place({verdict.id: verdict.rejection for verdict in refused}))
        kept = int(stage.run("keep_rows.sql", **span, job=self.job.pk)[0]["rows"])
        said(self.upto - self.after, kept)
        return Applied(kept, movements)

    def _set_aside(self, reasons: dict[int, str]) -> None:
        body = [{"place": place, "reason": reason} for place, reason in reasons.items()]
        ledger.in_scope(
            lambda: stage.run("refuse.sql", refused=orjson.dumps(body).decode()),
            organization_id=self.job.organization_id,
        )


def _by_place(rejections: dict[str, str]) -> dict[int, str]:
    ids = list(rejections)
    rows = stage.query("SELECT id::text, place FROM stock_staged WHERE id = ANY(%(ids)s::uuid[])", ids=ids)
    return {row["place"]: REJECTIONS.get(rejections[row["id"]], rejections[row["id"]]) for row in rows}


def signed(job: ImportJob) -> dict[str, object]:
    """How the movements of a job are signed; `ids` is what their ids begin with."""
    return {
        "ids": ledger_rows.new_id().replace("-", "")[:IDS_SHARE],
        "now": clock.now(),
        "actor": job.actor_id,
        "actor_label": job.actor_label,
        "request_id": job.request_id,
        "number": job.label,
    }
