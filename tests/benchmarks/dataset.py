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


def build(running: Running) -> Dataset:
    """The dataset of this instance, made when it is not there yet."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_project.settings")
    django.setup()
    from tests.factories.accounts import build_member, build_organization, build_token

    with running.superuser() as connection:
        found = connection.execute("SELECT id FROM accounts_organization WHERE slug = 'benchmark'").fetchone()
        if found is None:
            organization = build_organization(name="Benchmark", slug="benchmark")
            _fill(connection, organization.id)
        else:
            from accounts.models import Organization
            from inventory_project.kernel import tenancy

            with tenancy.scope(found[0]):
                organization = Organization.objects.get(id=found[0])
        token = build_token(build_member(organization, "admin"))
        return Dataset(
            organization.id,
            token,
            _ids(connection, "stores_store", organization.id),
            _ids(connection, "catalog_product", organization.id),
            connection.execute("SELECT count(*) FROM raw.movement").fetchone()[0],  # type: ignore[index]
        )


def _ids(connection: psycopg.Connection[Any], table: str, organization_id: int) -> list[int]:
    query = f"SELECT id FROM {table} WHERE organization_id = %s ORDER BY id"
    return [row[0] for row in connection.execute(query, [organization_id])]


def _fill(connection: psycopg.Connection[Any], organization_id: int) -> None:
    parameters = {
        "organization": organization_id,
        "stores": STORES,
        "products": PRODUCTS,
        "per_balance": max(2, MOVEMENTS // (STORES * PRODUCTS)),
    }
    started = time.monotonic()
    # Rows that agree already need no trigger to make them so, and no second look at their keys.
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '512MB'")
    cursor = psycopg.ClientCursor(connection)
    cursor.execute((SQL / "dataset.sql").read_text(), parameters)
    connection.execute((SQL / "raw_tables.sql").read_text())
    connection.execute("RESET session_replication_role")
    connection.execute("VACUUM (ANALYZE)")
    connection.execute("CHECKPOINT")
    print(f"Data made in {time.monotonic() - started:.0f} s.", flush=True)
