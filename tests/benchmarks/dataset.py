"""The data the benchmarks run over, made once per instance: 1,000 stores x 500 products and their movements."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.instance import Running

SQL = Path(__file__).parent / "sql"
STORES = 1000
PRODUCTS = 500
MOVEMENTS = int(os.environ.get("ONHAND_BENCH_MOVEMENTS", "1_000_000"))


@dataclass(frozen=True)
class Dataset:
    """The organisation that is measured, and a token of its admin."""

    organization_id: int
    token: str
    stores: list[int]
    products: list[int]
    movements: int


NONE = Dataset(0, "", [], [], 0)
"""For parts that make data of their own."""


def open_django() -> None:
    """Ours, over the instance that is running."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_project.settings")
    django.setup()


def build(running: Running) -> Dataset:
    """The dataset of this instance, made when it is not there yet."""
    per_balance = max(2, MOVEMENTS // (STORES * PRODUCTS))
    return build_organization(
        running, "benchmark", stores=STORES, products=PRODUCTS, per_balance=per_balance, raw_tables=True
    )


def build_small(running: Running) -> Dataset:
    """Fifty stores, for what does not depend on how much there is."""
    return build_organization(running, "small", stores=50, products=100, per_balance=20)


def build_organization(
    running: Running, slug: str, *, stores: int, products: int, per_balance: int, raw_tables: bool = False
) -> Dataset:
    """One organisation's data, made when it is not there yet; `raw_tables` are what SQL by hand is measured on."""
    from accounts.models import Organization
    from inventory_project.kernel import tenancy
    from tests.factories import accounts

    with running.superuser() as connection:
        found = connection.execute("SELECT id FROM accounts_organization WHERE slug = %s", [slug]).fetchone()
        if found is None:
            organization = accounts.build_organization(name=slug.title(), slug=slug)
            shape = {"stores": stores, "products": products, "per_balance": per_balance}
            _fill(connection, {"organization": organization.id, **shape}, raw_tables)
        else:
            with tenancy.scope(found[0]):
                organization = Organization.objects.get(id=found[0])
        query = "SELECT count(*) FROM stock_stockmovement WHERE organization_id = %s"
        return Dataset(
            organization.id,
            accounts.build_token(accounts.build_member(organization, "admin")),
            _ids(connection, "stores_store", organization.id),
            _ids(connection, "catalog_product", organization.id),
            connection.execute(query, [organization.id]).fetchone()[0],  # type: ignore[index]
        )


def _ids(connection: psycopg.Connection[Any], table: str, organization_id: int) -> list[int]:
    query = f"SELECT id FROM {table} WHERE organization_id = %s ORDER BY id"
    return [row[0] for row in connection.execute(query, [organization_id])]


def _fill(connection: psycopg.Connection[Any], parameters: dict[str, int], raw_tables: bool) -> None:
    started = time.monotonic()
    # Rows that agree already need no trigger to make them so, and no second look at their keys.
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '512MB'")
    cursor = psycopg.ClientCursor(connection)
    cursor.execute((SQL / "dataset.sql").read_text(), parameters)
    if raw_tables:
        connection.execute((SQL / "raw_tables.sql").read_text())
    connection.execute("RESET session_replication_role")
    connection.execute("VACUUM (ANALYZE)")
    connection.execute("CHECKPOINT")
    print(f"Data made in {time.monotonic() - started:.0f} s.", flush=True)
