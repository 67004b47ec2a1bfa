"""Sales analytics at two sizes: five years of 500 series, and a chain of 1,000 stores x 500 products x 90 days.

ONHAND_BENCH_CHAIN_DAYS makes the chain's days fewer or more (90). Its 45 million daily rows take some minutes to make.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks import load
from tests.benchmarks.bench import Bench, median
from tests.benchmarks.report import Row, below, plain

SQL = Path(__file__).parent / "sql"
CHAIN_DAYS = int(os.environ.get("ONHAND_BENCH_CHAIN_DAYS", "90"))
LIMIT_MS = 50
REQUESTS = 40
THIS_YEAR = datetime.now(UTC).year


@dataclass(frozen=True)
class Size:
    """A company of its own, and the days its questions are about."""

    name: str
    slug: str
    statement: str
    parameters: dict[str, int]
    period: str


FIVE_YEARS = Size(
    "5 years x 500 series",
    "five-years",
    "five_years.sql",
    {"stores": 10, "products": 50},
    f"start_date={THIS_YEAR - 5}-01-01&end_date={THIS_YEAR - 1}-12-31",
)
CHAIN = Size(
    "1,000 stores x 500 products x 90 days",
    "chain",
    "chain.sql",
    {"stores": 1000, "products": 500, "days": CHAIN_DAYS},
    "period=3m",
)
QUESTIONS = {
    "by day": "aggregated/?by=day",
    "by week": "aggregated/?by=week",
    "by month": "aggregated/?by=month",
    "by store": "aggregated/?by=store",
    "by category": "aggregated/?by=category",
    "by product": "aggregated/?by=product",
    "by product, of a region": "aggregated/?by=product&region=Region 1",
    "by day, of a category": "aggregated/?by=day&category=Category 1",
    "by product, of one store": "aggregated/?by=product&store={store}",
    "by category, of one store": "aggregated/?by=category&store={store}",
    "by store, of one product": "aggregated/?by=store&product={product}",
    "by store, of a category": "aggregated/?by=store&category=Category 1",
    "figures": "metrics/?",
    "figures of one store": "metrics/?store={store}",
    "list of days, page of 50": "?",
    "list of one store's days, page of 50": "?store={store}",
}


def measure(bench: Bench) -> list[Row]:
    rows = []
    for size in (FIVE_YEARS, CHAIN):
        organization_id, token = _company(bench, size)
        rows.append(_roll(size, organization_id))
        rows += _ask(bench, size, organization_id, token)
    rows += _windows(bench)
    return rows


def _company(bench: Bench, size: Size) -> tuple[int, str]:
    """The company's id and a token of its admin; made when it is not there yet."""
    from accounts.models import Organization
    from inventory_project.kernel import tenancy
    from tests.factories.accounts import build_member, build_organization, build_token

    with bench.running.superuser() as connection:
        found = connection.execute("SELECT id FROM accounts_organization WHERE slug = %s", [size.slug]).fetchone()
        if found is None:
            organization = build_organization(name=size.name, slug=size.slug)
            _fill(connection, organization.id, size)
        else:
            with tenancy.scope(found[0]):
                organization = Organization.objects.get(id=found[0])
    return organization.id, build_token(build_member(organization, "admin"))


def _fill(connection: psycopg.Connection[Any], organization_id: int, size: Size) -> None:
    started = time.monotonic()
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '512MB'")
    text = (SQL / size.statement).read_text()
    psycopg.ClientCursor(connection).execute(text, {"organization": organization_id, **size.parameters})
    connection.execute("RESET session_replication_role")
    connection.execute("VACUUM (ANALYZE)")
    connection.execute("CHECKPOINT")
    print(f"{size.name} made in {time.monotonic() - started:.0f} s.", flush=True)


def _roll(size: Size, organization_id: int) -> Row:
    """The sums made anew, as after a history load. The beat does it for a company that has none yet."""
    from inventory_project.kernel import sql, tenancy
    from stock.services import sales_rollup

    with tenancy.scope(organization_id):
        for limit in ("lock_timeout", "statement_timeout"):  # the beat may be at it
            sql.rows(f"SET LOCAL {limit} = '30min'", {})
        if sql.rows(sales_rollup.USABLE, {"organization": organization_id})[0]["usable"]:
            sales_rollup.mark_stale()
    started = time.monotonic()
    while not sales_rollup.roll(organization_id=organization_id):
        time.sleep(0.5)  # the beat was first
    return plain(f"{size.name}: sums made anew", time.monotonic() - started, "s")


def _ask(bench: Bench, size: Size, organization_id: int, token: str) -> list[Row]:
    with bench.running.superuser() as connection:
        sums = "stock_salestotal, stock_productsalestotal, stock_categorysalestotal, stock_seriessalesmonth"
        connection.execute(f"VACUUM (ANALYZE) {sums}")
        query = """
            SELECT (SELECT min(id) FROM stores_store WHERE organization_id = %(id)s),
                   (SELECT min(id) FROM catalog_product WHERE organization_id = %(id)s)
        """
        store, product = connection.execute(query, {"id": organization_id}).fetchone() or (0, 0)
    rows = []
    for name, question in QUESTIONS.items():
        path = f"/api/sales/{question}&{size.period}".format(store=store, product=product).replace("?&", "?")
        p50 = _p50(bench, path.replace(" ", "%20"), token)
        rows.append(below(f"{size.name}: {name}, p50", p50, "ms", limit=LIMIT_MS))
    return rows


def _windows(bench: Bench) -> list[Row]:
    """Over the ledger the other parts use: a thousand stores."""
    rows = []
    for name in ("1h", "6h", "today", "7d"):
        for question in ("timeline", "by-category"):
            p50 = _p50(bench, f"/api/movements/{question}/?window={name}", bench.dataset.token)
            rows.append(below(f"Movements {question}, {name}, p50", p50, "ms", limit=LIMIT_MS))
    return rows


def _p50(bench: Bench, path: str, token: str) -> float:
    connection = load.Connection(bench.running.port)
    request = load.request("GET", path, token, b"")
    times = []
    for number in range(REQUESTS + 3):
        started = time.perf_counter()
        status, body = connection.ask(request)
        if status != 200:
            raise SystemExit(f"{path}: {status} {body[:300]!r}")
        if number >= 3:
            times.append((time.perf_counter() - started) * 1000)
    return median(times)
