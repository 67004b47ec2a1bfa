"""Units times price has a limit, so that no sum of a store can grow beyond what can be recorded."""

from __future__ import annotations

from typing import Any

import pytest

from stock.services import movements
from tests.factories.catalog import build_product
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all
from tests.support.world_state import state_of

MOST = 10**9


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=1)
    shop.post("IN", MOST)
    return shop


def bulk(shop: Shop, rows: list[dict[str, Any]]) -> Any:
    answer = shop.client.post("/api/stock-movements/bulk/", rows, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_sale_at_the_limit_is_applied_and_one_beyond_it_refused_by_name(shop: Shop) -> None:
    before = state_of(shop.organization.id)
    beyond = shop.post("OUT", MOST, unit_price="1000.0001")
    assert (beyond.status_code, list(beyond.json()["fields"])) == (400, ["unit_price"])
    assert "1,000,000,000,000" in beyond.json()["fields"]["unit_price"][0]
    assert state_of(shop.organization.id) == before
    assert shop.post("OUT", MOST, unit_price=1000).json()["status"] == "applied"
    assert_whole(shop)


def test_a_batch_names_the_row(shop: Shop) -> None:
    rows = [shop.movement("OUT", 1, unit_price=MOST), shop.movement("OUT", 1001, unit_price=MOST)]
    first, second = bulk(shop, rows)["results"]
    assert (first["status"], second["status"], list(second["fields"])) == ("applied", "invalid", ["unit_price"])
    assert shop.on_hand() == MOST - 1


@pytest.mark.parametrize("dear", ["sale_price", "unit_cost"])
def test_the_products_own_price_and_cost_are_held_to_the_limit_by_the_ledger(shop: Shop, dear: str) -> None:
    jewel = build_product(shop.organization, sku="JEWEL", **{"unit_cost": 1, "sale_price": 1, dear: 1_000_000})
    row = {**shop.movement("IN", 1_000_000), "product": jewel.id}
    results = bulk(shop, [row, {**row, "quantity": "1000000.001"}, {**row, "quantity": 1}])["results"]
    assert [(each["status"], each["code"]) for each in results] == [
        ("applied", ""),
        ("rejected", "value_too_large"),
        ("applied", ""),
    ]
    assert "in parts" in results[1]["reason"]
    assert_whole(shop)


def test_what_waits_in_a_lane_is_refused_alone(shop: Shop) -> None:
    jewel = build_product(shop.organization, sku="JEWEL", unit_cost=1, sale_price=MOST)
    row = {**shop.movement("IN", 1001), "product": jewel.id}
    rows = [shop.movement("OUT", 1), row, shop.movement("OUT", 2)]
    movements.submit_many(
        raws=rows, access=shop.access(), acting_as=shop.access().actor(), key=None, respond_async=True
    )
    drain_all(shop)
    assert shop.on_hand() == MOST - 3
    newest = shop.client.get("/api/stock-movements/", {"product": "JEWEL"}).json()["results"][0]
    assert (newest["status"], newest["rejection_code"]) == ("rejected", "value_too_large")
    assert_whole(shop)


def test_a_hundred_movements_at_the_limit_are_far_from_the_end_of_the_sums(shop: Shop) -> None:
    rows = [shop.movement(kind, MOST, unit_price=1000) for kind in ("OUT", "IN")] * 50
    assert bulk(shop, rows)["applied"] == 100
    assert shop.on_hand() == MOST
    assert_whole(shop)


def test_a_reversal_beyond_the_limit_of_todays_price_says_so(shop: Shop) -> None:
    made = shop.post("IN", MOST).json()
    priced = shop.client.patch(f"/api/products/{shop.products[0].id}/", {"sale_price": 2000}, format="json")
    assert priced.status_code == 200, priced.content
    answer = shop.client.post(f"/api/stock-movements/{made['id']}/reverse/", {"reason": "typed twice"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_reversible")
    assert "1,000,000,000,000" in answer.json()["detail"]
    assert_whole(shop)
