"""A quantity is set only while it is what the person saw."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from django.db import connections

from tests.factories.stock import Shop, build_shop


def change(shop: Shop, delta: Any, key: str = "", **more: Any) -> Any:
    body = {"store_id": shop.stores[0].id, "product_id": shop.products[0].id, "delta": delta, **more}
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return shop.client.post("/api/inventory/update", body, format="json", **headers)


def test_a_quantity_is_set_while_it_is_what_was_seen_and_refused_once_it_is_not() -> None:
    shop = build_shop()
    first = change(shop, 12, expected=0)
    assert (first.status_code, first.json()["status"], shop.on_hand()) == (201, "applied", 12)
    late = change(shop, 8, expected=9, key="late")
    assert (late.status_code, late.json()["code"]) == (409, "quantity_changed")
    assert late.json()["fields"] == {"on_hand": ["12"]}
    assert shop.on_hand() == 12, "nothing was booked"
    again = change(shop, 8, expected="12.000", key="late")
    assert (again.status_code, shop.on_hand()) == (201, 20), "a refusal leaves its key free"
    repeated = change(shop, 8, expected=12, key="late")
    assert (repeated.status_code, repeated["Idempotency-Replayed"], shop.on_hand()) == (200, "true", 20)
    assert repeated.json()["id"] == again.json()["id"]
    assert change(shop, 7, expected=20, key="late").status_code == 422, "another change under the same key"


def test_a_wrong_expectation_is_refused_by_its_name_and_a_foreign_store_as_ever() -> None:
    shop, other = build_shop(), build_shop()
    assert "expected" in change(shop, 1, expected="a few").json()["fields"]
    assert "expected" in change(shop, 1, expected=1.23456).json()["fields"]
    assert "delta" in change(shop, 0, expected=0).json()["fields"]
    foreign = change(shop, 1, expected=0, store_id=other.stores[0].id)
    assert (foreign.status_code, list(foreign.json()["fields"])) == (400, ["store_id"])
    assert (shop.on_hand(), other.on_hand()) == (0, 0)


def test_of_two_who_set_the_same_quantity_at_once_one_is_told() -> None:
    shop = build_shop()
    shop.post("IN", 10)

    def set_to(quantity: int) -> int:
        try:
            return int(change(shop, quantity - 10, expected=10).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(set_to, (20, 30)))
    assert answers == [201, 409]
    assert shop.on_hand() in (Decimal(20), Decimal(30))
