"""A proposal is one plan: accepted part by part, changed by hand, or after stock has moved, its lines still agree."""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.urls import reverse

from forecasting.errors import NumbersChanged
from forecasting.services import acceptance, line_decisions, proposals
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM, Role
from inventory_project.kernel.errors import PermissionRefused
from stores.models import Store
from tests.factories.desk import manager_client
from tests.factories.restock import line_row, lines_of, propose, restock_shop
from tests.factories.stock import Shop


def accept(shop: Shop, lines: list[dict[str, Any]], *, client: Any = None, key: str = "", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"lines": [line["id"] for line in lines], **body}
    return (client or shop.client).post("/api/restock/accept/", body, format="json", headers=headers)


def choose(shop: Shop, line: dict[str, Any], quantity: float) -> None:
    said = {"quantity": quantity, "reason": "a feast"}
    answer = shop.client.patch(f"/api/restock/lines/{line['id']}/", said, format="json")
    assert answer.status_code == 200, answer.content


def accepted(shop: Shop, line: dict[str, Any]) -> Decimal:
    return line_row(shop, line["id"]).accepted or Decimal(0)


def keeps(shop: Shop, line: dict[str, Any]) -> float:
    """What the giver of a line needs itself."""
    return float(line_row(shop, line["id"]).inputs["giver"]["order_up_to"])


def giver_of_two(on_hand: int) -> Shop:
    """Two stores that need some 56 each, and a third that has so many and needs few."""
    shop = restock_shop(
        {(0, 0): 4.0, (1, 0): 4.0, (2, 0): 0.5}, {(0, 0): 10, (1, 0): 10, (2, 0): on_hand}, stores=3, products=1
    )
    propose(shop)
    assert [line["source"] for line in lines_of(shop)] == ["transfer", "transfer"]
    return shop


def test_whoever_asks_while_one_waits_is_answered_by_that_one() -> None:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})

    def asked(**body: Any) -> int:
        return int(shop.client.post("/api/restock/propose/", body, format="json").json()["id"])

    first = asked()
    assert asked() == first
    with_budget = asked(budget=50)
    assert with_budget != first
    assert asked(budget=50) == with_budget
    assert proposals.work(organization_id=shop.organization.id, proposal_id=first)
    assert asked() not in (first, with_budget)


def test_a_need_that_fell_is_not_met_by_each_of_two_givers() -> None:
    shop = restock_shop(
        {(0, 0): 4.0, (1, 0): 1.0, (2, 0): 1.0}, {(0, 0): 2, (1, 0): 60, (2, 0): 60}, stores=3, products=1
    )
    propose(shop)
    lines = lines_of(shop)
    assert [line["source"] for line in lines] == ["transfer", "transfer"]
    shop.post("IN", 30)
    assert accept(shop, lines, fresh=True).status_code == 201
    assert sum(accepted(shop, line) for line in lines) == math.ceil(lines[0]["wanted"] - 30)


def test_the_second_giver_is_asked_for_what_the_first_left_though_accepted_later() -> None:
    shop = restock_shop(
        {(0, 0): 4.0, (1, 0): 1.0, (2, 0): 1.0}, {(0, 0): 2, (1, 0): 60, (2, 0): 60}, stores=3, products=1
    )
    propose(shop)
    first, second = lines_of(shop)
    assert accept(shop, [first]).status_code == 201
    shop.post("IN", 10)
    assert accept(shop, [second], fresh=True).status_code == 201
    assert accepted(shop, first) + accepted(shop, second) == math.ceil(first["wanted"] - 10)


def test_what_a_giver_cannot_spare_any_more_is_bought() -> None:
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 30}, products=1)
    propose(shop)
    moved, bought = lines_of(shop)
    shop.post("OUT", 6, store=1)
    assert accept(shop, [moved, bought], fresh=True).status_code == 201
    assert accepted(shop, moved) == moved["quantity"] - 6
    assert accepted(shop, bought) == bought["quantity"] + 6


def test_a_transfer_that_was_put_off_and_then_accepted_is_not_bought_as_well() -> None:
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 30}, products=1)
    propose(shop)
    moved, bought = lines_of(shop)
    until = (clock.now() + timedelta(days=9)).date().isoformat()
    path = f"/api/restock/lines/{moved['id']}/snooze/"
    assert shop.client.post(path, {"until": until}, format="json").status_code == 200
    assert accept(shop, [bought]).json()["code"] == "numbers_changed"
    answer = accept(shop, [moved, bought])
    assert (answer.status_code, answer.json()["changed"]) == (201, {})
    assert (accepted(shop, moved), accepted(shop, bought)) == (moved["quantity"], bought["quantity"])


