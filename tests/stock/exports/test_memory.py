"""A file costs memory by its pages and not by its rows."""

from __future__ import annotations

import pytest

from tests.factories.exports import ask, many_suppliers, read, worker
from tests.factories.stock import Shop, build_shop

FEW = 1_000
MANY = {"csv": 100_000, "xlsx": 30_000}
ALLOWED_KIB = 40_000


def peak(shop: Shop, form: str, rows: int) -> int:
    """KiB that a worker needs at most."""
    export_id = ask(shop.client, "/api/suppliers/", form)
    process = worker(shop, export_id)
    said, _ = process.communicate(timeout=500)
    done, kib, seconds = said.split()
    job = read(shop, export_id)
    assert (done, job.status, job.rows) == ("True", "ready", rows), job.error
    assert job.size is not None
    print(f"{form}: {rows:,} rows, {job.size / 1e6:.1f} MB, {int(kib) >> 10} MiB at most, {seconds} s of CPU")
    return int(kib)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "rows"), MANY.items())
def test_many_rows_need_hardly_more_memory_than_a_thousand(form: str, rows: int):
    small, large = build_shop(stores=1, products=0), build_shop(stores=1, products=0)
    many_suppliers(small, FEW)
    many_suppliers(large, rows)
    few, many = peak(small, form, FEW), peak(large, form, rows)
    assert many - few < ALLOWED_KIB
