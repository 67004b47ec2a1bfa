"""The unified sales file: one file of products, sales and stock (E1)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connections

from stock.services.imports import applying
from tests.factories.imports import UNIFIED, csv, movements, problems, send
from tests.factories.stock import build_shop
from tests.support.ledger import assert_whole

SAMPLE = csv(
    UNIFIED,
    ["Laptop,Electronics,500.00,2,599.99,2025-10-28,48", "Mouse,Electronics,25.00,5,29.99,2025-10-28,115"],
)


def test_a_unified_file_makes_products_sells_them_and_sets_their_stock():
    shop = build_shop(stores=1, products=0)
    job = send(shop, SAMPLE)
    assert (job.status, job.error, job.kind) == ("applied", "", "unified")
    assert (job.rows, job.succeeded, job.skipped, job.failed) == (2, 2, 0, 0)
    assert movements(shop) == [
        ("LAPTOP", "opening", 50, 50),
        ("LAPTOP", "sale", -2, 48),
        ("MOUSE", "opening", 120, 120),
        ("MOUSE", "sale", -5, 115),
    ]
    assert_whole(shop)


def test_the_same_file_again_changes_nothing():
    shop = build_shop(stores=1, products=0)
    send(shop, SAMPLE)
    before = movements(shop)
    again = send(shop, SAMPLE)
    assert (again.status, again.succeeded, again.skipped, again.failed) == ("applied", 0, 2, 0)
    assert movements(shop) == before
    assert problems(shop, again) == [(2, "", "", "skipped"), (3, "", "", "skipped")]


def test_a_large_import_tells_the_planner_what_it_wrote():
    """Else whoever looks for one of its movements reads them all, until autovacuum comes by."""
    shop = build_shop(stores=1, products=0)
    days = [str(date(2024, 1, 1) + timedelta(day)) for day in range(applying.LARGE // 50)]
    rows = (f"Thing {number},Things,1,1,2,{day},9" for day in days for number in range(50))
    job = send(shop, csv(UNIFIED, rows))
    assert (job.status, job.succeeded) == ("applied", applying.LARGE)
    with connections["default"].cursor() as cursor:
        query = "SELECT greatest(last_analyze, last_autoanalyze) FROM pg_stat_user_tables WHERE relname = %s"
        cursor.execute(query, ["stock_importedrow"])
        assert cursor.fetchone()[0] > job.applying_at
