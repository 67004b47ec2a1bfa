"""Transfers over HTTP: rights, repeats, bad input, lists, and what the database itself refuses."""

from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.sql import rows
from stock.models import TransferLine, TransferOrder
from stock.models.transfer_orders import STEPS, TransferStatus
from stock.selectors import transfer_orders as selectors
from stock.services import lanes, maintenance, verification
from tests.factories.stock import Shop, build_shop
from tests.factories.stores import build_store
from tests.factories.transfers import draft, shipped, step


@pytest.fixture
def shop() -> Shop:
    return build_shop(stores=3)


def drift(shop: Shop) -> int:
    return verification.verify(organization_id=shop.organization.id).drift


def test_goods_on_their_way_are_worth_what_they_were_sent_at_in_list_and_report_alike(shop: Shop) -> None:
    """Ten at 6.00 and ten at 2.00 in the source; the catalogue says 2.50, which none of them had cost."""
    shop.post("IN", 10, unit_cost=6)
    shop.post("IN", 10, unit_cost=2, product=1)
    transfer = draft(shop, {0: 3, 1: 5})
    for verb in ("request", "dispatch"):
        assert step(shop, transfer, verb).status_code == 200
    shop.client.patch(f"/api/products/{shop.products[0].id}/", {"unit_cost": 99}, format="json")
    [row] = shop.client.get("/api/transfers/unsettled/").json()["results"]
    assert (row["units_in_transit"], row["cost_value"]) == (8, 28)
    told = shop.client.get("/api/reports/transfers-in-transit/").json()["results"]
    assert sum(line["value"] for line in told) == 28


# Repeats


