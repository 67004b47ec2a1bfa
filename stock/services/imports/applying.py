"""A plan into the ledger, a chunk at a time.

Each chunk is one transaction: its movements through the one apply, the fingerprints of its rows, the job's progress. So
tills wait for a chunk and never for a file, and a worker that dies is followed by one that skips what is in (ADR 13).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import orjson

from inventory_project.kernel import clock, tenancy
from stock.choices import REJECTIONS, AppliedVia
from stock.models import ImportJob
from stock.services import ledger, ledger_rows
from stock.services.imports import stage

CHUNK = 5_000
# From so many rows on the planner is told of them: after the first chunk, for all the others, and after the last one.
LARGE = 4 * CHUNK
# Hexadecimal digits that the ids of a batch have in common; the seven that are left count its movements.
IDS_SHARE = 25


@dataclass(slots=True)
class Applied:
    """What the chunks did: rows that are in, movements written."""

    rows: int = 0
    movements: int = 0


class _Refused(Exception):
    """Movements the ledger refused: place in the plan -> reason. Nothing of the chunk was kept."""

    def __init__(self, reasons: dict[int, str]) -> None:
        super().__init__(len(reasons))
        self.reasons = reasons


def run(job: ImportJob, places: int, *, via: AppliedVia, said: Callable[[Applied, int], None]) -> Applied:
    """Apply the plan; `said` hears, inside each chunk's transaction, what is done and up to which place."""
    total = Applied()
    for after in range(0, places, CHUNK):
        chunk = _Chunk(job, after, min(after + CHUNK, places), via)
        done = chunk.apply(partial(_say, said, total.rows, chunk.upto))
        total.rows += done.rows
        total.movements += done.movements
        if places >= LARGE and (after == 0 or chunk.upto == places):
            _tell_planner(job)
    return total


def _tell_planner(job: ImportJob) -> None:
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        stage.query("SELECT stock_analyze_written()")


def _say(said: Callable[[Applied, int], None], before: int, place: int, done: Applied) -> None:
    said(Applied(before + done.rows, done.movements), place)


@dataclass(frozen=True, slots=True)
class _Chunk:
    job: ImportJob
    after: int
    upto: int
    via: AppliedVia

    def apply(self, said: Callable[[Applied], None]) -> Applied:
        """Rows whose movements the ledger refuses are set aside with the reason, and the others are applied."""
        while True:
            try:
                return ledger.in_scope(lambda: self._attempt(said), organization_id=self.job.organization_id)
            except _Refused as refused:
                self._set_aside(refused.reasons)

    def _attempt(self, said: Callable[[Applied], None]) -> Applied:
        stage.raise_limits()
        span = {"after": self.after, "upto": self.upto}
        balances = stage.run("chunk_balances.sql", **span)[0]
        negative_sales = ledger.lock_step(balances["balances"].encode(), count=balances["count"])
        stage.query("TRUNCATE stock_staged")
        stage.run("stage_chunk.sql", **span, **signed(self.job))
        stage.run("unchanged.sql", **span)
        movements, refused = ledger.apply_staged_step(via=self.via, negative_sales=negative_sales)
        if refused:
            raise _Refused(_by_place({verdict.id: verdict.rejection for verdict in refused}))
        kept = int(stage.run("keep_rows.sql", **span, job=self.job.pk)[0]["rows"])
        done = Applied(kept, movements)
        said(done)
        return done

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
        "number": job.number,
    }
