"""A page of balances is one statement: it says what reading each balance alone says, in the order asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from inventory_project.kernel import clock
from tests.factories.stock import Shop, build_shop

FIELDS = ["store_id", "product_id", "on_hand", "available", "sku", "product_name", "updated_at", "id"]


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Two stores with three products each, of two a fraction, and a transfer under way between them."""
    shop = build_shop(stores=2, products=3)
    for store in range(2):
        for product in range(3):
            shop.post("IN", 20 + store + product * 1.5, store=store, product=product)
    ends = {"from_store": shop.stores[0].id, "to_store": shop.stores[1].id}
    lines = [{"product": shop.products[1].id, "quantity": "2.5"}]
    transfer = shop.client.post("/api/transfers/", {**ends, "lines": lines}, format="json").json()
    for step in ("request", "dispatch"):
        assert shop.client.post(f"/api/transfers/{transfer['id']}/{step}/").status_code == 200
    return shop


def listed(shop: Shop, query: str) -> list[dict[str, Any]]:
    """All rows of the list, page after page."""
    rows, address = [], f"/api/stocks/?{query}"
    while address:
        answer = shop.client.get(address)
        assert answer.status_code == 200, answer.content
        rows += answer.json()["results"]
        address = answer.json()["next"]
    return rows


def test_a_page_says_of_each_balance_what_reading_it_alone_says(shop: Shop) -> None:
    rows = listed(shop, "")
    assert rows == [shop.client.get(f"/api/stocks/{row['id']}/").json() for row in rows]
    there = {row["store_id"]: row for row in rows if row["product_id"] == shop.products[1].id}
    assert there[shop.stores[0].id]["in_transit_out"] == there[shop.stores[1].id]["in_transit_in"] == 2.5


@pytest.mark.parametrize("direction", ["", "-"])
@pytest.mark.parametrize("field", FIELDS)
def test_any_order_shows_every_balance_once(shop: Shop, field: str, direction: str) -> None:
    rows = listed(shop, f"ordering={direction}{field}&page_size=2")
    assert len({row["id"] for row in rows}) == len(rows) == 6
    assert [row[field] for row in rows] == sorted((row[field] for row in rows), reverse=direction == "-")


def test_filters_by_number_and_by_text_choose_the_same(shop: Shop) -> None:
    store, product = shop.stores[1], shop.products[2]
    by_id = listed(shop, f"store_id={store.id}&product_id={product.id}")
    assert len(by_id) == 1
    assert by_id == listed(shop, f"store={store.code.lower()}&product={product.sku.lower()}&status=in_stock")
    assert listed(shop, f"search={product.sku}&ordering=-sku&page_size=1&region=nowhere") == []


def test_a_late_movement_shows_on_a_dashboard_that_remembers_past_days() -> None:
    shop = build_shop(stores=1, products=1)
    for days in (9, 8):
        at = clock.now() - timedelta(days=days)
        assert shop.post("IN", 7, effective_at=at.isoformat()).json()["status"] == "applied"
        shown = shop.client.get("/api/reports/dashboard/").json()["days"]
        assert [day["units_in"] for day in shown if day["units_in"]] == [7] * (10 - days)