def test_a_repeated_key_gives_the_same_answer_and_books_once(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10})
    body = {"lines": [{"product": "SKU-1", "quantity": 4}]}
    first = step(shop, transfer, "receive", body, key="box-1")
    step(shop, transfer, "receive", body, key="box-2")
    again = step(shop, transfer, "receive", body, key="box-1")
    assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")
    assert shop.on_hand(1) == 8
    other = step(shop, transfer, "receive", {"lines": [{"product": "SKU-1", "quantity": 1}]}, key="box-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert shop.on_hand(1) == 8


@pytest.mark.parametrize(
    ("before", "verb", "body"),
    [
        ([], "request", {}),
        (["request"], "approve", {}),
        (["request"], "cancel", {"reason": "not needed"}),
        (["request"], "dispatch", {}),
        (["request", "dispatch"], "receive", {}),
        (["request", "dispatch"], "settle", {"outcome": "written_off", "reason": "lost"}),
        (["request", "dispatch"], "settle", {"outcome": "returned", "reason": "back"}),
        (["request", "dispatch", "receive"], "close", {}),
    ],
)
def test_every_step_may_be_repeated_with_its_key(shop: Shop, before: list[str], verb: str, body: Any) -> None:
    shop.post("IN", 5)
    transfer = draft(shop, {0: 5})
    for earlier in before:
        assert step(shop, transfer, earlier).status_code == 200
    first, again = (step(shop, transfer, verb, body, key=str(transfer["id"])) for _ in range(2))
    assert (first.status_code, again.status_code, again.content) == (200, 200, first.content)
    without = step(shop, transfer, verb, body)
    assert (without.status_code, without.json()["code"]) == (409, "wrong_state")
    assert without.json()["fields"] == {"status": first.json()["status"]}
    assert drift(shop) == 0


def test_a_draft_repeated_with_its_key_is_one_draft(shop: Shop) -> None:
    body = {"from_store": "S1", "to_store": "S2", "lines": [{"product": "SKU-1", "quantity": 1}]}
    first, again = (
        shop.client.post("/api/transfers/", body, format="json", headers={"Idempotency-Key": "one"}) for _ in range(2)
    )
    assert (first.status_code, again.status_code, again.content) == (201, 200, first.content)
    assert len(shop.client.get("/api/transfers/").json()["results"]) == 1


def test_old_keys_are_pruned(shop: Shop) -> None:
    step(shop, draft(shop, {0: 1}), "request", key="old")
    with tenancy.scope(shop.organization.id):
        rows("UPDATE stock_transferkey SET recorded_at = '2020-01-01' WHERE key = 'old'", {})
    maintenance.prune_keys()
    with tenancy.scope(shop.organization.id):
        assert rows("SELECT count(*) AS n FROM stock_transferkey", {})[0]["n"] == 0


# Rights


def test_each_end_takes_its_own_steps(shop: Shop) -> None:
    shop.post("IN", 9)
    source, destination = (shop.client_for("staff", stores=[store]) for store in shop.stores[:2])
    transfer = draft(shop, {0: 9})
    assert step(shop, transfer, "request", client=destination).status_code == 200
    assert step(shop, transfer, "approve", client=source).status_code == 403
    assert step(shop, transfer, "dispatch", client=destination).status_code == 403
    assert step(shop, transfer, "dispatch", client=source).status_code == 200
    back = {"outcome": "returned", "reason": "r"}
    assert step(shop, transfer, "receive", client=source).status_code == 403
    assert step(shop, transfer, "settle", back, client=destination).status_code == 403
    assert step(shop, transfer, "settle", {"outcome": "written_off", "reason": "r"}, client=source).status_code == 403
    assert step(shop, transfer, "receive", client=destination).status_code == 200
    assert (shop.on_hand(0), shop.on_hand(1)) == (0, 9)


def test_a_transfer_between_other_stores_is_as_if_it_did_not_exist(shop: Shop) -> None:
    transfer = shipped(shop, {0: 5})
    stranger, foreigner = shop.client_for("manager", stores=[shop.stores[2]]), build_shop().client
    missing = {"id": "0192f8a0-0000-7000-8000-000000000000"}
    for client in (stranger, foreigner):
        for verb in ("request", "approve", "dispatch", "receive", "close", "cancel"):
            asked = [step(shop, one, verb, client=client) for one in (transfer, missing)]
            assert [answer.status_code for answer in asked] == [404, 404]
        for path in ("", "timeline/"):
            pair = [
                client.get(f"/api/transfers/{one['id']}/{path}", headers={"X-Request-Id": "r"})
                for one in (transfer, missing)
            ]
            assert (pair[0].status_code, pair[0].content) == (404, pair[1].content)
        for path in ("", "unsettled/", "in-transit/", "in-transit/?direction=out"):
            assert client.get(f"/api/transfers/{path}").json()["results"] == []
    assert shop.client.get(f"/api/transfers/{transfer['id']}/").json()["status"] == "dispatched"


def test_staff_draft_only_from_or_to_their_own_store(shop: Shop) -> None:
    body = {"from_store": "S1", "to_store": "S2", "lines": [{"product": "SKU-1", "quantity": 1}]}
    answer = shop.client_for("staff", stores=[shop.stores[2]]).post("/api/transfers/", body, format="json")
    assert answer.status_code == 400
    assert answer.json()["fields"] == {"from_store": ["No such store."], "to_store": ["No such store."]}


def test_a_reading_token_takes_no_step(shop: Shop) -> None:
    from tests.factories.accounts import api_client, build_token

    transfer = draft(shop, {0: 1})
    client = api_client(build_token(shop.admin, scopes=["stock:read"]))
    assert client.get(f"/api/transfers/{transfer['id']}/").status_code == 200
    assert step(shop, transfer, "request", client=client).status_code == 403


# Bad input


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"from_store": "NOWHERE"}, {"from_store"}),
        ({"to_store": "S1"}, {"to_store"}),
        ({"to_store": True}, {"to_store"}),
        ({"lines": []}, {"lines"}),
        ({"lines": "SKU-1"}, {"lines"}),
        ({"lines": [{"product": "SKU-1", "quantity": 1}] * 501}, {"lines"}),
        ({"reference": "x" * 101}, {"reference"}),
        ({"note": "x" * 1001}, {"note"}),
        ({"expected_on": "tomorrow"}, {"expected_on"}),
        ({"status": "closed"}, {"status"}),
    ],
)
def test_a_wrong_draft_names_the_field(shop: Shop, change: dict[str, Any], fields: set[str]) -> None:
    body = {"from_store": "S1", "to_store": "S2", "lines": [{"product": "SKU-1", "quantity": 1}], **change}
    answer = shop.client.post("/api/transfers/", body, format="json")
    assert (answer.status_code, set(answer.json()["fields"])) == (400, fields), answer.json()
    assert shop.client.get("/api/transfers/").json()["results"] == []


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"product": "SKU-2", "quantity": 0}, "quantity"),
        ({"product": "SKU-2", "quantity": -1}, "quantity"),
        ({"product": "SKU-2", "quantity": "NaN"}, "quantity"),
        ({"product": "SKU-2", "quantity": 1.0001}, "quantity"),
        ({"product": "SKU-2", "quantity": 1e12}, "quantity"),
        ({"product": "SKU-2"}, "quantity"),
        ({"product": "NOTHING", "quantity": 1}, "product"),
        ({"product": "sku-1", "quantity": 1}, "product"),
        ({"product": [1], "quantity": 1}, "product"),
        ({"product": "SKU-2", "quantity": 1, "qty": 1}, "qty"),
    ],
)
def test_a_wrong_line_names_its_row_and_field(shop: Shop, row: dict[str, Any], field: str) -> None:
    body = {"from_store": "S1", "to_store": "S2", "lines": [{"product": "SKU-1", "quantity": 1}, row]}
    answer = shop.client.post("/api/transfers/", body, format="json")
    assert answer.status_code == 400, answer.json()
    assert {number: list(errors) for number, errors in answer.json()["fields"]["lines"].items()} == {"2": [field]}


