"""A transfer over HTTP from the request to the last unit: what is where at every moment, and figures that add up."""

from __future__ import annotations

import pytest

from inventory_project.kernel import clock, tenancy
from stock.models import StockMovement
from stock.services import verification
from tests.factories.stock import Shop, build_shop
from tests.factories.transfers import draft, line, shipped, step


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def both(shop: Shop, product: int = 0) -> tuple[int, int]:
    return int(shop.on_hand(0, product)), int(shop.on_hand(1, product))


def test_story_of_a_transfer_with_damage_and_loss(shop: Shop) -> None:
    source = shop.client_for("staff", stores=[shop.stores[0]])
    destination = shop.client_for("staff", stores=[shop.stores[1]])
    manager = shop.client_for("manager", stores=[shop.stores[1]])
    shop.organization.transfers_need_approval = True
    with tenancy.scope(shop.organization.id):
        shop.organization.save()
    shop.post("IN", 10)
    shop.post("IN", 6, product=1)

    transfer = draft(shop, {0: 10, 1: 6}, client=destination, note="for the weekend", expected_on="2026-12-01")
    assert (transfer["number"], transfer["status"]) == ("T-000001", "draft")
    assert step(shop, transfer, "request", client=destination).json()["status"] == "requested"
    early = step(shop, transfer, "dispatch", client=source)
    assert (early.status_code, early.json()["code"]) == (409, "approval_needed")
    assert step(shop, transfer, "approve", client=manager).json()["status"] == "approved"

    sent = step(shop, transfer, "dispatch", client=source)
    assert (sent.status_code, sent.json()["status"]) == (200, "dispatched"), sent.json()
    assert (both(shop), both(shop, 1)) == ((0, 0), (0, 0))
    coming = destination.get("/api/transfers/in-transit/").json()["results"]
    assert [(row["sku"], row["units"]) for row in coming] == [("SKU-1", 10), ("SKU-2", 6)]
    going = source.get("/api/transfers/in-transit/?direction=out&product=sku-1").json()["results"]
    assert [(row["store_id"], row["units"]) for row in going] == [(shop.stores[0].id, 10)]
    seen = source.get("/api/stocks/").json()["results"]
    assert [(row["in_transit_in"], row["in_transit_out"]) for row in seen] == [(0, 10), (0, 6)]

    first = {"lines": [{"product": "SKU-1", "quantity": 5, "damaged": 2}, {"product": "SKU-2", "quantity": 6}]}
    part = step(shop, transfer, "receive", first, client=destination).json()
    assert part["status"] == "partially_received"
    wanted = {"dispatched": 10, "received": 5, "damaged": 2, "in_transit": 3, "short": 0}
    assert {name: line(part)[name] for name in wanted} == wanted
    assert (both(shop), both(shop, 1)) == ((0, 5), (0, 6))
    late = manager.get("/api/transfers/unsettled/").json()["results"]
    assert [(row["number"], row["units_in_transit"], row["cost_value"]) for row in late] == [("T-000001", 3, 7.5)]
    assert "cost_value" not in destination.get("/api/transfers/unsettled/").json()["results"][0]

    refused = step(shop, transfer, "close", client=destination)
    assert (refused.status_code, refused.json()["fields"]) == (409, {"status": "partially_received"})
    loss = {"outcome": "written_off", "reason": "fell off the lorry"}
    assert step(shop, transfer, "settle", loss, client=destination).status_code == 403
    settled = step(shop, transfer, "settle", loss, client=manager).json()
    assert (settled["status"], line(settled)["short"], line(settled)["in_transit"]) == ("closed", 3, 0)
    assert both(shop) == (0, 5)
    assert manager.get("/api/transfers/unsettled/").json()["results"] == []

    told = source.get(f"/api/transfers/{transfer['id']}/timeline/").json()["results"]
    assert [entry["action"].rpartition(".")[2] for entry in told] == [
        "drafted", "requested", "approved", "dispatched", "received", "written_off",
    ]  # fmt: skip
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_movement_report_and_losses_tell_the_same_story(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10})
    step(shop, transfer, "receive", {"lines": [{"product": "SKU-1", "quantity": 6, "damaged": 1}]})
    step(shop, transfer, "settle", {"outcome": "written_off", "reason": "lost"})
    today = clock.now().date()
    rows = shop.client.get(f"/api/reports/stock?start_date={today}&end_date={today}").json()["results"]
    figures = [(row["opening"], row["units_in"], row["units_out"], row["closing"]) for row in rows]
    assert figures == [(0, 10, 10, 0), (0, 10, 4, 6)]
    with tenancy.scope(shop.organization.id):
        legs = StockMovement.objects.filter(transfer_id=transfer["id"])
        assert sum(leg.quantity for leg in legs if leg.kind.startswith("transfer")) == 0
        lost = {leg.reason: -leg.quantity for leg in legs if leg.kind == "removal"}
    assert lost == {"Damaged in transit": 1, "Lost in transit: lost": 3}


