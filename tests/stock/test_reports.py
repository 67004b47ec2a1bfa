"""Reports: figures that add up, over the caller's own stores."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inventory_project.kernel import clock, tenancy
from stock.selectors import dashboard
from stock.services import verification
from tests.factories.stock import Shop, build_shop


@pytest.fixture
def shop() -> Shop:
    return build_shop(stores=3, products=4)


def days_ago(days: int) -> str:
    return (clock.now() - timedelta(days=days)).isoformat()


def test_movement_report_adds_up_for_any_range(shop: Shop) -> None:
    shop.post("IN", 20, effective_at=days_ago(10))
    shop.post("OUT", 5, effective_at=days_ago(5))
    shop.post("REM", 1, effective_at=days_ago(2))
    first, last = clock.now().date() - timedelta(days=7), clock.now().date() - timedelta(days=3)
    row = shop.client.get(f"/api/reports/stock?start_date={first}&end_date={last}").json()["results"][0]
    assert [row[name] for name in ("opening", "units_in", "units_out", "closing")] == [20, 0, 5, 15]
    assert row["on_hand"] == 14


def test_movement_report_refuses_days_in_the_wrong_order(shop: Shop) -> None:
    answer = shop.client.get("/api/reports/stock?start_date=2026-02-01&end_date=2026-01-01")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["start_date"])


def test_low_stock_lists_what_needs_attention_with_its_shortfall(shop: Shop) -> None:
    shop.post("IN", 50, product=0)
    shop.post("IN", 3, product=1)
    shop.post("IN", 3, product=2)
    shop.post("OUT", 3, product=2)
    rows = shop.client.get("/api/reports/low-stock/").json()["results"]
    assert [(row["sku"], row["status"], row["shortfall"]) for row in rows] == [("SKU-2", "low", 2), ("SKU-3", "out", 5)]


def test_changed_reorder_level_and_cost_reach_every_store_and_figure(shop: Shop) -> None:
    for store in range(3):
        shop.post("IN", 8, store=store)
    product = shop.products[0]
    answer = shop.client.patch(
        f"/api/products/{product.id}/", {"reorder_level": 10, "unit_cost": 3, "sale_price": 6}, format="json"
    )
    assert answer.status_code == 200, answer.json()
    figures = shop.client.get("/api/reports/dashboard/").json()
    assert (figures["low_stock"], figures["cost_value"], figures["retail_value"]) == (3, 72, 144)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


@pytest.mark.parametrize("path", ["inventory", "stocks", "stock-movements", "transactions", "reports/low-stock"])
def test_an_order_nobody_knows_is_refused_and_not_another_order(shop: Shop, path: str) -> None:
    answer = shop.client.get(f"/api/{path}/?ordering=weight")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["ordering"])


def test_one_store_may_have_its_own_reorder_level(shop: Shop) -> None:
    shop.post("IN", 8)
    row = shop.client.get("/api/stocks/").json()["results"][0]
    answer = shop.client.patch(f"/api/stocks/{row['id']}/", {"reorder_level_override": 9}, format="json")
    assert (answer.json()["status"], answer.json()["reorder_level"]) == ("low", 9)
    shop.client.patch(f"/api/products/{shop.products[0].id}/", {"reorder_level": 1}, format="json")
    assert shop.client.get(f"/api/stocks/{row['id']}/").json()["reorder_level"] == 9
    cleared = shop.client.patch(f"/api/stocks/{row['id']}/", {"reorder_level_override": None}, format="json").json()
    assert (cleared["status"], cleared["reorder_level"]) == ("in_stock", 1)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_a_reorder_level_set_meanwhile_by_somebody_else_is_not_overwritten(shop: Shop) -> None:
    shop.post("IN", 8)
    path = f"/api/stocks/{shop.client.get('/api/stocks/').json()['results'][0]['id']}/"
    read = shop.client.get(path)
    assert (read.headers["ETag"], read.json()["version"]) == ('"1"', 1)
    shop.post("OUT", 1)  # selling changes nothing about what was set
    tag = {"If-Match": read.headers["ETag"]}
    first = shop.client.patch(path, {"reorder_level_override": 9}, format="json", headers=tag)
    assert (first.status_code, first.headers["ETag"], first.json()["version"]) == (200, '"2"', 2)
    for stale in ({"headers": tag}, {"version": 1}):
        body = {"reorder_level_override": 3, **({"version": 1} if "version" in stale else {})}
        refused = shop.client.patch(path, body, format="json", headers=stale.get("headers", {}))
        assert (refused.status_code, refused.json()["code"]) == (412, "stale_version")
    assert shop.client.get(path).json()["reorder_level"] == 9
    assert shop.client.patch(path, {"reorder_level_override": 3, "version": 2}, format="json").json()["version"] == 3


def test_figures_of_limited_staff_cover_their_stores_only(shop: Shop) -> None:
    shop.post("IN", 8, store=0)
    shop.post("IN", 5, store=1)
    client = shop.client_for("staff", stores=[shop.stores[1].id])
    figures = client.get("/api/reports/dashboard/").json()
    assert (figures["units"], figures["stores"]) == (5, 1)
    assert "cost_value" not in figures
    assert client.get(f"/api/reports/dashboard/?store={shop.stores[0].id}").status_code == 400
    assert [row["store_code"] for row in client.get("/api/inventory/").json()["results"]] == ["S2"]


def test_days_count_on_the_store_s_own_calendar(shop: Shop) -> None:
    shop.client.patch(f"/api/stores/{shop.stores[0].id}/", {"time_zone": "Europe/Madrid"})
    shop.post("IN", 8, effective_at="2026-03-01T23:30:00+00:00")
    row = shop.client.get("/api/stock-movements/?start_date=2026-03-02&end_date=2026-03-02").json()["results"]
    assert len(row) == 1, "half past eleven in the evening UTC is the next day in Madrid"


def test_dashboard_asks_the_same_number_of_queries_for_one_store_or_many(shop: Shop) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for stores in (frozenset({shop.stores[0].id}), None):
        with tenancy.scope(shop.organization.id), CaptureQueriesContext(connection) as queries:
            dashboard.figures(shop.access(), store_ids=stores)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_the_dashboard_counts_the_open_stores_also_those_without_stock(shop: Shop) -> None:
    shop.post("IN", 1)
    assert shop.client.get("/api/reports/dashboard/").json()["stores"] == 3


def test_more_than_the_order_up_to_level_is_over(shop: Shop) -> None:
    shop.post("IN", 50)
    product = shop.products[0]
    shop.client.patch(f"/api/products/{product.id}/", {"order_up_to": 40}, format="json")
    row = shop.client.get("/api/stocks/?status=over").json()["results"][0]
    assert (row["sku"], row["status"], row["order_up_to"]) == ("SKU-1", "over", 40)
    assert shop.client.get("/api/reports/dashboard/").json()["over_stock"] == 1
    shop.post("OUT", 10)
    assert shop.client.get(f"/api/stocks/{row['id']}/").json()["status"] == "in_stock", "exactly up to it is not over"
    shop.post("IN", 1)
    assert shop.client.get(f"/api/stocks/{row['id']}/").json()["status"] == "over"
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_one_store_may_have_its_own_order_up_to_level(shop: Shop) -> None:
    shop.post("IN", 50)
    row = shop.client.get("/api/stocks/").json()["results"][0]
    url = f"/api/stocks/{row['id']}/"
    answer = shop.client.patch(url, {"order_up_to_override": 20}, format="json").json()
    assert (answer["status"], answer["order_up_to"], answer["reorder_level"]) == ("over", 20, 5)
    both = shop.client.patch(url, {"order_up_to_override": 60, "reorder_level_override": 50}, format="json").json()
    assert (both["status"], both["reorder_level_override"]) == ("low", 50)
    cleared = shop.client.patch(url, {"order_up_to_override": None}, format="json").json()
    assert (cleared["order_up_to"], cleared["reorder_level_override"]) == (None, 50)
    assert verification.verify(organization_id=shop.organization.id).drift == 0
    entries = shop.client.get("/api/logs/?action=stock.order_up_to.changed").json()["results"]
    assert [entry["after"]["order_up_to_override"] for entry in entries] == [None, 60, 20]


@pytest.mark.parametrize("value", [-1, "much", "0.0001", 10**14])
def test_an_impossible_order_up_to_level_changes_nothing(shop: Shop, value: object) -> None:
    shop.post("IN", 50)
    row = shop.client.get("/api/stocks/").json()["results"][0]
    for path, field in (
        (f"stocks/{row['id']}", "order_up_to_override"),
        (f"products/{row['product_id']}", "order_up_to"),
    ):
        answer = shop.client.patch(f"/api/{path}/", {field: value}, format="json")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert shop.client.patch(f"/api/stocks/{row['id']}/", {}, format="json").status_code == 400
    assert shop.client.get("/api/stocks/").json()["results"][0]["order_up_to"] is None


def test_lists_by_region_status_supplier_and_category_combine(shop: Shop) -> None:
    for store, region in zip(shop.stores, ("North", "north", "South"), strict=True):
        shop.client.patch(f"/api/stores/{store.id}/", {"region": region}, format="json")
    supplier = shop.client.post("/api/suppliers/", {"name": "Mill"}, format="json").json()["id"]
    category = shop.client.post("/api/categories/", {"name": "Flour"}, format="json").json()["id"]
    belongs = {"supplier": supplier, "category": category}
    shop.client.patch(f"/api/products/{shop.products[0].id}/", belongs, format="json")
    for store in range(3):
        shop.post("IN", 3, store=store)
        shop.post("IN", 3, store=store, product=1)
    query = f"/api/stocks/?region=NORTH&status=low&supplier=mill&category={category}"
    rows = shop.client.get(query).json()["results"]
    assert [(row["store_code"], row["sku"]) for row in rows] == [("S1", "SKU-1"), ("S2", "SKU-1")]
