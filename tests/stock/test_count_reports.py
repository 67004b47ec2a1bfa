"""What is due to be counted, how accurate counts were, and what reading costs."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory_project.kernel import clock, sql, tenancy
from stock.models import DailySales, SalesHistory
from stock.services import ledger
from tests.factories.counts import plan_count, post_movements, started_count, stocked_shop
from tests.factories.stock import Shop, build_shop
from tests.factories.stores import build_store


def queries(call: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert call().status_code in (200, 201)
    return len(captured)


def sell(shop: Shop, units: dict[int, int], *, days_ago: int = 10, store: int = 0) -> None:
    day = clock.now().date() - timedelta(days=days_ago)
    with tenancy.scope(shop.organization.id):
        DailySales.objects.bulk_create(
            DailySales(
                organization=shop.organization,
                store=shop.stores[store],
                product=shop.products[product],
                date=day,
                units=sold,
            )
            for product, sold in units.items()
        )


def due(shop: Shop, **params: Any) -> list[dict[str, Any]]:
    answer = shop.client.get("/api/counts/due/", {"store": shop.stores[0].id, **params})
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def test_classes_follow_the_value_sold() -> None:
    shop = stocked_shop(6)
    # At a cost of 2.50 each: 80, 12, 4 and 4 hundredths of the value; one not sold; one sold too long ago.
    sell(shop, {0: 80, 1: 12, 2: 4, 3: 4})
    sell(shop, {5: 500}, days_ago=100)
    rows = due(shop)
    assert {row["sku"]: row["abc_class"] for row in rows} == {
        "SKU-1": "A", "SKU-2": "B", "SKU-3": "B", "SKU-4": "C", "SKU-5": "C", "SKU-6": "C",
    }  # fmt: skip
    assert [row["abc_class"] for row in rows] == ["A", "B", "B", "C", "C", "C"], "never counted: most valuable first"
    assert (rows[0]["units_sold"], rows[0]["value_at_cost"], rows[0]["days_since_counted"]) == (80, 200, None)


def test_what_was_sold_before_the_ledger_began_counts_too() -> None:
    shop = stocked_shop(2)
    first_day = clock.now().date() - timedelta(days=100)
    sold = [1000.0] * 5 + [float("nan")] * 40 + [2.0] * 30
    with tenancy.scope(shop.organization.id):
        SalesHistory.objects.create(
            organization=shop.organization,
            store=shop.stores[0],
            product=shop.products[1],
            year=first_day.year,
            first_day=first_day,
            units=sold,
        )
    assert [(row["sku"], row["abc_class"], row["units_sold"]) for row in due(shop)] == [
        ("SKU-2", "A", 60),
        ("SKU-1", "C", 0),
    ]


def test_a_product_is_due_when_its_class_has_waited_its_days() -> None:
    shop = stocked_shop(3, at=clock.now() - timedelta(days=100))
    sell(shop, {0: 80, 1: 18, 2: 2})
    count = plan_count(shop, "spot")
    count.ok("start")
    # Counted on paper as long ago as a count may look back.
    for product in range(3):
        count.enter(product, 100, clock.now() - timedelta(days=29, hours=23))
    count.ok("submit")
    count.ok("approve")
    assert due(shop) == []
    assert [(row["sku"], row["days_since_counted"], row["due"]) for row in due(shop, all="true")] == [
        ("SKU-1", 29, False), ("SKU-2", 29, False), ("SKU-3", 29, False),
    ]  # fmt: skip
    with tenancy.scope(shop.organization.id), connection.cursor() as cursor:
        cursor.execute("UPDATE stock_stockcountline SET counted_at = counted_at - interval '1 day'")
    assert [(row["sku"], row["cycle_days"]) for row in due(shop)] == [("SKU-1", 30)]


def test_a_cycle_count_takes_the_most_urgent_that_no_open_count_holds() -> None:
    shop = stocked_shop(5)
    sell(shop, {4: 90, 3: 8})
    first = plan_count(shop, "cycle", take=2)
    assert sorted(first.lines()) == [3, 4]
    assert [row["sku"] for row in due(shop) if row["in_open_count"]] == ["SKU-5", "SKU-4"]
    second = plan_count(shop, "cycle")
    assert sorted(second.lines()) == [0, 1, 2]
    refused = shop.client.post("/api/counts/", {"store": "S1", "kind": "cycle"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_due")


def test_the_due_list_is_paged_without_loss() -> None:
    shop = stocked_shop(12)
    sell(shop, dict.fromkeys(range(5), 3))
    whole = [row["sku"] for row in due(shop)]
    path: str | None = f"/api/counts/due/?store={shop.stores[0].id}&page_size=5"
    pages = []
    while path:
        answer = shop.client.get(path).json()
        pages += [row["sku"] for row in answer["results"]]
        path = answer["next"]
    assert pages == whole
    assert len(whole) == 12


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("due/", "store"),
        ("due/?store=nowhere", "store"),
        ("due/?store=S1&class=D", "class"),
        ("due/?store=S1&cursor=abc", "cursor"),
        ("due/?store=S1&cursor=W2ZhbHNlLCJOYU4iLCJBIiwxXQ", "cursor"),
        ("due/?store=S1&page_size=0", "page_size"),
        ("accuracy/?store=nowhere", "store"),
        ("accuracy/?start_date=today", "start_date"),
        ("accuracy/?start_date=2026-05-02&end_date=2026-05-01", "start_date"),
        ("accuracy/?start_date=0001-01-01", "start_date"),
        ("accuracy/?end_date=9999-12-31", "end_date"),
    ],
)
def test_a_wrong_question_names_the_parameter(path: str, field: str) -> None:
    answer = build_shop().client.get(f"/api/counts/{path}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


SELL_DAILY = """
    INSERT INTO stock_dailysales (organization_id, store_id, product_id, date, units, revenue)
    SELECT p.organization_id, s.id, p.id, current_date - day, p.id %% 7, 0
      FROM catalog_product p, stores_store s, generate_series(0, 119) AS day
     WHERE p.organization_id = %(organization)s AND s.organization_id = %(organization)s
