"""A weekend of a shop that sells online and over the counter, through HTTP: every unit is promised or sold once."""

from __future__ import annotations

import pytest

from stock.services import reservation_expiry, verification
from tests.factories.reservations import ask, book, figures, let_run_out, now, reserve, take
from tests.factories.stock import Shop, build_shop
from tests.factories.transfers import shipped, step


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=2, products=3)
    for product in range(3):
        shop.post("IN", 20, product=product)
    return shop


def stands(shop: Shop) -> dict[str, float]:
    """The first product's row in the first store, as a manager sees it."""
    path = f"/api/stocks/?store=S1&product={shop.products[0].id}"
    row = shop.client.get(path).json()["results"][0]
    assert row["available"] == row["on_hand"] - row["reserved"] - row["on_hold"]
    assert row["on_hold"] == row["on_hold_damaged"] + row["on_hold_quality"]
    return {name: row[name] for name in ("on_hand", "reserved", "on_hold", "available")}


def test_click_and_collect_beside_a_busy_counter(shop: Shop) -> None:
    staff = shop.client_for("staff", stores=[shop.stores[0]])

    # Two orders come in; the second wants more of one product than there is, and takes what it can get.
    first = reserve(
        shop, {0: 8, 1: 2}, reference="WEB-1", note="Mrs Hill, calls on Saturday", key="WEB-1", client=staff
    )
    assert ask(shop, {0: 15, 2: 1}, reference="WEB-2").json()["code"] == "insufficient_stock"
    second = reserve(shop, {0: 15, 2: 1}, reference="WEB-2", partial=True)
    assert [line["open"] for line in second["lines"]] == [12, 1]
    assert second["short"][0]["wanted"] - second["short"][0]["reserved"] == 3
    assert stands(shop) == {"on_hand": 20, "reserved": 20, "on_hold": 0, "available": 0}

    # The counter sells nothing that was promised; the list of what is low says so.
    assert shop.post("OUT", 1).json()["rejection_code"] == "insufficient_stock"
    low = shop.client.get("/api/reports/low-stock?store_id=S1").json()["results"]
    assert [(row["sku"], row["status"]) for row in low] == [("SKU-1", "out")]

    # Mrs Hill takes five today and gives back one product; the till repeats itself and nothing happens twice.
    part = {"lines": [{"product": "SKU-1", "quantity": 5, "unit_price": "3.80"}]}
    for _ in range(2):
        assert take(shop, first, "fulfil", part, client=staff, key="till 4 receipt 17").status_code == 200
    given_up = {"lines": [{"product": "SKU-2", "quantity": 2}], "reason": "wrong colour"}
    assert take(shop, first, "release", given_up, client=staff).json()["status"] == "active"
    later = take(shop, first, "extend", client=staff)
    assert (later.status_code, later.json()["expires_at"] > first["expires_at"]) == (200, True)
    assert stands(shop) == {"on_hand": 15, "reserved": 15, "on_hold": 0, "available": 0}

    # Nobody comes for the other order. Its goods are for sale again, and the order cannot be handed over any more.
    let_run_out(shop, second)
    assert reservation_expiry.expire_everywhere() >= 1
    assert take(shop, second, "fulfil").json()["code"] == "reservation_expired"
    assert stands(shop) == {"on_hand": 15, "reserved": 3, "on_hold": 0, "available": 12}
    assert shop.post("OUT", 7).json()["status"] == "applied"

    # A shelf falls: four units are damaged, one of them is looked at, and is fine.
    assert book(shop, "hold", {0: 4}, reason="the shelf fell", client=staff).status_code == 201
    assert book(shop, "hold", {0: 1}, from_bucket="damaged", bucket="quality").status_code == 201
    assert book(shop, "unhold", {0: 1}, bucket="quality").status_code == 201
    assert stands(shop) == {"on_hand": 8, "reserved": 3, "on_hold": 3, "available": 2}
    assert shop.post("OUT", 3).json()["rejection_code"] == "insufficient_stock"
    assert book(shop, "dispose", {0: 3}, reason="thrown away").status_code == 201

    # The rest of the order is fetched, and all of it is in the books.
    assert take(shop, first, "fulfil", client=staff).json()["status"] == "fulfilled"
    assert stands(shop) == {"on_hand": 2, "reserved": 0, "on_hold": 0, "available": 2}
    moved = shop.client.get("/api/stock-movements/?reference=WEB-1").json()["results"]
    assert sorted(movement["delta"] for movement in moved) == [-5, -3]
    report = shop.client.get(f"/api/reports/stock?store_id=S1&product_id={shop.products[0].id}").json()["results"][0]
    assert (report["units_in"], report["units_out"], report["units_sold"], report["closing"]) == (20, 18, 15, 2)
    log = shop.client.get(f"/api/logs/?action=stock.reservation.&store={shop.stores[0].id}").json()["results"]
    assert sorted(entry["action"].rpartition(".")[2] for entry in log) == [
        "expired",
        "extended",
        "fulfilled",
        "fulfilled",
        "made",
        "made",
        "released",
    ]
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_a_delivery_with_broken_goods_waits_for_the_supplier(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10})
    body = {"lines": [{"product": "SKU-1", "quantity": 7, "damaged": 3}], "keep_damaged": True}
    received = step(shop, transfer, "receive", body).json()
    assert (received["status"], received["lines"][0]["damaged"]) == ("received", 3)
    assert figures(shop, store=1) == (10, 0, 3, 0)
    back = book(shop, "dispose", {0: 3}, store="S2", kind="supplier_return", reference="RMA 12")
    assert back.status_code == 201, back.json()
    assert figures(shop, store=1) == (7, 0, 0, 0)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_what_is_reserved_is_found_by_its_order(shop: Shop) -> None:
    made = reserve(shop, {0: 1}, reference="WEB-77")
    found = shop.client.get("/api/reservations/?reference=WEB-77").json()["results"]
    assert [each["id"] for each in found] == [made["id"]]
    assert now(shop, made)["lines"][0]["sku"] == "SKU-1"
