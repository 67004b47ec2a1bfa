"""Files to import, for tests: sent as a member would, and carried out here."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from inventory_project.kernel import tenancy
from stock.models import ImportJob, ImportProblem, StockMovement
from stock.services.imports import jobs, running
from stock.services.imports.asking import Asked
from tests.factories.stock import Shop

UNIFIED = "product_name,category,unit_cost,quantity_sold,sale_price,sale_date,stock_after_sale"


def send(shop: Shop, body: bytes | str, *, name: str = "file.csv", applies: bool = True, **asked: Any) -> ImportJob:
    """A file imported from end to end, as the shop's admin; the job afterwards."""
    content = body.encode() if isinstance(body, str) else body
    access = shop.access()
    job_id, _ = jobs.submit(
        file=io.BytesIO(content),
        name=name,
        asked=Asked(**asked),
        applies_itself=applies,
        key=None,
        access=access,
        acting_as=access.actor(),
        rings=False,
    )
    return carry_out(shop, job_id)


def carry_out(shop: Shop, job_id: int) -> ImportJob:
    assert running.run(job_id=job_id, organization_id=shop.organization.id)
    return read(shop, job_id)


def read(shop: Shop, job_id: int) -> ImportJob:
    with tenancy.scope(shop.organization.id):
        return ImportJob.objects.get(pk=job_id)


def undo(shop: Shop, job: ImportJob) -> ImportJob:
    access = shop.access()
    jobs.undo(job_id=job.pk, access=access, acting_as=access.actor())
    return carry_out(shop, job.pk)


def csv(header: str, rows: Iterable[str]) -> str:
    return "\n".join([header, *rows]) + "\n"


def problems(shop: Shop, job: ImportJob) -> list[tuple[int, str, str, str]]:
    """Line, column, value and outcome of each problem."""
    with tenancy.scope(shop.organization.id):
        found = ImportProblem.objects.filter(job=job).order_by("line", "id")
        return [(each.line, each.column, each.value, each.outcome) for each in found]


def movements(shop: Shop) -> list[tuple[str, str, int, int]]:
    """SKU, kind, quantity and balance of each movement, in order."""
    with tenancy.scope(shop.organization.id):
        found = StockMovement.objects.select_related("product").order_by("sequence")
        return [(each.product.sku, each.kind, int(each.quantity), int(each.balance_after)) for each in found]