"""


def test_the_list_of_500_products_costs_as_many_queries_as_that_of_5_and_is_fast_beside_other_stores() -> None:
    costs = []
    for products in (5, 500):
        shop = stocked_shop(products, stores=6)
        everywhere = [{"store": s.id, "product": p.id} for s in shop.stores for p in shop.products]
        ledger.create_balances(orjson.dumps(everywhere), organization_id=shop.organization.id)
        with tenancy.scope(shop.organization.id):
            sql.rows(SELL_DAILY, {"organization": shop.organization.id})
        path = f"/api/counts/due/?store={shop.stores[0].id}&page_size=500"
        assert len(shop.client.get(path).json()["results"]) == products
        started = time.monotonic()
        costs.append(queries(lambda client=shop.client, path=path: client.get(path)))
        assert time.monotonic() - started < 2
    assert costs[0] == costs[1]


def test_accuracy_is_the_share_of_counted_lines_within_tolerance() -> None:
    shop = stocked_shop(4, units=100)
    count = started_count(shop, tolerance_units=1, tolerance_percent=2)
    for product, found in enumerate((100, 98, 97)):
        count.enter(product, found)
    count.ok("submit")
    summary = count.get("summary")
    assert (summary["accurate"], summary["accuracy"], summary["shortage_units"]) == (2, 0.6667, 5)
    count.ok("approve")
    today = clock.now().date()
    body = shop.client.get("/api/counts/accuracy/", {"start_date": today, "end_date": today}).json()
    assert body["total"] == {
        "counts": 1, "lines": 4, "counted": 3, "uncounted": 1, "accurate": 2, "accuracy": 0.6667, "overage_units": 0,
        "shortage_units": 5, "shrinkage_units": 5, "book_units": 300, "overage_cost": 0, "shortage_cost": 12.5,
        "shrinkage_cost": 12.5,
    }  # fmt: skip
    assert [row["store_code"] for row in body["stores"]] == ["S1"]
    elsewhere = shop.client.get("/api/counts/accuracy/", {"store": "S2"}).json()
    assert (elsewhere["total"]["counts"], elsewhere["total"]["accuracy"], elsewhere["stores"]) == (0, None, [])
    limited = shop.client_for("manager", stores=[shop.stores[1]])
    assert limited.get("/api/counts/accuracy/").json()["stores"] == []
    assert shop.client_for("staff").get("/api/counts/accuracy/").status_code == 403


@pytest.mark.parametrize("name", ["", "lines/", "lines/?status=variance", "entries/", "summary/"])
def test_reading_a_count_costs_the_same_for_2_lines_and_for_60(name: str) -> None:
    costs = []
    for products in (2, 60):
        shop = stocked_shop(products)
        count = started_count(shop)
        rows = [{"product": product.id, "quantity": 99} for product in shop.products]
        count.ok("entries", rows)
        path = f"{count.path}{name}"
        shop.client.get(path)
        costs.append(queries(lambda client=shop.client, path=path: client.get(path)))
    assert costs[0] == costs[1], costs


def test_writing_a_count_costs_the_same_for_2_lines_and_for_60() -> None:
    costs = []
    for products in (2, 60):
        shop = stocked_shop(products)
        count = started_count(shop)
        rows = [{"product": product.id, "quantity": 99} for product in shop.products]
        cost = [queries(lambda count=count, rows=rows: count.verb("entries", rows))]
        cost += [queries(lambda count=count: count.verb("submit"))]
        cost += [queries(lambda count=count: count.verb("approve"))]
        late = (clock.now() - timedelta(days=1)).isoformat()
        post_movements(shop, [shop.movement("OUT", 1, 0, n, effective_at=late) for n in range(products)])
        cost += [queries(lambda count=count: count.verb("correct-late"))]
        assert all(variance == 0 for variance in count.variances().values())
        costs.append(cost)
    assert costs[0] == costs[1], costs


def test_three_thousand_lines_are_counted_and_approved_in_seconds() -> None:
    shop = stocked_shop(3000)
    count = started_count(shop)
    started = time.monotonic()
    rows = [{"product": product.id, "quantity": 99} for product in shop.products]
    count.ok("entries", rows)
    count.ok("submit")
    assert count.get("summary")["shrinkage_units"] == 3000
    count.ok("approve")
    assert shop.on_hand(0, 2999) == 99
    assert time.monotonic() - started < 15


def test_a_count_posted_today_is_in_the_accuracy_where_the_sun_rises_first() -> None:
    shop = build_shop(stores=1)
    east = build_store(shop.organization, time_zone="Pacific/Kiritimati")
    last_day = shop.client.get("/api/counts/accuracy/").json()["end_date"]
    assert last_day == clock.now().astimezone(ZoneInfo(east.time_zone)).date().isoformat()
    assert shop.client.get("/api/counts/accuracy/", {"store": "S1"}).status_code == 200
