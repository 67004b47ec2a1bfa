"""One movement over HTTP, from the request to the receipt."""

from __future__ import annotations

import uuid
from decimal import Decimal

import orjson
import pytest
from django.db import DatabaseError

from inventory_project.kernel import sql, tenancy
from stock.models import StockMovement
from stock.services import lanes, verification
from stock.services.lanes import AppliedVia
from stock.services.movements import SQL
from tests.factories.stock import Shop, build_shop


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def drain(shop: Shop) -> None:
    for lane in range(lanes.LANES):
        lanes.drain(shop.organization.id, lane, via=AppliedVia.WORKER)


def test_receipt_then_sale_changes_the_balance(shop: Shop) -> None:
    first = shop.post("IN", 10)
    assert first.status_code == 201, first.json()
    assert first.json()["status"] == "applied"
    assert first.json()["balance_after"] == 10
    second = shop.post("OUT", 3)
    assert second.json()["balance_after"] == 7
    assert shop.on_hand() == 7


def test_accepted_movement_waits_until_a_worker_drains_its_lane(shop: Shop) -> None:
    answer = shop.client.post("/api/stock-movements/", shop.movement("IN", 4), format="json")
    assert answer.status_code == 202, answer.json()
    receipt = answer.json()
    assert receipt["status"] == "accepted"
    drain(shop)
    final = shop.client.get(f"/api/stock-movements/{receipt['id']}/").json()
    assert (final["status"], final["applied_via"], final["balance_after"]) == ("applied", "worker", 4)


def test_sale_beyond_on_hand_is_rejected_with_its_reason(shop: Shop) -> None:
    shop.post("IN", 2)
    answer = shop.post("OUT", 3)
    assert answer.status_code == 200
    assert answer.json()["status"] == "rejected"
    assert answer.json()["rejection_code"] == "insufficient_stock"
    assert answer.json()["reason"]
    assert shop.on_hand() == 2


def test_nothing_is_accepted_for_another_organization_than_the_bound_one(shop: Shop) -> None:
    other = build_shop()
    params = {"organization": shop.organization.id, "movement": "{}", "fingerprint": 0, "reach": None, "lanes": 8}
    query = (SQL / "accept.sql").read_text()
    with pytest.raises(DatabaseError, match="is bound, not"), tenancy.scope(other.organization.id):
        sql.rows(query, params)
    assert sql.committed(query, params)[0]["store_id"] is None
    with pytest.raises(RuntimeError), tenancy.scope(shop.organization.id):
        sql.committed(query, params)


def test_same_key_and_body_gives_the_first_receipt(shop: Shop) -> None:
    body = shop.movement("IN", 5)
    key = str(uuid.uuid4())
    first, second = (
        shop.client.post(
            "/api/stock-movements/", body, format="json", headers={"Idempotency-Key": key, "Prefer": "wait=5"}
        )
        for _ in range(2)
    )
    assert first.json()["id"] == second.json()["id"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert shop.on_hand() == 5


def test_a_repeat_that_waits_gets_the_first_movement_applied(shop: Shop) -> None:
    body, key = shop.movement("IN", 5), {"Idempotency-Key": str(uuid.uuid4())}
    first = shop.client.post("/api/stock-movements/", body, format="json", headers=key)
    assert first.json()["status"] == "accepted"
    again = shop.client.post("/api/stock-movements/", body, format="json", headers={**key, "Prefer": "wait=5"})
    assert (again.status_code, again.json()["status"]) == (200, "applied")
    assert again.json()["id"] == first.json()["id"]
    assert shop.on_hand() == 5


def test_same_key_with_another_body_is_refused(shop: Shop) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4()), "Prefer": "wait=5"}
    shop.client.post("/api/stock-movements/", shop.movement("IN", 5), format="json", headers=key)
    answer = shop.client.post("/api/stock-movements/", shop.movement("IN", 6), format="json", headers=key)
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_reused"
    assert shop.on_hand() == 5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 1.2345}, "quantity"),
        ({"quantity": 10**12}, "quantity"),
        ({"quantity": "many"}, "quantity"),
        ({"quantity": "1_000"}, "quantity"),
        ({"quantity": "\u0661"}, "quantity"),
        ({"quantity": "NaN"}, "quantity"),
        ({"quantity": "1." + "0" * 62 + "5"}, "quantity"),
        ({"quantity": True}, "quantity"),
        ({"quantity": None}, "quantity"),
        ({"store": 10**15}, "store"),
        ({"store": "NOWHERE"}, "store"),
        ({"product": "NOTHING"}, "product"),
        ({"product": [1]}, "product"),
        ({"movement_type": "BURN"}, "movement_type"),
        ({"movement_type": "transfer_dispatch"}, "movement_type"),
        ({"effective_at": "2999-01-01T00:00:00Z"}, "effective_at"),
        ({"effective_at": "yesterday"}, "effective_at"),
        ({"unit_price": -1}, "unit_price"),
        ({"reason": "x" * 301}, "reason"),
        ({"status": "applied"}, "status"),
    ],
)
def test_wrong_input_names_the_field_and_changes_nothing(shop: Shop, change: dict, field: str) -> None:
    answer = shop.client.post("/api/stock-movements/", {**shop.movement("IN", 1), **change}, format="json")
    assert answer.status_code == 400, answer.json()
    assert list(answer.json()["fields"]) == [field]
    drain(shop)
    assert shop.on_hand() == 0