@pytest.mark.parametrize(
    ("verb", "row", "field"),
    [
        ("receive", {"product": "SKU-2", "quantity": 1}, "product"),
        ("receive", {"product": "SKU-1"}, "quantity"),
        ("receive", {"product": "SKU-1", "damaged": 6}, "damaged"),
        ("settle", {"product": "SKU-1", "quantity": 6}, "quantity"),
        ("settle", {"product": "SKU-1", "quantity": 0}, "quantity"),
    ],
)
def test_a_wrong_row_of_a_step_changes_nothing(shop: Shop, verb: str, row: dict[str, Any], field: str) -> None:
    transfer = shipped(shop, {0: 5})
    more = {"outcome": "written_off", "reason": "r"} if verb == "settle" else {}
    answer = step(shop, transfer, verb, {**more, "lines": [row]})
    assert (answer.status_code, list(answer.json()["fields"]["lines"]["1"])) == (400, [field]), answer.json()
    assert shop.on_hand(1) == 0
    assert shop.client.get(f"/api/transfers/{transfer['id']}/").json() == transfer


def test_a_closed_store_takes_no_transfer(shop: Shop) -> None:
    shop.post("IN", 5)
    transfer = draft(shop, {0: 5})
    step(shop, transfer, "request")
    with tenancy.scope(shop.organization.id):
        shop.stores[1].is_active = False
        shop.stores[1].save()
    assert list(step(shop, transfer, "dispatch").json()["fields"]) == ["to_store"]
    body = {"from_store": "S1", "to_store": "S2", "lines": [{"product": "SKU-1", "quantity": 1}]}
    assert shop.client.post("/api/transfers/", body, format="json").json()["fields"] == {
        "to_store": ["This store is closed."]
    }


# Drafts, lists, ledger