def test_choices_together_take_no_more_than_a_store_can_spare() -> None:
    shop = giver_of_two(140)
    lines = lines_of(shop)
    for line in lines:
        choose(shop, line, 100)
    answer = accept(shop, lines)
    assert answer.status_code == 201
    given = float(sum(accepted(shop, line) for line in lines))
    assert 140 - given >= keeps(shop, lines[0]) > 140 - given - 1
    assert list(answer.json()["changed"]) == [str(lines[1]["id"])]


def test_a_choice_above_what_was_proposed_leaves_the_giver_what_it_needs() -> None:
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 100}, products=1)
    propose(shop)
    [line] = lines_of(shop)
    choose(shop, line, line["quantity"] + 12)
    shop.post("OUT", 15, store=1)
    assert accept(shop, [line]).status_code == 201
    left = 85 - float(accepted(shop, line))
    assert left >= keeps(shop, line) > left - 1


def test_two_who_accept_different_lines_do_not_count_on_the_same_surplus() -> None:
    shop = giver_of_two(200)
    lines = lines_of(shop)
    shop.post("OUT", 110, store=2)
    start = threading.Barrier(2)

    def click(line: dict[str, Any]) -> bool:
        try:
            start.wait()
            acceptance.accept(line_ids=[line["id"]], access=shop.access(), acting_as=SYSTEM)
        except NumbersChanged:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, lines)) == [False, True]
    given = float(sum(accepted(shop, line) for line in lines))
    assert 90 - given >= keeps(shop, lines[0])


def test_an_answer_is_repeated_only_to_whoever_sees_the_same_stores() -> None:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 2}, products=1)
    propose(shop)
    lines = lines_of(shop)
    assert accept(shop, lines, key="mine").status_code == 201
    far = shop.client_for("manager", stores=[shop.stores[1]])
    answer = accept(shop, lines, client=far, key="mine")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert accept(shop, lines, key="mine").headers["Idempotency-Replayed"] == "true"


def test_a_line_that_is_dropped_is_in_the_log_and_has_a_new_version() -> None:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 2}, products=1)
    propose(shop)
    [line] = lines_of(shop)
    shop.post("IN", 500)
    assert accept(shop, [line], fresh=True).json()["dropped"] == [line["id"]]
    assert line_row(shop, line["id"]).version == line["version"] + 1
    [entry] = shop.client.get("/api/logs/", {"action": "forecasting.line.dismissed"}).json()["results"]
    assert (entry["object_id"], entry["after"]["status"]) == (str(line["id"]), "dismissed")


@pytest.mark.parametrize("days", [0, 1])
def test_a_line_is_put_off_by_the_clock_of_its_store(days: int) -> None:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 2}, products=1)
    propose(shop)
    [line] = lines_of(shop)
    zones = (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago"))
    now = clock.now()
    zone = next(zone for zone in zones if now.astimezone(zone).date() != now.astimezone(UTC).date())
    with tenancy.scope(shop.organization.id):
        Store.objects.filter(pk=shop.stores[0].pk).update(time_zone=str(zone))
    until = (now.astimezone(zone).date() + timedelta(days=days)).isoformat()
    answer = shop.client.post(f"/api/restock/lines/{line['id']}/snooze/", {"until": until}, format="json")
    assert answer.status_code == (200 if days else 400)


def test_the_desk_takes_the_quantity_of_this_moment_when_it_is_asked_to() -> None:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 2}, products=1)
    propose(shop)
    [line] = lines_of(shop)
    shop.post("IN", 10)
    client = manager_client(shop.organization)
    path = reverse("admin:forecasting_restockline_accept", args=[line["id"]])
    key = client.get(path).context["form"]["key"].value()
    assert client.post(path, {"key": key}).status_code == 422
    assert line_row(shop, line["id"]).status == "proposed"
    assert client.post(path, {"key": key, "fresh": "on"}).status_code == 302
    assert accepted(shop, line) == line["quantity"] - 10


def test_the_services_judge_the_role_once_more() -> None:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 2}, products=1)
    propose(shop)
    [line] = lines_of(shop)
    staff = shop.access(role=Role.STAFF)
    with pytest.raises(PermissionRefused):
        acceptance.accept(line_ids=[line["id"]], access=staff, acting_as=SYSTEM)
    with tenancy.scope(shop.organization.id, durable=True), pytest.raises(PermissionRefused):
        line_decisions.dismiss(line_id=line["id"], reason="", access=staff, acting_as=SYSTEM)
    assert line_row(shop, line["id"]).status == "proposed"