def test_weighed_goods_keep_three_decimals(shop: Shop) -> None:
    shop.post("IN", 1.5)
    shop.post("OUT", "0.125")
    assert shop.on_hand() == Decimal("1.375")


def test_codes_and_skus_name_the_store_and_product(shop: Shop) -> None:
    body = {"store": "s1", "product": "sku-1", "movement_type": "receipt", "quantity": 2}
    answer = shop.client.post("/api/stock-movements/", body, format="json", HTTP_PREFER="wait=1")
    assert answer.status_code == 201, answer.json()
    assert shop.on_hand() == 2


def test_reversal_is_equal_and_opposite_and_happens_once(shop: Shop) -> None:
    movement = shop.post("IN", 8).json()
    answer = shop.client.post(f"/api/stock-movements/{movement['id']}/reverse/", {"reason": "typo"}, format="json")
    assert answer.status_code == 201, answer.json()
    assert answer.json()["delta"] == -8
    assert shop.on_hand() == 0
    again = shop.client.post(f"/api/stock-movements/{movement['id']}/reverse/", {}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "already_reversed")
    assert shop.on_hand() == 0


def test_a_waiting_movement_cannot_be_reversed_yet_and_the_answer_says_so(shop: Shop) -> None:
    waiting = shop.client.post("/api/stock-movements/", shop.movement("IN", 4), format="json").json()
    url = f"/api/stock-movements/{waiting['id']}/reverse/"
    answer = shop.client.post(url, {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_reversible")
    elsewhere = shop.client_for("staff", stores=[shop.stores[1]])
    assert elsewhere.post(url, {}, format="json").status_code == 404
    drain(shop)
    assert shop.client.post(url, {}, format="json").status_code == 201


def test_transfer_moves_units_and_its_reversal_brings_them_back(shop: Shop) -> None:
    shop.post("IN", 10)
    body = {"from_store": "S1", "to_store": "S2", "product_id": shop.products[0].id, "quantity": 4, "reason": "restock"}
    answer = shop.client.post("/api/inventory/transfer", body, format="json")
    assert answer.status_code == 201, answer.json()
    assert (shop.on_hand(0), shop.on_hand(1)) == (6, 4)
    back = shop.client.post(f"/api/stock-movements/{answer.json()['id']}/reverse/", {}, format="json")
    assert back.status_code == 201, back.json()
    assert (shop.on_hand(0), shop.on_hand(1)) == (10, 0)


def test_transfer_without_stock_changes_neither_store(shop: Shop) -> None:
    body = {"from_store": "S1", "to_store": "S2", "product_id": shop.products[0].id, "quantity": 4, "reason": ""}
    answer = shop.client.post("/api/inventory/transfer", body, format="json")
    assert answer.json()["status"] == "rejected"
    assert (shop.on_hand(0), shop.on_hand(1)) == (0, 0)


def test_inventory_update_adjusts_by_delta(shop: Shop) -> None:
    shop.post("IN", 10)
    body = {"store_id": shop.stores[0].id, "product_id": shop.products[0].id, "delta": -4, "reason": "damaged"}
    answer = shop.client.post("/api/inventory/update", body, format="json")
    assert answer.status_code == 201, answer.json()
    assert shop.on_hand() == 6
    wrong = shop.client.post("/api/inventory/update", {**body, "delta": 0}, format="json")
    assert list(wrong.json()["fields"]) == ["delta"]


def test_everything_kept_agrees_with_the_ledger(shop: Shop) -> None:
    shop.post("IN", 10)
    shop.post("OUT", 3)
    shop.post("OUT", 30)
    shop.post("customer_return", 1)
    sale = shop.post("OUT", 2).json()
    shop.client.post(f"/api/stock-movements/{sale['id']}/reverse/", {}, format="json")
    result = verification.verify(organization_id=shop.organization.id)
    assert result.drift == 0, vars(result)
    assert result.movements == 6


def test_ledger_rows_cannot_be_changed_by_the_app(shop: Shop) -> None:
    shop.post("IN", 10)
    with pytest.raises(DatabaseError, match="permission denied"), tenancy.scope(shop.organization.id):
        StockMovement.objects.update(quantity=99)


def test_bulk_gives_a_verdict_for_each_row(shop: Shop) -> None:
    rows = [
        shop.movement("IN", 10),
        shop.movement("OUT", 4),
        shop.movement("OUT", 40),
        {"store": "S1", "product": "NOPE", "movement_type": "IN", "quantity": 1},
    ]
    answer = shop.client.post("/api/stock-movements/bulk/", rows, format="json")
    assert answer.status_code == 200, answer.json()
    assert [row["status"] for row in answer.json()["results"]] == ["applied", "applied", "rejected", "invalid"]
    assert [row["balance_after"] for row in answer.json()["results"]] == [10, 6, 6, None]
    assert shop.on_hand() == 6


def test_atomic_bulk_applies_all_or_none(shop: Shop) -> None:
    rows = [shop.movement("IN", 10), shop.movement("OUT", 40)]
    answer = shop.client.post("/api/stock-movements/bulk/?atomic=true", rows, format="json")
    assert answer.status_code == 409, answer.json()
    assert list(answer.json()["fields"]["rows"]) == ["2"]
    assert shop.on_hand() == 0


def test_all_or_none_cannot_be_asked_of_rows_that_are_only_queued(shop: Shop) -> None:
    rows = [shop.movement("IN", 10), {**shop.movement("IN", 1), "product": "NOPE"}]
    url = "/api/stock-movements/bulk/?atomic=true"
    answer = shop.client.post(url, rows, format="json", HTTP_PREFER="respond-async")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["atomic"])
    drain(shop)
    assert shop.on_hand() == 0


def test_broken_line_in_ndjson_is_named_and_nothing_changes(shop: Shop) -> None:
    lines = [
        orjson.dumps(shop.movement("IN", 1)).decode(),
        '{"store": 1,',
        orjson.dumps(shop.movement("IN", 1)).decode(),
    ]
    answer = shop.client.post("/api/stock-movements/bulk/", "\n".join(lines), content_type="application/x-ndjson")
    assert answer.status_code == 400
    assert list(answer.json()["fields"]["rows"]) == ["2"]
    assert shop.on_hand() == 0


def test_inventory_list_has_the_agreed_shape(shop: Shop) -> None:
    shop.post("IN", 3)
    answer = shop.client.get(f"/api/inventory/?store_id={shop.stores[0].id}").json()
    assert set(answer) == {"results", "next", "previous"}
    row = answer["results"][0]
    agreed = "store_id store product_id sku product_name on_hand reserved available reorder_level status updated_at"
    assert set(agreed.split()) <= set(row)
    assert (row["on_hand"], row["available"], row["status"], row["reorder_level"]) == (3, 3, "low", 5)


def test_dashboard_is_never_stale_after_a_movement(shop: Shop) -> None:
    for expected in (3, 6, 9):
        shop.post("IN", 3)
        figures = shop.client.get("/api/reports/dashboard/").json()
        assert figures["units"] == expected


def test_dashboard_is_never_stale_after_a_change_of_the_catalogue(shop: Shop) -> None:
    shop.post("IN", 10)
    product = f"/api/products/{shop.products[0].id}/"
    for cost, price in ((3, 6), (4, 8)):
        shop.client.patch(product, {"unit_cost": cost, "sale_price": price}, format="json")
        figures = shop.client.get("/api/reports/dashboard/").json()
        assert (figures["cost_value"], figures["retail_value"]) == (10 * cost, 10 * price)
    shop.client.post("/api/products/", {"sku": "NEW", "name": "New"}, format="json")
    assert shop.client.get("/api/reports/dashboard/").json()["products"] == 3


def test_a_remembered_figure_is_not_computed_again(shop: Shop) -> None:
    shop.post("IN", 10)
    first, second = (shop.client.get("/api/reports/dashboard/").json()["computed_at"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("query", ["atomic=yes", "atomc=true"])
def test_a_bulk_request_that_does_not_say_clearly_whether_it_is_atomic_is_refused(shop: Shop, query: str) -> None:
    answer = shop.client.post(f"/api/stock-movements/bulk/?{query}", [shop.movement("IN", 4)], format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [query.partition("=")[0]])
    with tenancy.scope(shop.organization.id):
        assert not StockMovement.objects.exists()


def test_stock_lists_refuse_an_ordering_they_do_not_have(shop: Shop) -> None:
    for path in ("inventory", "stocks", "transactions", "stock-movements", "reports/low-stock", "reports/stock"):
        answer = shop.client.get(f"/api/{path}/?ordering=nope")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["ordering"]), path


@pytest.mark.parametrize("path", ["update", "transfer"])
def test_the_plain_doors_name_a_field_they_do_not_know(shop: Shop, path: str) -> None:
    answer = shop.client.post(f"/api/inventory/{path}/", {"product": "SKU-1"}, format="json")
    assert answer.status_code == 400
    assert "product_id" in answer.json()["fields"]["product"][0]
