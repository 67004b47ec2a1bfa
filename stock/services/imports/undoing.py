"""An import taken back: the equal and opposite movements, and records as they were. All of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from catalog.models import Product, Supplier
from catalog.services import products, suppliers
from inventory_project.kernel import clock, records
from inventory_project.kernel.access import Actor
from stock.choices import AppliedVia, ImportKind
from stock.errors import NotUndoable
from stock.models import ImportedRecord, ImportedRow, ImportJob
from stock.services import ledger
from stock.services.imports import applying, stage
from stock.services.imports.catalogue import PRODUCT

CHUNK = 10_000
NAMED = 5


@dataclass(frozen=True, slots=True)
class Undone:
    movements: int
    removed: int
    restored: int


def run(job: ImportJob, acting_as: Actor, *, via: AppliedVia) -> Undone:
    """Reverse the job's movements and put its records back, inside one transaction with the change of its status.

    Raises NotUndoable when a balance would fall below zero, or a record was changed since.
    """
    if job.kind == ImportKind.HISTORY:
        raise NotUndoable(
            "A history file sets days of the past and keeps no others. Load a file with the former values."
        )
    stage.raise_limits()
    movements = _reverse(job, acting_as, via)
    removed, restored = _put_back(job, acting_as)
    ImportedRow.objects.filter(job_id=job.pk).delete()
    return Undone(movements, removed, restored)


def span(job: ImportJob) -> dict[str, datetime]:
    """When the job's movements were written; their ids carry the time."""
    begin = job.applying_at or job.created_at
    end = (job.applied_at or clock.now()) + timedelta(seconds=2)
    return {"begin": begin - timedelta(seconds=2), "end": end}


def _reverse(job: ImportJob, acting_as: Actor, via: AppliedVia) -> int:
    stage.run("drop_stage.sql")
    stage.create("create_staged.sql")
    stage.query("CREATE TEMP TABLE stock_undo (LIKE stock_staged)")
    names = {**applying.signed(job), "actor": acting_as.user_id, "actor_label": acting_as.label}
    stage.run("stage_undo.sql", **{**names, "request_id": acting_as.request_id}, **span(job))
    found = stage.query(
        "SELECT json_agg(json_build_object('store', store, 'product', product))::text AS balances, count(*) AS count, "
        "array_agg(DISTINCT store) AS stores FROM (SELECT DISTINCT store, product FROM stock_undo) touched"
    )[0]
    if not found["count"]:
        return 0
    ledger.lock_step(found["balances"].encode(), count=found["count"])
    ledger.lock_figures_step(found["stores"])
    stage.run("keep_reversals.sql")
    return _apply(job, via)


def _apply(job: ImportJob, via: AppliedVia) -> int:
    total = int(stage.query("SELECT count(*) AS rows FROM stock_undo")[0]["rows"])
    for after in range(0, total, CHUNK):
        stage.query("TRUNCATE stock_staged")
        stage.query(
            "INSERT INTO stock_staged SELECT * FROM stock_undo WHERE arrival > %(after)s AND arrival <= %(upto)s",
            after=after,
            upto=after + CHUNK,
        )
        _, refused = ledger.apply_staged_step(via=via, negative_sales=False, costs=True)
        if refused:
            raise NotUndoable(_dependents([verdict.id for verdict in refused]))
    return total


def _dependents(ids: list[str]) -> str:
    rows = stage.query(
        "SELECT DISTINCT p.sku FROM stock_undo u JOIN catalog_product p ON p.id = u.product "
        "WHERE u.id = ANY(%(ids)s::uuid[]) ORDER BY p.sku",
        ids=ids,
    )
    named = ", ".join(row["sku"] for row in rows[:NAMED]) + (" and others" if len(rows) > NAMED else "")
    return f"What this import brought in has gone out since; nothing was undone. Below zero would fall: {named}."


def _put_back(job: ImportJob, acting_as: Actor) -> tuple[int, int]:
    removed = restored = 0
    for kept in ImportedRecord.objects.filter(job=job).order_by("-record_id"):
        is_product = kept.noun == PRODUCT
        model: Any = Product if is_product else Supplier
        service: Any = products if is_product else suppliers
        record = model.objects.filter(pk=kept.record_id).first()
        if record is None:
            continue
        if kept.before is None:
            service.remove(acting_as=acting_as, record=record)
            removed += 1
            continue
        now = records.snapshot(record, kept.after)
        if now != kept.after:
            changed = ", ".join(name for name, value in now.items() if value != kept.after[name])
            raise NotUndoable(f"{record} was changed since ({changed}). Nothing was undone.")
        values = {name: model._meta.get_field(name).to_python(value) for name, value in kept.before.items()
                  if name in kept.after}  # fmt: skip
        service.update(acting_as=acting_as, record=record, values=values)
        restored += 1
    return removed, restored


def changed_series(job: ImportJob) -> list[tuple[int, int]]:
    """The (store, product) pairs whose sales or stock the job changed: what forecasts are to be made anew for."""
    rows = stage.run("changed_series.sql", number=job.label, **span(job))
    return [(row["store_id"], row["product_id"]) for row in rows]