def test_a_draft_is_changed_by_whoever_read_it_last(shop: Shop) -> None:
    transfer = draft(shop, {0: 5}, reference="week 12")
    path = f"/api/transfers/{transfer['id']}/"
    body = {"note": "in two boxes", "lines": [{"product": "SKU-2", "quantity": 2}]}
    changed = shop.client.patch(path, body, format="json", headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"]) == (200, 2), changed.json()
    assert [(row["sku"], row["requested"]) for row in changed.json()["lines"]] == [("SKU-2", 2)]
    assert changed.json()["reference"] == "week 12"
    assert shop.client.patch(path, body, format="json", headers={"If-Match": '"1"'}).status_code == 412
    step(shop, transfer, "request")
    assert shop.client.patch(path, body, format="json").json()["code"] == "wrong_state"


def test_numbers_count_within_the_organisation(shop: Shop) -> None:
    assert [draft(shop, {0: 1})["number"] for _ in range(3)] == ["T-000001", "T-000002", "T-000003"]
    assert draft(build_shop(), {0: 1})["number"] == "T-000001"


def test_transfers_are_found_by_what_people_know_of_them(shop: Shop) -> None:
    one = shipped(shop, {0: 5}, reference="week 12", expected_on="2026-12-01")
    two = draft(shop, {1: 1}, to_store="S3")
    found = {
        query: [row["number"] for row in shop.client.get(f"/api/transfers/?{query}").json()["results"]]
        for query in ("", "status=draft", "number=t-1", "store=s3", "to_store=S2", "product=SKU-2",
                      "reference=week 12", "expected_to=2026-12-31", "ordering=number")
    }  # fmt: skip
    assert found == {
        "": [two["number"], one["number"]],
        "status=draft": [two["number"]],
        "number=t-1": [one["number"]],
        "store=s3": [two["number"]],
        "to_store=S2": [one["number"]],
        "product=SKU-2": [two["number"]],
        "reference=week 12": [one["number"]],
        "expected_to=2026-12-31": [one["number"]],
        "ordering=number": [one["number"], two["number"]],
    }
    assert shop.client.get("/api/transfers/?number=first").status_code == 400


def test_late_is_what_its_destinations_day_makes_late(shop: Shop) -> None:
    expected = {}
    for zone, days in (("Pacific/Kiritimati", 1), ("Pacific/Niue", 0)):
        there = build_store(shop.organization, time_zone=zone)
        today = clock.now().astimezone(ZoneInfo(zone)).date()
        due = (today - timedelta(days=days)).isoformat()
        expected[shipped(shop, {0: 1}, to_store=there.id, expected_on=due)["id"]] = bool(days)
    found = shop.client.get("/api/transfers/unsettled/").json()["results"]
    assert {row["id"]: row["is_late"] for row in found} == expected


@pytest.mark.parametrize("path", ["", "unsettled/", "in-transit/", "in-transit/?direction=out"])
def test_a_longer_list_asks_no_more_questions(shop: Shop, path: str) -> None:
    counts = []
    for quantities in ({0: 5}, {0: 5, 1: 5}, {1: 3}):
        shipped(shop, quantities)
        with CaptureQueriesContext(connection) as queries:
            answer = shop.client.get(f"/api/transfers/{path}")
        assert answer.status_code == 200
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


def every_page(shop: Shop, path: str) -> list[dict[str, Any]]:
    seen, url = [], f"/api/transfers/{path}"
    while url:
        page = shop.client.get(url).json()
        seen += page["results"]
        url = page["next"]
    return seen


def test_pages_of_transfers_follow_one_another(shop: Shop) -> None:
    numbers = [shipped(shop, {n: 1})["number"] for n in (0, 1, 0)]
    assert [row["number"] for row in every_page(shop, "?page_size=2")] == numbers[::-1]
    assert [row["number"] for row in every_page(shop, "unsettled/?page_size=2")] == numbers
    assert [row["units"] for row in every_page(shop, "in-transit/?page_size=1")] == [2, 1]


def test_in_transit_is_what_an_inventory_position_adds(shop: Shop) -> None:
    shipped(shop, {0: 5, 1: 2})
    transfer = shipped(shop, {0: 3}, to_store="S3")
    step(shop, transfer, "receive", {"lines": [{"product": "SKU-1", "quantity": 1}]})
    ids, (first, second) = [store.id for store in shop.stores], [thing.id for thing in shop.products]
    with tenancy.scope(shop.organization.id):
        everything = selectors.in_transit(None)
        assert set(selectors.in_transit([ids[2]])) == {(ids[2], first)}
        assert set(selectors.in_transit(None, [second])) == {(ids[0], second), (ids[1], second)}
    assert {place: (row["in_transit_in"], row["in_transit_out"]) for place, row in everything.items()} == {
        (ids[0], first): (0, 7), (ids[0], second): (0, 2), (ids[1], first): (5, 0), (ids[1], second): (2, 0),
        (ids[2], first): (2, 0),
    }  # fmt: skip


def test_what_was_accepted_before_a_dispatch_is_applied_before_it(shop: Shop) -> None:
    transfer = draft(shop, {0: 5})
    step(shop, transfer, "request")
    lanes.queue.note_broker_down()
    receipt = shop.movement("IN", 5)
    with_rows = shop.client.post("/api/stock-movements/bulk/", [receipt], format="json", HTTP_PREFER="respond-async")
    assert with_rows.status_code == 202
    assert step(shop, transfer, "dispatch").status_code == 200


def test_movements_of_a_transfer_are_not_reversed_one_by_one(shop: Shop) -> None:
    transfer = shipped(shop, {0: 5})
    movement = shop.client.get(f"/api/stock-movements/?transfer_id={transfer['id']}").json()["results"][0]
    answer = shop.client.post(f"/api/stock-movements/{movement['id']}/reverse/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_reversible")
    assert shop.on_hand(0) == 0


# The database itself


def test_the_database_holds_the_same_table_of_steps() -> None:
    for before, after in product(TransferStatus.values, repeat=2):
        allowed = rows("SELECT stock_transfer_step(%(b)s, %(a)s) AS ok", {"b": before, "a": after})[0]["ok"]
        assert allowed == (before == after or after in STEPS[before]), (before, after)


def test_the_database_refuses_a_step_that_is_not_in_the_table(shop: Shop) -> None:
    transfer = draft(shop, {0: 1})
    with (
        tenancy.scope(shop.organization.id),
        pytest.raises(DatabaseError, match="does not go from"),
        transaction.atomic(),
    ):
        TransferOrder.objects.filter(pk=transfer["id"]).update(status="received")


def test_the_database_refuses_units_that_came_from_nowhere(shop: Shop) -> None:
    transfer = shipped(shop, {0: 5})
    with (
        tenancy.scope(shop.organization.id),
        pytest.raises(DatabaseError, match="accounts_for_every_unit"),
        transaction.atomic(),
    ):
        TransferLine.objects.filter(order_id=transfer["id"]).update(received=4, short=2)


def test_verification_sees_a_line_that_differs_from_its_movements(shop: Shop) -> None:
    transfer = shipped(shop, {0: 5})
    with tenancy.scope(shop.organization.id):
        TransferLine.objects.filter(order_id=transfer["id"]).update(received=1)
    assert verification.verify(organization_id=shop.organization.id).transit_drift == 1


def test_settings_of_transfers_are_the_admins(shop: Shop) -> None:
    answer = shop.client.patch(
        "/api/organization/", {"transfers_need_approval": True, "transfer_tolerance_percent": "2.50"}, format="json"
    )
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["transfers_need_approval"], float(answer.json()["transfer_tolerance_percent"])) == (True, 2.5)
    refused = shop.client.patch("/api/organization/", {"transfer_tolerance_percent": 101}, format="json")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["transfer_tolerance_percent"])
    assert uuid.UUID(draft(shop, {0: 1})["id"]).version == 7
