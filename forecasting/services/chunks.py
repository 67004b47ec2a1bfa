"""One chunk of a run: claimed, forecast and written by whoever comes, once.

Claiming is a short transaction of its own, so that a chunk no worker survives is noticed. The work is another one, with
the chunk's row locked: when a worker is killed the database takes back what it wrote and frees the row at once, and the
next worker does the chunk anew. What it writes is seen by nobody before the run is finished (services.runs).
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.db import OperationalError
from django.db.models import F
from numpy.typing import NDArray

from forecasting.choices import ChunkStatus, RunStatus
from forecasting.models import ForecastChunk, ForecastRun
from forecasting.selectors import panels
from forecasting.services import figures, writing
from inventory_project.kernel import clock, sql, tenancy

logger = logging.getLogger(__name__)
SQL = Path(__file__).resolve().parent.parent / "sql"
MOST_ATTEMPTS = 4
# The role's own limits are for requests; a chunk reads years.
LIMITS = ("SET LOCAL statement_timeout = '5min'", "SET LOCAL idle_in_transaction_session_timeout = '5min'")
INTERNAL = "A part of the forecast could not be made because of a fault of ours. The forecast before stays."
DEADLY = (
    "The workers did not survive a part of this forecast. The forecast before stays; the operator should look at it."
)
PRICES = """
    SELECT array_agg(coalesce(p.sale_price, 0)::float8 ORDER BY k.place) AS prices
      FROM unnest(%(products)s::bigint[]) WITH ORDINALITY AS k (product_id, place)
      LEFT JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = k.product_id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A chunk and the number of the attempt at it, which nobody else has."""

    organization_id: int
    chunk_id: int
    run_id: int
    attempt: int


def claim(organization_id: int) -> Claim | None:
    """The next chunk of the running run that nobody is at; None when there is none."""
    with tenancy.scope(organization_id, durable=True):
        found = sql.rows(sql.statement(SQL / "claim_chunk.sql"), {"organization": organization_id})
    if not found:
        return None
    return Claim(organization_id, found[0]["id"], found[0]["run_id"], found[0]["attempts"])


def work(claimed: Claim, *, threads: int = 1) -> bool:
    """Forecast the claimed chunk. False when somebody else took it meanwhile, or its run has ended with a fault."""
    if claimed.attempt > MOST_ATTEMPTS:
        fail_run(claimed, DEADLY)
        return False
    try:
        with tenancy.scope(claimed.organization_id, durable=True):
            return _work(claimed, threads)
    except OperationalError:
        raise  # the database went away, or the chunk was too long for it: it is tried again
    except Exception:
        logger.exception("forecast failed", extra={"organization": claimed.organization_id, "run": claimed.run_id})
        fail_run(claimed, INTERNAL)
        return False


def _work(claimed: Claim, threads: int) -> bool:
    for limit in LIMITS:
        sql.rows(limit, {})
    chunk = (
        ForecastChunk.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=claimed.chunk_id, attempts=claimed.attempt, status=ChunkStatus.WORKING)
        .first()
    )
    if chunk is None:
        return False
    run = ForecastRun.objects.filter(pk=claimed.run_id, status=RunStatus.RUNNING).first()
    if run is None:
        return False
    began, cpu = time.monotonic(), time.process_time()
    _forecast(chunk, run, threads)
    spent = {"seconds": time.monotonic() - began, "cpu_seconds": time.process_time() - cpu}
    ForecastChunk.objects.filter(pk=chunk.pk).update(status=ChunkStatus.DONE, finished_at=clock.now(), **spent)
    # Last of all, because the other workers wait for this row.
    ForecastRun.objects.filter(pk=run.pk).update(
        chunks_done=F("chunks_done") + 1,
        series_done=F("series_done") + len(chunk.product_ids),
        cpu_seconds=F("cpu_seconds") + spent["cpu_seconds"],
    )
    return True


def _forecast(chunk: ForecastChunk, run: ForecastRun, threads: int) -> None:
    told: dict[str, Any] = run.parameters
    stores, products, categories = (
        np.array(values, np.int64) for values in (chunk.store_ids, chunk.product_ids, chunk.category_ids)
    )
    group = groups_of(stores, categories)
    first = chunk.last_day - timedelta(days=int(told["history_days"]) - 1)
    panel = panels.read(stores=stores, products=products, group=group, first=first, last=chunk.last_day)
    prices = np.array(
        sql.rows(PRICES, {"organization": chunk.organization_id, "products": chunk.product_ids})[0]["prices"], float
    )
    made = figures.of(panel, group, prices, horizon=int(told["horizon"]), seed=int(told["seed"]), threads=threads)
    writing.put(
        made,
        stores=stores,
        products=products,
        categories=categories,
        organization=chunk.organization_id,
        run=run.pk,
        chunk=chunk.pk,
    )
    ForecastChunk.objects.filter(pk=chunk.pk).update(spread=made.spread, pooled=made.pooled)


def groups_of(stores: NDArray[np.int64], categories: NDArray[np.int64]) -> NDArray[np.int64]:
    """(N,) the number of each series' store and category; series of one are beside each other."""
    new = (np.diff(stores, prepend=-1) != 0) | (np.diff(categories, prepend=-1) != 0)
    return np.cumsum(new, dtype=np.int64) - 1


def fail_run(claimed: Claim, sentence: str) -> None:
    """End the run; nothing of it is ever shown, and the forecast before stays."""
    with tenancy.scope(claimed.organization_id, durable=True):
        ForecastChunk.objects.filter(pk=claimed.chunk_id).update(status=ChunkStatus.FAILED)
        ForecastRun.objects.filter(pk=claimed.run_id, status=RunStatus.RUNNING).update(
            status=RunStatus.FAILED, error=sentence, finished_at=clock.now()
        )
