"""A movement that the ledger's own rules refuse is set aside; its lane goes on."""

from __future__ import annotations

from typing import Any

import pytest

from inventory_project.kernel import tenancy
from stock.models import InboxMovement, StockMovement
from stock.services import movements
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all
from tests.support.superuser import superuser


@pytest.fixture
def shop() -> Shop:
    """Five receipts wait in one lane."""
    shop = build_shop(stores=1)
    rows = [shop.movement("IN", n + 1, idempotency_key=f"k{n}") for n in range(5)]
    movements.submit_many(
        raws=rows, access=shop.access(), acting_as=shop.access().actor(), key=None, respond_async=True
    )
    return shop


def third(shop: Shop) -> Any:
    with tenancy.scope(shop.organization.id):
        return InboxMovement.objects.order_by("sequence")[2]


@pytest.mark.parametrize(
    "tampering",
    [
        "kind = 'sale'",
        "kind = 'burning'",
        "quantity = 'NaN'",
        "kind = 'sale', quantity = 9999999",
    ],
)
def test_a_movement_that_breaks_a_rule_is_set_aside_and_its_lane_goes_on(shop: Shop, tampering: str) -> None:
    poison = third(shop)
    with superuser(tampering=True) as connection:
        connection.execute(f"UPDATE stock_inbox SET {tampering} WHERE id = %s", [poison.id])
    drain_all(shop)
    with tenancy.scope(shop.organization.id):
        final = {m.id: m for m in StockMovement.objects.all()}
    assert len(final) == 5
    assert final[poison.id].status == "rejected"
    assert sum(m.status == "applied" for m in final.values()) == 4
    assert shop.on_hand() == 1 + 2 + 4 + 5
    assert_whole(shop)


def test_a_final_movement_that_turns_up_in_a_lane_again_is_taken_out(shop: Shop) -> None:
    again = third(shop)
    drain_all(shop)
    with superuser(tampering=True) as connection:
        names = "organization_id, id, lane, store_id, product_id, kind, quantity, effective_at, recorded_at"
        more = ", actor_id, source, reference, reason, actor_label, request_id, sequence"
        values = [getattr(again, name.strip()) for name in (names + more).split(",")]
        marks = ", ".join(["%s"] * len(values))
        connection.execute(f"INSERT INTO stock_inbox ({names}{more}) VALUES ({marks})", values)
    rows = [shop.movement("IN", 10)]
    movements.submit_many(raws=rows, access=shop.access(), acting_as=shop.access().actor(), respond_async=True)
    drain_all(shop)
    assert shop.on_hand() == 15 + 10
    assert_whole(shop)


def test_a_transfer_the_other_store_cannot_take_in_moves_nothing() -> None:
    shop = build_shop()
    full = [shop.movement("IN", 10**9, store=1)] * 99 + [shop.movement("IN", 999_999_999, store=1)]
    shop.client.post("/api/stock-movements/bulk/", [*full, shop.movement("IN", 5)], format="json")
    body = {"from_store": "S1", "to_store": "S2", "product_id": shop.products[0].id, "quantity": 3, "reason": ""}
    answer = shop.client.post("/api/inventory/transfer", body, format="json").json()
    assert (answer["status"], answer["rejection_code"]) == ("rejected", "balance_too_large")
    assert (shop.on_hand(0), shop.on_hand(1)) == (5, 10**11 - 1)
    assert_whole(shop)
