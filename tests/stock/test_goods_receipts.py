"""Goods receipts: deliveries in parts, damage, over- and under-delivery, reversal of a line, and the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organization
from inventory_project.kernel import clock, tenancy
from stock.models import GoodsReceipt, GoodsReceiptLine, PurchaseLine, Stock, StockMovement
from stock.services import verification
from tests.factories.purchases import arrive, line, ordered, read, step
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole

TEN = {0: 10, 1: 4}


@pytest.fixture
def shop() -> Shop:
    return build_shop()


@pytest.fixture
def order(shop: Shop) -> dict[str, Any]:
    return ordered(shop, TEN)


def tolerate(shop: Shop, percent: int) -> None:
    with tenancy.scope(shop.organization.id):
        Organization.objects.filter(pk=shop.organization.pk).update(purchase_tolerance_percent=percent)


def receipts(shop: Shop, query: str = "") -> list[dict[str, Any]]:
    return list(shop.client.get(f"/api/goods-receipts/{query}").json()["results"])


def reverse(
    shop: Shop, order: dict[str, Any], line: int = 1, receipt: int = 0, client: Any = None, key: str = ""
) -> Any:
    path = f"/api/goods-receipts/{read(shop, order)['receipts'][receipt]['id']}/reverse/"
    headers = {"Idempotency-Key": key} if key else {}
    body = {"line": line, "reason": "counted twice"}
    return (client or shop.client).post(path, body, format="json", headers=headers)


def fates(order: dict[str, Any], position: int = 0) -> dict[str, float]:
    names = ("received", "over", "damaged", "rejected", "cancelled", "outstanding")
    return {name: value for name in names if (value := line(order, position)[name])}


def held(shop: Shop) -> tuple[float, float]:
    """On hand, and on hold as damaged."""
    with tenancy.scope(shop.organization.id):
        row = Stock.objects.filter(store=shop.stores[0], product=shop.products[0]).first()
    return (float(row.on_hand), float(row.on_hold_damaged)) if row else (0, 0)


def movements(shop: Shop) -> list[StockMovement]:
    with tenancy.scope(shop.organization.id):
        return list(StockMovement.objects.order_by("sequence"))


def test_a_delivery_in_parts_is_taken_in_part_by_part(shop: Shop, order: dict[str, Any]) -> None:
    first = arrive(shop, order, {0: 6}, delivery_note="L-1").json()
    assert (first["status"], fates(first), fates(first, 1)) == (
        "partially_received", {"received": 6, "outstanding": 4}, {"outstanding": 4},
    )  # fmt: skip
    last = step(shop, order, "receive", {"delivery_note": "L-2", "note": "rest"}).json()
    assert (last["status"], fates(last), fates(last, 1)) == ("received", {"received": 10}, {"received": 4})
    assert [row["number"] for row in last["receipts"]] == ["G-000001", "G-000002"]
    told = [(one.kind, float(one.quantity), one.source, one.reference, one.reason) for one in movements(shop)]
    number = order["number"]
    assert told == [
        ("receipt", 6, "purchase_order", number, "G-000001"),
        ("receipt", 4, "purchase_order", number, "G-000002"),
        ("receipt", 4, "purchase_order", number, "G-000002"),
    ]
    assert_whole(shop)


def test_damaged_units_are_on_hold_and_rejected_ones_are_still_owed(shop: Shop, order: dict[str, Any]) -> None:
    answer = arrive(shop, order, {0: {"quantity": 5, "damaged": 2, "rejected": 3}}).json()
    assert fates(answer) == {"received": 7, "damaged": 2, "rejected": 3, "outstanding": 3}
    assert held(shop) == (7, 2)
    only_rejected = arrive(shop, order, {1: {"rejected": 4}}).json()
    assert fates(only_rejected, 1) == {"rejected": 4, "outstanding": 4}
    assert len(movements(shop)) == 2
    assert_whole(shop)


def test_more_than_ordered_is_taken_in_as_far_as_it_is_tolerated(shop: Shop, order: dict[str, Any]) -> None:
    refused = arrive(shop, order, {0: 11, 1: 4})
    assert (refused.status_code, refused.json()["code"]) == (409, "over_delivery")
    assert refused.json()["fields"] == {
        "lines": {"1": {"quantity": ["10 outstanding, 11 arrived; up to 0 beyond the 10 ordered are tolerated."]}}
    }
    assert (movements(shop), receipts(shop)) == ([], [])
    tolerate(shop, 10)
    taken = arrive(shop, order, {0: 11, 1: 4}).json()
    assert (taken["status"], fates(taken)) == ("received", {"received": 10, "over": 1})
    assert arrive(shop, order, {0: 1}).json()["code"] == "over_delivery", "the tolerance is for the line, not the day"
    assert_whole(shop)


def test_a_unit_beyond_a_complete_delivery_is_taken_in_too(shop: Shop, order: dict[str, Any]) -> None:
    tolerate(shop, 20)
    step(shop, order, "receive")
    assert step(shop, order, "receive").json()["fields"] == {"lines": ["Nothing is outstanding: say what arrived."]}
    assert fates(arrive(shop, order, {0: 2}).json()) == {"received": 10, "over": 2}
    assert_whole(shop)


def test_a_delivery_note_is_taken_in_once(shop: Shop, order: dict[str, Any]) -> None:
    assert arrive(shop, order, {0: 5}, delivery_note="L-1").status_code == 200
    again = arrive(shop, order, {0: 5}, delivery_note="L-1")
    assert (again.status_code, again.json()["code"], list(again.json()["fields"])) == (
        409, "delivery_known", ["delivery_note"],
    )  # fmt: skip
    assert shop.on_hand() == 5
    assert reverse(shop, order).status_code == 200
    assert arrive(shop, order, {0: 5}, delivery_note="L-1").status_code == 200, "the first one was reversed"
    assert_whole(shop)


def test_the_same_key_takes_a_delivery_in_once(shop: Shop, order: dict[str, Any]) -> None:
    first, again = (arrive(shop, order, {0: 5}, key="one") for _ in range(2))
    assert (first.json(), again["Idempotency-Replayed"], shop.on_hand()) == (again.json(), "true", 5)
    assert arrive(shop, order, {0: 4}, key="one").json()["code"] == "idempotency_key_reused"


def test_what_was_invoiced_is_kept_beside_what_was_agreed(shop: Shop, order: dict[str, Any]) -> None:
    arrive(shop, order, {0: {"quantity": 5, "unit_cost": "2.75"}, 1: 4})
    found = shop.client.get(f"/api/goods-receipts/{receipts(shop)[0]['id']}/").json()
    assert [(row["unit_cost"], row["ordered_unit_cost"]) for row in found["lines"]] == [(2.75, 2.5), (2.5, 2.5)]
    staff = shop.client_for("staff")
    hidden = staff.get(f"/api/goods-receipts/{found['id']}/").json()["lines"][0]
    assert not {"unit_cost", "ordered_unit_cost"} & hidden.keys()
    refused = arrive(shop, order, {0: {"quantity": 1, "unit_cost": 1}}, client=staff)
    assert refused.status_code == 403


def test_what_was_invoiced_at_nothing_is_free_and_not_of_unknown_cost(shop: Shop) -> None:
    lines = [{"product": shop.products[0].id, "quantity": 8, "unit_cost": 3}]
    order = ordered(shop, {}, lines=lines)
    assert arrive(shop, order, {0: {"quantity": 4}}).status_code == 200
    assert arrive(shop, order, {0: {"quantity": 4, "unit_cost": 0}}).status_code == 200
    with tenancy.scope(shop.organization.id):
        balance = Stock.objects.get(store=shop.stores[0], product=shop.products[0])
    assert float(balance.average_cost) == 1.5  # (4 * 3 + 4 * 0) / 8


@pytest.mark.parametrize(("currency", "average"), [("", 4), ("JPY", 2.5)])
def test_what_was_invoiced_moves_the_average_cost_in_the_stores_own_currency(
    shop: Shop, currency: str, average: float
) -> None:
    lines = [{"product": shop.products[0].id, "quantity": 4, "unit_cost": 3}]
    order = ordered(shop, {}, lines=lines, **({"currency": currency} if currency else {}))
    assert arrive(shop, order, {0: {"quantity": 3, "damaged": 1, "unit_cost": "4"}}).status_code == 200
    with tenancy.scope(shop.organization.id):
        balance = Stock.objects.get(store=shop.stores[0], product=shop.products[0])
    assert float(balance.average_cost) == average


def test_staff_take_in_for_their_own_stores(shop: Shop, order: dict[str, Any]) -> None:
    elsewhere = shop.client_for("staff", stores=[shop.stores[1]])
    here = shop.client_for("staff", stores=[shop.stores[0]])
    assert arrive(shop, order, {0: 1}, client=elsewhere).status_code == 404
    assert arrive(shop, order, {0: 1}, client=here).status_code == 200
    assert reverse(shop, order, client=here).status_code == 403, "managers correct"
    assert shop.on_hand() == 1


def test_a_line_that_was_wrong_is_reversed_and_owed_again(shop: Shop, order: dict[str, Any]) -> None:
    arrive(shop, order, {0: {"quantity": 5, "damaged": 2, "rejected": 1}, 1: 4})
    answer = reverse(shop, order, key="undo")
    assert (answer.status_code, answer.json()["status"]) == (200, "partially_received")
    assert (fates(answer.json()), held(shop), shop.on_hand(product=1)) == ({"outstanding": 10}, (0, 0), 4)
    assert reverse(shop, order, key="undo").json() == answer.json()
    again = reverse(shop, order)
    assert (again.status_code, again.json()["code"]) == (409, "already_reversed")
    assert read(shop, order)["receipts"][0]["reversed_at"] is None, "its other line still stands"
    last = reverse(shop, order, line=2).json()
    assert (last["status"], last["receipts"][0]["reversed_at"] is not None) == ("sent", True)
    assert reverse(shop, order, line=3).status_code == 404
    assert step(shop, order, "receive").json()["status"] == "received"
    assert_whole(shop)


def test_a_reversal_takes_what_was_over_first(shop: Shop, order: dict[str, Any]) -> None:
    tolerate(shop, 50)
    arrive(shop, order, {0: 10})
    arrive(shop, order, {0: 3})
    assert fates(reverse(shop, order).json()) == {"received": 3, "outstanding": 7}
    assert_whole(shop)


def test_of_a_closed_order_a_reversed_line_is_not_owed_again(shop: Shop, order: dict[str, Any]) -> None:
    arrive(shop, order, {0: 6})
    step(shop, order, "close", {"reason": "no more"})
    answer = reverse(shop, order).json()
    assert (answer["status"], fates(answer)) == ("closed", {"cancelled": 10})
    assert_whole(shop)


def test_what_was_sold_meanwhile_cannot_be_reversed(shop: Shop, order: dict[str, Any]) -> None:
    arrive(shop, order, {0: 5})
    shop.post("OUT", 3)
    refused = reverse(shop, order)
    assert (refused.status_code, refused.json()["code"], shop.on_hand()) == (409, "not_reversible", 2)
    assert fates(read(shop, order)) == {"received": 5, "outstanding": 5}
    assert_whole(shop)


def test_its_movements_are_corrected_here_and_nowhere_else(shop: Shop, order: dict[str, Any]) -> None:
    arrive(shop, order, {0: 5})
    refused = shop.client.post(f"/api/stock-movements/{movements(shop)[0].id}/reverse/", {"reason": "x"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_reversible")
    assert "goods receipt" in refused.json()["detail"]
    assert shop.on_hand() == 5


def test_goods_count_on_the_day_they_came(shop: Shop) -> None:
    order = ordered(shop, TEN, sent_at="2026-03-01T10:00:00Z")
    answer = arrive(shop, order, {0: 5}, received_at="2026-03-06T10:00:00Z")
    assert answer.status_code == 200
    assert str(movements(shop)[0].business_date) == "2026-03-06"
    early = arrive(shop, order, {0: 5}, received_at="2026-02-06T10:00:00Z")
    assert early.json()["fields"] == {"received_at": ["The order was sent later than that."]}
    future = arrive(shop, order, {0: 5}, received_at=(clock.now() + timedelta(days=1)).isoformat())
    assert future.json()["fields"] == {"received_at": ["The time lies in the future."]}
    closed = shop.client.post("/api/periods/", {"closed_through": "2026-03-31", "reason": "quarter"})
    assert closed.status_code == 201
    refused = arrive(shop, order, {0: 5}, received_at="2026-03-07T10:00:00Z")
    assert (refused.status_code, list(refused.json()["fields"])) == (409, ["received_at"])
    assert (shop.on_hand(), len(receipts(shop))) == (5, 1)
    assert_whole(shop)


@pytest.mark.parametrize(
    ("units", "field"),
    [
        ({0: {"quantity": 0}}, {"1": {"quantity": ["There is nothing to book."]}}),
        ({0: {"quantity": -1}}, None),
        ({0: {"quantity": "1.0001"}}, None),
        ({0: {"quantity": 1, "broken": 1}}, None),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken_in(
    shop: Shop, order: dict[str, Any], units: Any, field: Any
) -> None:
    refused = arrive(shop, order, units)
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == ["lines"]
    if field is not None:
        assert refused.json()["fields"]["lines"] == field
    assert (movements(shop), receipts(shop), read(shop, order)["version"]) == ([], [], order["version"])


def test_a_product_that_was_not_ordered_is_refused_by_its_row(shop: Shop) -> None:
    order = ordered(shop, {0: 10})
    refused = arrive(shop, order, {0: 10, 1: 1})
    assert refused.json()["fields"] == {
        "lines": {"2": {"product": ["This product has no line in this order, or two rows here."]}}
    }
    assert movements(shop) == []


@pytest.mark.parametrize(
    ("query", "count"),
    [("supplier=northern foods", 1), ("store=S1", 1), ("store=S2", 0), ("product=SKU-1", 1), ("product=SKU-2", 0),
     ("number=G-000001", 1), ("delivery_note=L-1", 1), ("since=2100-01-01T00:00:00Z", 0)],
)  # fmt: skip
def test_the_list_is_filtered(shop: Shop, order: dict[str, Any], query: str, count: int) -> None:
    arrive(shop, order, {0: 5}, delivery_note="L-1")
    assert len(receipts(shop, f"?{query}")) == count
    assert len(receipts(shop, f"?{query}&order={order['id']}")) == count


def test_the_database_keeps_a_receipt_as_it_was(shop: Shop, order: dict[str, Any]) -> None:
    arrive(shop, order, {0: 5})
    with tenancy.scope(shop.organization.id), pytest.raises(IntegrityError), transaction.atomic():
        GoodsReceiptLine.objects.update(quantity=6)
    reverse(shop, order)
    with tenancy.scope(shop.organization.id), pytest.raises(IntegrityError), transaction.atomic():
        GoodsReceiptLine.objects.update(reversed_at=None)
    with tenancy.scope(shop.organization.id):
        assert GoodsReceipt.objects.get().reversed_at is not None


@pytest.mark.parametrize("column", ["received", "rejected"])
def test_a_line_that_contradicts_its_receipts_is_drift(shop: Shop, order: dict[str, Any], column: str) -> None:
    arrive(shop, order, {0: 5})
    assert verification.verify(organization_id=shop.organization.id).receipt_drift == 0
    with tenancy.scope(shop.organization.id):
        PurchaseLine.objects.filter(product=shop.products[0]).update(**{column: 4})
    found = verification.verify(organization_id=shop.organization.id)
    assert (found.receipt_drift, found.drift) == (1, 1)
