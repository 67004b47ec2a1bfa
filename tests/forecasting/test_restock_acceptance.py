"""Accepting lines: the papers that follow, what happens when stock has moved, and two who accept at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from forecasting.errors import LineDecided
from forecasting.models import RestockLine
from forecasting.services import acceptance
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from stock.models import PurchaseLine, PurchaseOrder, TransferLine, TransferOrder
from tests.factories.catalog import build_supplier
from tests.factories.restock import line_row, lines_of, propose, restock_shop
from tests.factories.stock import Shop

NEEDED = {(0, 0): 4.0, (0, 1): 3.0}
STOCK = {(0, 0): 2, (0, 1): 2}


def accept(shop: Shop, lines: list[dict[str, Any]], client: Any = None, key: str = "", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"lines": [line["id"] for line in lines], **body}
    return (client or shop.client).post("/api/restock/accept/", body, format="json", headers=headers)


def papers(shop: Shop) -> tuple[int, int]:
    with tenancy.scope(shop.organization.id):
        return PurchaseOrder.objects.count(), TransferOrder.objects.count()


def test_lines_of_one_supplier_and_store_become_one_draft():
    shop = restock_shop(NEEDED, STOCK, stores=1, pack_size=6)
    proposal = propose(shop)
    lines = lines_of(shop)
    answer = accept(shop, lines)
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert (body["accepted"], len(body["purchases"]), body["transfers"], body["changed"]) == (2, 1, [], {})
    with tenancy.scope(shop.organization.id):
        order = PurchaseOrder.objects.get()
        ordered = dict(PurchaseLine.objects.values_list("product_id", "ordered"))
    assert (str(order.pk), order.status, order.source) == (body["purchases"][0]["id"], "draft", "proposal")
    assert order.proposal == f"R-{proposal.pk:06d}"
    assert ordered == {line["product"]: Decimal(str(line["quantity"])) for line in lines}
    for line in lines_of(shop):
        assert (line["status"], line["purchase"], line["accepted"]) == ("accepted", str(order.pk), line["quantity"])
    logged = shop.client.get("/api/logs/", {"action": "forecasting.line.accepted"}).json()["results"]
    assert len(logged) == 2


def test_two_suppliers_get_two_drafts():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    other = build_supplier(shop.organization)
    with tenancy.scope(shop.organization.id):
        type(shop.products[0]).objects.filter(pk=shop.products[1].pk).update(supplier=other)
    propose(shop)
    body = accept(shop, lines_of(shop)).json()
    assert {paper["supplier"] for paper in body["purchases"]} == {shop.products[0].supplier_id, other.pk}


def test_a_transfer_line_becomes_a_draft_transfer_and_the_rest_is_bought():
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 30})
    propose(shop)
    moved, bought = lines_of(shop)
    body = accept(shop, [moved]).json()
    assert (len(body["transfers"]), body["purchases"]) == (1, [])
    with tenancy.scope(shop.organization.id):
        order = TransferOrder.objects.get()
        line = TransferLine.objects.get()
    assert (order.status, order.source_id, order.destination_id) == ("draft", shop.stores[1].id, shop.stores[0].id)
    assert line.requested == Decimal(str(moved["quantity"]))
    # The second half of the same plan still stands as it was.
    answer = accept(shop, [bought])
    assert (answer.status_code, answer.json()["changed"]) == (201, {})
    assert line_row(shop, bought["id"]).accepted == Decimal(str(bought["quantity"]))


def test_the_same_key_gives_the_same_answer_and_no_second_paper():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    lines = lines_of(shop)
    first = accept(shop, lines, key="click")
    again = accept(shop, lines, key="click")
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert accept(shop, lines[:1], key="click").status_code == 422
    assert papers(shop) == (1, 0)


def test_a_line_is_accepted_once():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    lines = lines_of(shop)
    assert accept(shop, lines[:1]).status_code == 201
    again = accept(shop, lines)
    assert (again.status_code, again.json()["code"]) == (409, "line_decided")
    assert list(again.json()["fields"]["lines"]) == ["1"]
    assert papers(shop) == (1, 0)
    assert [line["status"] for line in lines_of(shop)] == ["accepted", "proposed"]


def test_two_who_accept_at_once_make_one_paper():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    ids = [line["id"] for line in lines_of(shop)]

    def click(number: int) -> str:
        try:
            acceptance.accept(line_ids=ids, access=shop.access(), acting_as=SYSTEM)
        except LineDecided:
            return "decided"
        finally:
            connections.close_all()
        return "accepted"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(click, range(6)))
    assert sorted(outcomes) == ["accepted"] + ["decided"] * 5
    assert papers(shop) == (1, 0)


def test_stock_that_moved_since_is_told_and_nothing_is_accepted():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    first, second = lines_of(shop)
    number = next(n for n, product in enumerate(shop.products) if product.id == first["product"])
    shop.post("IN", 10, product=number)
    answer = accept(shop, [first, second])
    assert (answer.status_code, answer.json()["code"]) == (409, "numbers_changed")
    assert answer.json()["fields"]["lines"] == {
        str(first["id"]): {
            "position": 2, "position_now": 12, "quantity": first["quantity"], "quantity_now": first["quantity"] - 10,
        }
    }  # fmt: skip
    assert papers(shop) == (0, 0)
    fresh = accept(shop, [first, second], fresh=True)
    assert fresh.status_code == 201
    assert list(fresh.json()["changed"]) == [str(first["id"])]
    assert line_row(shop, first["id"]).accepted == first["quantity"] - 10
    assert line_row(shop, second["id"]).accepted == second["quantity"]


def test_what_nobody_needs_any_more_is_dropped():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    first, second = lines_of(shop)
    number = next(n for n, product in enumerate(shop.products) if product.id == first["product"])
    shop.post("IN", 500, product=number)
    body = accept(shop, [first, second], fresh=True).json()
    assert (body["accepted"], body["dropped"]) == (1, [first["id"]])
    dropped = line_row(shop, first["id"])
    assert (dropped.status, dropped.reason) == ("dismissed", "Nothing is needed any more.")


def test_a_giver_that_sold_its_surplus_does_not_give_it():
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 100})
    propose(shop)
    line = lines_of(shop)[0]
    shop.post("OUT", 75, store=1)
    answer = accept(shop, [line])
    assert answer.status_code == 409
    now = answer.json()["fields"]["lines"][str(line["id"])]["quantity_now"]
    assert 25 - now >= line_row(shop, line["id"]).inputs["giver"]["order_up_to"]
    chosen = {"quantity": line["quantity"], "reason": "they promised"}
    assert shop.client.patch(f"/api/restock/lines/{line['id']}/", chosen, format="json").status_code == 200
    # A person's choice is kept, but not out of what the giver needs itself.
    body = accept(shop, [line]).json()
    assert body["accepted"] == (1 if now else 0)
    assert (line_row(shop, line["id"]).accepted or 0) == now


def test_two_receivers_of_one_giver_are_told_when_it_has_less():
    shop = restock_shop(
        {(0, 0): 4.0, (1, 0): 4.0, (2, 0): 0.5}, {(0, 0): 40, (1, 0): 40, (2, 0): 200}, stores=3, products=1
    )
    shop.post("OUT", 30, store=0)
    shop.post("OUT", 30, store=1)
    propose(shop)
    lines = lines_of(shop)
    assert [line["source"] for line in lines] == ["transfer", "transfer"]
    shop.post("OUT", 200 - 60, store=2)
    body = accept(shop, lines, fresh=True).json()
    given = sum(line_row(shop, line["id"]).accepted or 0 for line in lines)
    keeps = line_row(shop, lines[0]["id"]).inputs["giver"]["order_up_to"]
    assert body["changed"]
    assert 60 - given >= keeps > 60 - given - 1


def test_a_persons_quantity_is_ordered_though_stock_moved():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    line = lines_of(shop)[0]
    path = f"/api/restock/lines/{line['id']}/"
    assert shop.client.patch(path, {"quantity": 7, "reason": "small van"}, format="json").status_code == 200
    shop.post("IN", 3, product=next(n for n, each in enumerate(shop.products) if each.id == line["product"]))
    assert accept(shop, [line]).status_code == 201
    row = line_row(shop, line["id"])
    assert (row.accepted, row.quantity, row.reason) == (7, Decimal(str(line["quantity"])), "small van")


def test_a_product_without_a_supplier_is_named_by_its_row():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    with tenancy.scope(shop.organization.id):
        type(shop.products[0]).objects.filter(pk=shop.products[0].pk).update(supplier=None)
    propose(shop)
    lines = lines_of(shop)
    answer = accept(shop, lines)
    row = 1 + next(n for n, line in enumerate(lines) if line["supplier"] is None)
    assert (answer.status_code, list(answer.json()["fields"]["lines"])) == (400, [str(row)])
    assert papers(shop) == (0, 0)


@pytest.mark.parametrize("body", [{}, {"lines": []}, {"lines": ["x"]}, {"lines": [0]}, {"lines": [1], "frech": True}])
def test_a_wrong_request_is_refused(body: dict[str, Any]):
    shop = restock_shop({}, {}, stores=1, products=1)
    assert shop.client.post("/api/restock/accept/", body, format="json").status_code == 400


def test_unknown_and_repeated_lines_are_named_by_their_row():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    line = lines_of(shop)[0]
    answer = accept(shop, [line, {"id": 999_999_999_999}, line])
    assert (answer.status_code, list(answer.json()["fields"]["lines"])) == (400, ["2", "3"])
    assert line_row(shop, line["id"]).status == "proposed"


def test_staff_accepts_nothing():
    shop = restock_shop(NEEDED, STOCK, stores=1)
    propose(shop)
    assert accept(shop, lines_of(shop), client=shop.client_for("staff")).status_code == 403
    with tenancy.scope(shop.organization.id):
        assert set(RestockLine.objects.values_list("status", flat=True)) == {"proposed"}
