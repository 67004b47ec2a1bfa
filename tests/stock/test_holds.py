"""Goods on hold: buckets moved by movements, what they leave available, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from inventory_project.kernel import tenancy
from inventory_project.kernel.sql import rows
from stock.choices import AppliedVia, Kind
from stock.models import StockMovement
from stock.services import ledger, ledger_rows, verification
from tests.factories.reservations import book, figures, reserve
from tests.factories.stock import Shop, build_shop
from tests.factories.transfers import line, shipped, step
from tests.support.ledger import assert_whole
from tests.support.superuser import superuser


@pytest.fixture
def shop() -> Shop:
    shop = build_shop()
    shop.post("IN", 10)
    shop.post("IN", 10, product=1)
    return shop


def row(shop: Shop) -> dict[str, Any]:
    path = f"/api/inventory/?store={shop.stores[0].id}&product={shop.products[0].id}"
    return dict(shop.client.get(path).json()["results"][0])


def last(shop: Shop) -> dict[str, Any]:
    return dict(shop.client.get("/api/stock-movements/?page_size=1").json()["results"][0])


def test_goods_on_hold_are_on_hand_and_not_available(shop: Shop) -> None:
    answer = book(shop, "hold", {0: 3}, reason="a broken box")
    assert answer.status_code == 201, answer.json()
    found = answer.json()["lines"][0]
    assert (found["on_hand"], found["on_hold"], found["on_hold_damaged"], found["available"]) == (10, 3, 3, 7)
    assert (row(shop)["on_hold_damaged"], row(shop)["on_hold_quality"], row(shop)["available"]) == (3, 0, 7)
    moved = last(shop)
    assert [moved["id"]] == found["movements"]
    assert (moved["movement_type"], moved["quantity"], moved["delta"], moved["held"]) == ("hold", 3, 0, 3)
    assert (moved["bucket"], moved["balance_after"], moved["note"]) == ("damaged", 10, "a broken box")
    assert shop.post("OUT", 8).json()["rejection_code"] == "insufficient_stock"
    assert shop.post("OUT", 7).json()["status"] == "applied"
    assert_whole(shop)


def test_into_between_out_of_and_away(shop: Shop) -> None:
    book(shop, "hold", {0: 6}, bucket="quality")
    moved = book(shop, "hold", {0: 4}, from_bucket="quality")
    assert (moved.status_code, len(moved.json()["lines"][0]["movements"])) == (201, 2)
    assert figures(shop) == (10, 0, 4, 2)
    assert book(shop, "unhold", {0: 2}, bucket="quality").status_code == 201
    assert book(shop, "dispose", {0: 1}, reason="thrown away").status_code == 201
    assert last(shop)["movement_type"] == "removal"
    assert book(shop, "dispose", {0: 1}, kind="supplier_return").status_code == 201
    assert (last(shop)["movement_type"], last(shop)["delta"], last(shop)["held"]) == ("supplier_return", -1, -1)
    assert figures(shop) == (8, 0, 2, 0)
    assert_whole(shop)


def test_the_movement_report_and_the_days_add_up(shop: Shop) -> None:
    book(shop, "hold", {0: 6})
    book(shop, "dispose", {0: 2})
    path = f"/api/reports/stock?store_id={shop.stores[0].id}&product_id={shop.products[0].id}"
    found = shop.client.get(path).json()["results"][0]
    assert found["opening"] + found["units_in"] - found["units_out"] == found["closing"] == 8
    assert (found["units_out"], found["units_sold"], found["movements"]) == (2, 0, 3)
    assert_whole(shop)


@pytest.mark.parametrize(
    ("verb", "more", "code", "sentence"),
    [
        ("hold", {}, "insufficient_stock", "SKU-2: 11 wanted, 10 available."),
        ("unhold", {}, "insufficient_on_hold", "SKU-2: 11 wanted, 0 on hold as damaged."),
        ("dispose", {}, "insufficient_on_hold", "SKU-2: 11 wanted, 0 on hold as damaged."),
        ("hold", {"from_bucket": "quality"}, "insufficient_on_hold", "SKU-2: 11 wanted, 0 on hold as quality."),
    ],
)
def test_a_line_that_cannot_be_booked_refuses_all(
    shop: Shop, verb: str, more: dict[str, str], code: str, sentence: str
) -> None:
    book(shop, "hold", {0: 2})
    book(shop, "hold", {0: 2}, bucket="quality")
    before = figures(shop), figures(shop, product=1)
    answer = book(shop, verb, {0: 1, 1: 11}, **more)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert answer.json()["fields"] == {"lines": {"2": {"quantity": [sentence]}}}
    assert (figures(shop), figures(shop, product=1)) == before
    assert_whole(shop)


def test_reserved_goods_are_not_put_on_hold(shop: Shop) -> None:
    reserve(shop, {0: 8})
    assert book(shop, "hold", {0: 3}).status_code == 409
    assert book(shop, "hold", {0: 2}).status_code == 201
    assert figures(shop) == (10, 8, 2, 0)


def test_a_store_that_promised_too_much_may_still_release_and_rebook_what_is_on_hold(shop: Shop) -> None:
    book(shop, "hold", {0: 4})
    reserve(shop, {0: 6})
    shop.post("adjustment", -8)
    assert figures(shop) == (2, 6, 4, 0)
    assert book(shop, "hold", {0: 1}, bucket="quality", from_bucket="damaged").status_code == 201
    assert book(shop, "unhold", {0: 2}).status_code == 201
    assert figures(shop) == (2, 6, 1, 1)
    assert book(shop, "hold", {0: 1}).json()["code"] == "insufficient_stock"
    assert_whole(shop)


def test_a_hold_that_leaves_nothing_is_counted_as_out(shop: Shop) -> None:
    before = shop.client.get("/api/reports/dashboard").json()["out_of_stock"]
    book(shop, "hold", {0: 10})
    assert row(shop)["status"] == "out"
    assert shop.client.get("/api/reports/dashboard").json()["out_of_stock"] == before + 1
    assert_whole(shop)


def test_a_repeated_key_books_once(shop: Shop) -> None:
    first, second = (book(shop, "hold", {0: 3}, key="the box") for _ in range(2))
    assert (first.status_code, second.status_code, second.json()) == (201, 200, first.json())
    assert second.headers["Idempotency-Replayed"] == "true"
    other = book(shop, "unhold", {0: 3}, key="the box")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert figures(shop) == (10, 0, 3, 0)


# Reversals


@pytest.mark.parametrize("verb", ["hold", "unhold", "dispose"])
def test_a_reversal_puts_the_units_where_they_were(shop: Shop, verb: str) -> None:
    if verb != "hold":
        book(shop, "hold", {0: 5})
    before = figures(shop)
    movement = book(shop, verb, {0: 3}).json()["lines"][0]["movements"][0]
    assert figures(shop) != before
    answer = shop.client.post(f"/api/stock-movements/{movement}/reverse/", {"reason": "a mistake"})
    assert answer.status_code == 201, answer.json()
    assert figures(shop) == before
    assert_whole(shop)


def test_a_hold_whose_units_were_disposed_of_is_not_reversed(shop: Shop) -> None:
    movement = book(shop, "hold", {0: 3}).json()["lines"][0]["movements"][0]
    book(shop, "dispose", {0: 1})
    answer = shop.client.post(f"/api/stock-movements/{movement}/reverse/", {"reason": "a mistake"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_reversible")
    assert figures(shop) == (9, 0, 2, 0)


# Transfers


def test_what_arrives_damaged_may_be_kept_on_hold(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10})
    body = {"lines": [{"product": "SKU-1", "quantity": 7, "damaged": 2}], "keep_damaged": True}
    answer = step(shop, transfer, "receive", body)
    assert answer.status_code == 200, answer.json()
    assert (line(answer.json())["damaged"], line(answer.json())["in_transit"]) == (2, 1)
    assert figures(shop, store=1) == (9, 0, 2, 0)
    assert_whole(shop)
    assert book(shop, "dispose", {0: 2}, store=shop.stores[1].id).status_code == 201
    assert figures(shop, store=1) == (7, 0, 0, 0)
    assert_whole(shop)


# One batch


def test_movements_of_one_balance_in_one_batch_see_each_others_holds(shop: Shop) -> None:
    """A worker never batches them, but the ledger must not depend on that."""

    def movement(kind: Kind, quantity: int, held: int | None = None) -> Any:
        return ledger_rows.row_defaults(
            id=ledger_rows.new_id(),
            store=shop.stores[0].id,
            product=shop.products[0].id,
            kind=kind,
            quantity=quantity,
            held=held,
            bucket=held and "damaged",
            effective_at="2026-05-01T09:00:00Z",
            recorded_at="2026-05-01T09:00:00Z",
            actor=None,
            actor_label="",
            request_id="",
            source="test",
        )

    batch = [
        movement(Kind.SALE, -2),
        movement(Kind.HOLD, 0, 5),
        movement(Kind.SALE, -4),
        movement(Kind.HOLD, 0, 4),
        movement(Kind.REMOVAL, -5, -5),
        movement(Kind.SALE, -3),
    ]
    verdicts = ledger.apply(lambda: batch, organization_id=shop.organization.id, via=AppliedVia.WORKER)
    assert [verdict.rejection for verdict in verdicts] == ["", "", "insufficient_stock", "insufficient_stock", "", ""]
    assert figures(shop) == (0, 0, 0, 0)
    assert_whole(shop)


# Bad input


@pytest.mark.parametrize("verb", ["hold", "unhold", "dispose"])
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"store": "nowhere"}, "store"),
        ({"bucket": "lost"}, "bucket"),
        ({"bucket": None}, "bucket"),
        ({"lines": []}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": 0}]}, "lines"),
        ({"lines": [{"product": "SKU-9", "quantity": 1}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": 1}, {"product": "sku-1", "quantity": 1}]}, "lines"),
        ({"colour": "red"}, "colour"),
        ({"reason": "x" * 301}, "reason"),
    ],
)
def test_bad_input_is_refused_by_name(shop: Shop, verb: str, body: dict[str, Any], field: str) -> None:
    book(shop, "hold", {0: 5})
    answer = book(shop, verb, {0: 1}, **body)
    assert answer.status_code == 400, answer.json()
    assert field in answer.json()["fields"]
    assert figures(shop) == (10, 0, 5, 0)


def test_units_are_not_moved_into_the_bucket_they_are_in(shop: Shop) -> None:
    book(shop, "hold", {0: 5})
    assert "from_bucket" in book(shop, "hold", {0: 1}, from_bucket="damaged").json()["fields"]
    assert book(shop, "dispose", {0: 1}, kind="sale").json()["fields"].keys() == {"kind"}


def test_staff_put_on_hold_in_their_own_stores_only(shop: Shop) -> None:
    staff = shop.client_for("staff", stores=[shop.stores[1]])
    answer = book(shop, "hold", {0: 1}, client=staff)
    assert (answer.status_code, answer.json()["fields"]) == (400, {"store": ["No such store."]})


# What the database refuses by itself


COLUMNS = (
    "organization_id, id, store_id, product_id, kind, status, quantity, balance_after, effective_at, business_date"
)
COPIED = "organization_id, gen_random_uuid(), store_id, product_id"


@pytest.mark.parametrize(
    ("kind", "quantity", "held", "bucket"),
    [
        ("hold", 0, None, None),
        ("hold", 0, -1, "damaged"),
        ("hold", 1, 1, "damaged"),
        ("hold", 0, 1, "lost"),
        ("hold", 0, 1, None),
        ("release_hold", 0, 1, "damaged"),
        ("removal", -1, -2, "damaged"),
        ("removal", 0, -2, "damaged"),
        ("receipt", 0, None, None),
        ("receipt", 1, None, "damaged"),
    ],
)
def test_the_ledger_refuses_a_movement_of_a_bucket_that_does_not_add_up(
    shop: Shop, kind: str, quantity: int, held: int | None, bucket: str | None
) -> None:
    query = f"""
        INSERT INTO stock_stockmovement ({COLUMNS}, recorded_at, applied_via, held, bucket)
        SELECT {COPIED}, %(kind)s, 'applied', %(quantity)s::numeric, 0, now(), now()::date, now(), 'worker',
               %(held)s::numeric, %(bucket)s
          FROM stock_stockmovement LIMIT 1
    """
    params = {"kind": kind, "quantity": quantity, "held": held, "bucket": bucket}
    with pytest.raises(IntegrityError, match="movement_"), tenancy.scope(shop.organization.id):
        rows(query, params)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE stock_stock SET on_hold = on_hold + 1, on_hold_damaged = on_hold_damaged + 1 WHERE on_hold > 0 AND",
        "UPDATE stock_stock SET on_hold_damaged = 0, on_hold_quality = on_hold WHERE on_hold > 0 AND",
        "UPDATE stock_stockmovement SET bucket = 'quality' WHERE kind = 'hold' AND",
        "DELETE FROM stock_stockmovement WHERE kind = 'hold' AND",
    ],
)
def test_whoever_tampers_with_a_bucket_is_found_out(shop: Shop, tampering: str) -> None:
    book(shop, "hold", {0: 3})
    with superuser(tampering=True) as connection:
        connection.execute(f"{tampering} organization_id = %s", [shop.organization.id])
    found = verification.verify(organization_id=shop.organization.id)
    assert found.hold_drift == 1
    assert found.drift >= 1


def test_only_movements_of_buckets_name_one(shop: Shop) -> None:
    book(shop, "hold", {0: 3})
    shop.post("OUT", 1)
    with tenancy.scope(shop.organization.id):
        assert set(StockMovement.objects.values_list("kind", "bucket")) == {
            ("receipt", None),
            ("hold", "damaged"),
            ("sale", None),
        }