def test_what_never_arrived_can_be_sent_back(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10})
    step(shop, transfer, "receive", {"lines": [{"product": "SKU-1", "quantity": 7}]})
    back = step(shop, transfer, "settle", {"outcome": "returned", "reason": "left on the van"}).json()
    assert (back["status"], line(back)["returned"], line(back)["settled"]) == ("closed", 3, 3)
    assert both(shop) == (3, 7)


def test_a_dispatched_transfer_is_cancelled_by_sending_everything_back(shop: Shop) -> None:
    transfer = shipped(shop, {0: 4, 1: 2})
    refused = step(shop, transfer, "cancel")
    assert (refused.status_code, refused.json()["fields"]) == (409, {"status": "dispatched"})
    part = step(
        shop, transfer, "settle", {"outcome": "returned", "reason": "x", "lines": [{"product": "SKU-1", "quantity": 4}]}
    )
    assert part.json()["status"] == "dispatched"
    assert (
        step(shop, transfer, "settle", {"outcome": "returned", "reason": "wrong shop"}).json()["status"] == "cancelled"
    )
    assert (both(shop), both(shop, 1)) == ((4, 0), (2, 0))


def test_everything_received_is_closed_by_hand(shop: Shop) -> None:
    transfer = shipped(shop, {0: 4})
    done = step(shop, transfer, "receive").json()
    assert (done["status"], line(done)["received"]) == ("received", 4)
    closed = step(shop, transfer, "close").json()
    assert closed["status"] == "closed"
    assert closed["ended_at"] is not None
    assert both(shop) == (0, 4)


def test_insufficient_stock_names_the_lines_and_moves_nothing(shop: Shop) -> None:
    shop.post("IN", 5)
    shop.post("IN", 1, product=1)
    transfer = draft(shop, {0: 5, 1: 2})
    step(shop, transfer, "request")
    answer = step(shop, transfer, "dispatch")
    assert (answer.status_code, answer.json()["code"]) == (409, "insufficient_stock")
    assert answer.json()["fields"] == {"lines": {"2": {"quantity": ["SKU-2: 2 wanted, 1 available."]}}}
    assert (both(shop), both(shop, 1)) == ((5, 0), (1, 0))
    assert shop.client.get(f"/api/transfers/{transfer['id']}/").json()["status"] == "requested"


def test_less_than_requested_may_be_dispatched(shop: Shop) -> None:
    shop.post("IN", 5)
    transfer = draft(shop, {0: 5, 1: 2})
    step(shop, transfer, "request")
    sent = step(shop, transfer, "dispatch", {"lines": [{"product": "SKU-1", "quantity": 3}]}).json()
    assert [row["dispatched"] for row in sent["lines"]] == [3, 0]
    assert step(shop, transfer, "receive").json()["status"] == "received"


def test_more_than_dispatched_is_received_within_the_tolerance_only(shop: Shop) -> None:
    with tenancy.scope(shop.organization.id):
        shop.organization.transfer_tolerance_percent = 10
        shop.organization.save()
    transfer = shipped(shop, {0: 10})
    refused = step(shop, transfer, "receive", {"lines": [{"product": "SKU-1", "quantity": 11.001}]})
    assert (refused.status_code, refused.json()["code"]) == (409, "over_receipt")
    assert "up to 1 beyond" in refused.json()["fields"]["lines"]["1"]["quantity"][0]
    assert both(shop) == (0, 0)
    done = step(shop, transfer, "receive", {"lines": [{"product": "SKU-1", "quantity": 11}]}).json()
    assert (done["status"], line(done)["received"], line(done)["over"]) == ("received", 10, 1)
    assert both(shop) == (0, 11)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_losses_are_booked_where_stock_is_below_zero(shop: Shop) -> None:
    with tenancy.scope(shop.organization.id):
        shop.organization.allows_negative_stock = True
        shop.organization.save()
    shop.post("OUT", 3, store=1)
    transfer = shipped(shop, {0: 5})
    part = step(shop, transfer, "receive", {"lines": [{"product": "SKU-1", "quantity": 1, "damaged": 2}]})
    assert part.status_code == 200, part.json()
    assert step(shop, transfer, "settle", {"outcome": "written_off", "reason": "lost"}).status_code == 200
    assert both(shop) == (0, -2)
    assert verification.verify(organization_id=shop.organization.id).drift == 0
