"""Reservations over HTTP: what they hold, how they end, repeats, rights, bad input, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.sql import rows
from stock.models import Reservation, ReservationFulfilment, ReservationLine, StockMovement
from stock.services import reservation_expiry, verification
from stores.models import Store
from tests.factories.reservations import ask, book, figures, let_run_out, now, reserve, take
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all
from tests.support.records import entries
from tests.support.statements import statements_sent
from tests.support.superuser import superuser


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=3)
    shop.post("IN", 10)
    shop.post("IN", 10, product=1)
    return shop


def row(shop: Shop, product: int = 0) -> dict[str, Any]:
    path = f"/api/stocks/?store={shop.stores[0].id}&product={shop.products[product].id}"
    return dict(shop.client.get(path).json()["results"][0])


def in_hours(hours: float) -> str:
    return (clock.now() + timedelta(hours=hours)).isoformat()


# Reserving


def test_reserved_units_are_on_hand_and_not_available(shop: Shop) -> None:
    made = reserve(shop, {0: 4}, reference="W-1001", note="calls at five")
    assert (made["status"], made["reference"], made["short"]) == ("active", "W-1001", [])
    assert [line["open"] for line in made["lines"]] == [4]
    found = row(shop)
    assert (found["on_hand"], found["reserved"], found["on_hold"], found["available"]) == (10, 4, 0, 6)
    assert_whole(shop)


def test_without_a_moment_it_lasts_as_long_as_the_organisation_says(shop: Shop) -> None:
    assert shop.client.patch("/api/organization/", {"reservation_hours": 3}).status_code == 200
    made = reserve(shop, {0: 1})
    assert made["created_at"] < in_hours(0) < made["expires_at"] < in_hours(3.01)
    assert made["expires_at"] > in_hours(2.99)


def test_all_or_nothing_names_what_is_available(shop: Shop) -> None:
    answer = ask(shop, {0: 4, 1: 11})
    assert (answer.status_code, answer.json()["code"]) == (409, "insufficient_stock")
    assert answer.json()["fields"] == {"lines": {"2": {"quantity": ["SKU-2: 11 wanted, 10 available."]}}}
    assert figures(shop)[1] == figures(shop, product=1)[1] == 0
    with tenancy.scope(shop.organization.id):
        assert not Reservation.objects.exists()


def test_with_partial_each_line_gets_what_is_there(shop: Shop) -> None:
    made = reserve(shop, {0: 4, 1: 11}, partial=True)
    assert [line["quantity"] for line in made["lines"]] == [4, 10]
    short = {"row": 2, "product": shop.products[1].id, "sku": "SKU-2", "wanted": 11, "reserved": 10}
    assert made["short"] == [short]
    more = ask(shop, {1: 1}, partial=True)
    assert (more.status_code, more.json()["code"]) == (409, "insufficient_stock")
    assert_whole(shop)


def test_a_product_the_store_never_held_is_not_there(shop: Shop) -> None:
    answer = ask(shop, {0: 1}, store=shop.stores[2].id)
    assert answer.json()["fields"]["lines"]["1"]["quantity"] == ["SKU-1: 1 wanted, 0 available."]


def test_a_balance_whose_units_are_all_reserved_is_out_of_stock(shop: Shop) -> None:
    def counted() -> tuple[str, int]:
        return row(shop)["status"], shop.client.get("/api/reports/dashboard").json()["out_of_stock"]

    before = counted()[1]
    made = reserve(shop, {0: 10})
    assert counted() == ("out", before + 1)
    take(shop, made, "release")
    assert counted() == ("in_stock", before)
    assert_whole(shop)


def test_what_was_accepted_before_is_applied_before(shop: Shop) -> None:
    shop.client.post("/api/stock-movements/", shop.movement("IN", 5), format="json")
    assert ask(shop, {0: 15}).status_code == 201


# What a sale may take


def test_a_sale_takes_no_reserved_goods(shop: Shop) -> None:
    reserve(shop, {0: 4})
    refused = shop.post("OUT", 7).json()
    assert (refused["status"], refused["rejection_code"]) == ("rejected", "insufficient_stock")
    assert shop.post("OUT", 6).json()["status"] == "applied"
    assert figures(shop) == (4, 4, 0, 0)


def test_where_negative_stock_is_allowed_a_sale_that_happened_counts_and_the_promise_stands() -> None:
    shop = build_shop(allows_negative_stock=True)
    shop.post("IN", 5)
    first, second = reserve(shop, {0: 3}), reserve(shop, {0: 2})
    assert shop.post("OUT", 2).json()["status"] == "applied"
    assert figures(shop) == (3, 5, 0, 0)
    assert row(shop)["available"] == -2
    assert row(shop)["status"] == "negative"
    assert take(shop, first, "fulfil").status_code == 200
    assert figures(shop) == (0, 2, 0, 0)
    assert take(shop, second, "fulfil").status_code == 200
    assert shop.on_hand() == -2
    assert_whole(shop)


def test_goods_that_a_count_found_missing_are_handed_over_first_come_first_served(shop: Shop) -> None:
    first, second = reserve(shop, {0: 6}), reserve(shop, {0: 4})
    shop.post("adjustment", -4)
    assert row(shop)["available"] == -4
    assert take(shop, second, "fulfil").status_code == 200
    refused = take(shop, first, "fulfil")
    assert (refused.status_code, refused.json()["code"]) == (409, "insufficient_stock")
    assert refused.json()["fields"]["lines"] == {"1": {"quantity": ["SKU-1: the goods on hand do not cover 6."]}}
    assert (figures(shop), now(shop, first)["status"]) == ((2, 6, 0, 0), "active")
    assert take(shop, first, "fulfil", {"lines": [{"product": "SKU-1", "quantity": 2}]}).status_code == 200
    assert_whole(shop)


# Fulfilling


def test_fulfilling_posts_a_sale_for_each_line(shop: Shop) -> None:
    made = reserve(shop, {0: 4, 1: 2}, reference="W-7")
    body = {"lines": [{"product": "SKU-1", "quantity": 4, "unit_price": "3.5"}, {"product": "SKU-2", "quantity": 1}]}
    part = take(shop, made, "fulfil", body).json()
    assert (part["status"], [line["open"] for line in part["lines"]]) == ("active", [0, 1])
    whole = take(shop, made, "fulfil").json()
    assert (whole["status"], [line["fulfilled"] for line in whole["lines"]]) == ("fulfilled", [4, 2])
    moved = shop.client.get("/api/stock-movements/?reference=W-7&ordering=id").json()["results"]
    assert [(m["movement_type"], m["delta"], m["unit_price"]) for m in moved] == [
        ("sale", -4, 3.5),
        ("sale", -1, 4),
        ("sale", -1, 4),
    ]
    assert (figures(shop), figures(shop, product=1)) == ((6, 0, 0, 0), (8, 0, 0, 0))
    assert_whole(shop)


def test_handed_over_without_a_sale_is_a_removal(shop: Shop) -> None:
    made = reserve(shop, {0: 4})
    assert take(shop, made, "fulfil", {"kind": "removal", "reason": "a gift"}).status_code == 200
    with tenancy.scope(shop.organization.id):
        assert StockMovement.objects.get(source="reservation").kind == "removal"
    assert_whole(shop)


def test_a_reversed_sale_gives_the_goods_back_and_leaves_the_reservation_fulfilled(shop: Shop) -> None:
    made = reserve(shop, {0: 4})
    take(shop, made, "fulfil")
    with tenancy.scope(shop.organization.id):
        sale = StockMovement.objects.get(source="reservation").pk
    assert shop.client.post(f"/api/stock-movements/{sale}/reverse/", {"reason": "returned"}).status_code == 201
    assert (figures(shop), now(shop, made)["status"]) == ((10, 0, 0, 0), "fulfilled")
    assert_whole(shop)


# Ending


def test_a_part_may_be_released_and_the_rest_fulfilled(shop: Shop) -> None:
    made = reserve(shop, {0: 4, 1: 2})
    part = take(shop, made, "release", {"lines": [{"product": "SKU-2", "quantity": 2}], "reason": "changed her mind"})
    assert (part.status_code, part.json()["status"]) == (200, "active")
    assert figures(shop, product=1)[1] == 0
    assert take(shop, made, "fulfil").json()["status"] == "fulfilled"
    assert_whole(shop)


@pytest.mark.parametrize("verb", ["fulfil", "release", "extend"])
@pytest.mark.parametrize("end", ["fulfil", "release"])
def test_what_is_over_stays_over(shop: Shop, verb: str, end: str) -> None:
    made = reserve(shop, {0: 4})
    ended = take(shop, made, end).json()
    answer = take(shop, made, verb)
    assert (answer.status_code, answer.json()["code"]) == (409, "reservation_over")
    assert answer.json()["fields"] == {"status": ended["status"]}
    assert now(shop, made) == {name: value for name, value in ended.items() if name != "short"}


def test_extending_moves_the_end_and_never_back_or_beyond_the_longest(shop: Shop) -> None:
    made = reserve(shop, {0: 1}, expires_at=in_hours(5))
    later = in_hours(30)
    assert take(shop, made, "extend", {"expires_at": later}).json()["expires_at"][:19] == later[:19]
    for wrong, sentence in [
        (in_hours(20), "already"),
        (in_hours(-1), "past"),
        (in_hours(800), "at most 720 hours"),
    ]:
        answer = take(shop, made, "extend", {"expires_at": wrong})
        assert answer.status_code == 400
        assert sentence in answer.json()["fields"]["expires_at"][0]
    assert take(shop, made, "extend").status_code == 200
    assert [entry.action for entry in entries(shop.organization, "reservation", made["id"])] == [
        "stock.reservation.made",
        "stock.reservation.extended",
        "stock.reservation.extended",
    ]


# Running out


@pytest.mark.parametrize("verb", ["fulfil", "extend"])
def test_what_ran_out_and_was_not_swept_can_be_neither_fulfilled_nor_extended(shop: Shop, verb: str) -> None:
    made = reserve(shop, {0: 4})
    let_run_out(shop, made)
    assert (now(shop, made)["status"], now(shop, made)["is_overdue"]) == ("active", True)
    answer = take(shop, made, verb)
    assert (answer.status_code, answer.json()["code"]) == (409, "reservation_expired")
    assert (figures(shop), now(shop, made)["status"]) == ((10, 0, 0, 0), "expired")
    assert take(shop, made, verb).json()["code"] == "reservation_expired"
    assert_whole(shop)


def test_what_ran_out_stands_in_nobodys_way(shop: Shop) -> None:
    let_run_out(shop, reserve(shop, {0: 10}))
    assert ask(shop, {0: 10}).status_code == 201
    assert_whole(shop)


@pytest.mark.parametrize("door", ["waited for", "by a worker", "bulk", "dispatch"])
def test_what_ran_out_keeps_no_goods_from_a_sale_though_nobody_sweeps(shop: Shop, door: str) -> None:
    gone, kept = reserve(shop, {0: 6}), reserve(shop, {0: 1})
    let_run_out(shop, gone)
    row = {"store": shop.stores[0].id, "product": shop.products[0].id, "movement_type": "OUT", "quantity": 9}
    if door == "waited for":
        assert shop.post("OUT", 9).json()["status"] == "applied"
    elif door == "by a worker":
        assert shop.client.post("/api/stock-movements/", row, format="json").status_code == 202
        drain_all(shop)
    elif door == "bulk":
        assert shop.client.post("/api/stock-movements/bulk/", [row], format="json").json()["applied"] == 1
    else:
        body = {"from_store": row["store"], "to_store": shop.stores[1].id, "product_id": row["product"]}
        moved = shop.client.post("/api/inventory/transfer/", {**body, "quantity": 9}, format="json")
        assert moved.json()["status"] == "applied"
    assert (figures(shop), now(shop, gone)["status"], now(shop, kept)["status"]) == ((1, 1, 0, 0), "expired", "active")
    assert shop.post("OUT", 1).json()["rejection_code"] == "insufficient_stock", "promised, and in time"
    assert_whole(shop)


def test_a_price_beyond_the_ledgers_limit_is_named_and_hands_nothing_over(shop: Shop) -> None:
    shop.post("IN", 10_000)
    made = reserve(shop, {0: 10_000})
    lines = [{"product": shop.products[0].id, "quantity": 10_000, "unit_price": 999_999_999}]
    answer = take(shop, made, "fulfil", {"lines": lines})
    assert (answer.status_code, list(answer.json()["fields"]["lines"]["1"])) == (400, ["unit_price"])
    assert now(shop, made)["status"] == "active"


def test_the_sweep_ends_what_is_overdue_and_nothing_else(shop: Shop) -> None:
    gone = [reserve(shop, {0: 1, 1: 1}, reference=f"W-{n}") for n in range(3)]
    kept = reserve(shop, {0: 2})
    take(shop, gone[0], "fulfil", {"lines": [{"product": "SKU-1", "quantity": 1}]})
    let_run_out(shop, *gone)
    assert reservation_expiry.expire_everywhere() >= 3
    assert [now(shop, each)["status"] for each in gone] == ["expired"] * 3
    assert (now(shop, kept)["status"], figures(shop), figures(shop, product=1)) == (
        "active",
        (9, 2, 0, 0),
        (10, 0, 0, 0),
    )
    entry = entries(shop.organization, "reservation", gone[0]["id"])[-1]
    assert (entry.action, entry.actor_label) == ("stock.reservation.expired", "system")
    assert [line["sku"] for line in entry.detail["lines"]] == ["SKU-2"]
    assert_whole(shop)


def test_the_beat_rings_for_what_ran_out(shop: Shop) -> None:
    gone = reserve(shop, {0: 1})
    let_run_out(shop, gone)
    rung = settings.CELERY_BEAT_SCHEDULE["expire-reservations"]
    assert rung["schedule"] <= 10
    current_app.tasks[rung["task"]].apply(throw=True)
    assert now(shop, gone)["status"] == "expired"


def test_the_sweep_works_in_batches(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = [reserve(shop, {0: 1}) for _ in range(5)]
    let_run_out(shop, *gone)
    monkeypatch.setattr(reservation_expiry, "BATCH", 2)
    assert reservation_expiry.expire(shop.organization.id) == 5
    assert figures(shop) == (10, 0, 0, 0)


# Repeats


@pytest.mark.parametrize("verb", ["fulfil", "release", "extend"])
def test_a_repeated_key_gives_the_same_answer_and_acts_once(shop: Shop, verb: str) -> None:
    made = reserve(shop, {0: 4}, key="order 1")
    again = ask(shop, {0: 4}, key="order 1")
    assert (again.status_code, again.json(), again.headers["Idempotency-Replayed"]) == (200, made, "true")
    first = take(shop, made, verb, key="step 1")
    second = take(shop, made, verb, key="step 1")
    assert (first.status_code, second.content) == (200, first.content)
    assert second.headers["Idempotency-Replayed"] == "true"
    other = ask(shop, {0: 1}, key="step 1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert figures(shop)[0] == (6 if verb == "fulfil" else 10)
    assert_whole(shop)


# Lists


def test_the_list_is_filtered_by_store_product_state_reference_and_end(shop: Shop) -> None:
    shop.post("IN", 5, store=1)
    soon = reserve(shop, {0: 1}, expires_at=in_hours(1), reference="A")
    other = reserve(shop, {1: 1}, reference="B")
    there = reserve(shop, {0: 1}, store=shop.stores[1].id)
    take(shop, other, "release")

    def ids(query: str) -> list[str]:
        return [each["id"] for each in shop.client.get(f"/api/reservations/?{query}").json()["results"]]

    assert ids("") == [there["id"], other["id"], soon["id"]]
    assert ids("store=S2") == [there["id"]]
    assert ids("product=sku-2") == [other["id"]]
    assert ids("status=active&status=expired") == [there["id"], soon["id"]]
    assert ids("reference=A") == [soon["id"]]
    assert ids(f"expires_before={in_hours(2).replace('+', '%2B')}") == [soon["id"]]
    assert ids("ordering=expires_at&page_size=1") == [soon["id"]]
    assert shop.client.get("/api/reservations/?stat=active").status_code == 400
    first = shop.client.get("/api/reservations/?page_size=1").json()
    assert (first["results"][0]["line_count"], first["results"][0]["units_open"]) == (1, 1)
    assert shop.client.get(first["next"]).json()["results"][0]["id"] == other["id"]


def test_staff_reserve_in_their_own_stores_only(shop: Shop) -> None:
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    made = reserve(shop, {0: 1}, client=staff)
    shop.post("IN", 5, store=1)
    elsewhere = reserve(shop, {0: 1}, store=shop.stores[1].id)
    assert ask(shop, {0: 1}, client=staff, store=shop.stores[1].id).json()["fields"] == {"store": ["No such store."]}
    for verb in ("fulfil", "release", "extend"):
        assert take(shop, elsewhere, verb, client=staff).status_code == 404
    assert [each["id"] for each in staff.get("/api/reservations/").json()["results"]] == [made["id"]]


# Bad input


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"store": 0}, "store"),
        ({"store": "nowhere"}, "store"),
        ({"lines": []}, "lines"),
        ({"lines": "x"}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": 0}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": "1.0001"}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": "1_0"}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": "\u0661"}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": 1}, {"product": "SKU-1", "quantity": 1}]}, "lines"),
        ({"lines": [{"product": "SKU-9", "quantity": 1}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": 1, "colour": "red"}]}, "lines"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": (clock.now() + timedelta(hours=20)).replace(tzinfo=None).isoformat()}, "expires_at"),
        ({"expires_at": (clock.now() + timedelta(days=5)).date().isoformat()}, "expires_at"),
        ({"expires_at": "9999-01-01T00:00:00Z"}, "expires_at"),
        ({"partial": "perhaps"}, "partial"),
        ({"reference": "a\nb"}, "reference"),
        ({"note": "x" * 1001}, "note"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_input_is_refused_by_name_and_reserves_nothing(shop: Shop, body: dict[str, Any], field: str) -> None:
    answer = ask(shop, {0: 1}, **body)
    assert answer.status_code == 400, answer.json()
    assert field in answer.json()["fields"]
    assert figures(shop)[1] == 0


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("fulfil", {"lines": [{"product": "SKU-1", "quantity": 5}]}, "lines"),
        ("fulfil", {"lines": [{"product": "SKU-2", "quantity": 1}]}, "lines"),
        ("fulfil", {"lines": [{"product": "SKU-1", "quantity": 1, "unit_price": -1}]}, "lines"),
        ("fulfil", {"kind": "receipt"}, "kind"),
        ("release", {"lines": [{"product": "SKU-1", "quantity": -1}]}, "lines"),
        ("release", {"why": "no"}, "why"),
        ("extend", {"expires_at": 5}, "expires_at"),
    ],
)
def test_a_bad_step_is_refused_by_name_and_changes_nothing(shop: Shop, verb: str, body: Any, field: str) -> None:
    made = reserve(shop, {0: 4})
    before = now(shop, made)
    answer = take(shop, made, verb, body)
    assert answer.status_code == 400, answer.json()
    assert field in answer.json()["fields"]
    assert (now(shop, made), figures(shop)) == (before, (10, 4, 0, 0))


def test_a_closed_store_reserves_nothing(shop: Shop) -> None:
    shop.client.patch(f"/api/stores/{shop.stores[0].id}/", {"is_active": False})
    assert ask(shop, {0: 1}).json()["fields"] == {"store": ["This store is closed."]}


@pytest.mark.parametrize(
    "hours", [{"reservation_hours": 0}, {"reservation_hours": 721}, {"reservation_max_hours": 9000}]
)
def test_the_organisations_hours_are_sane(shop: Shop, hours: dict[str, int]) -> None:
    answer = shop.client.patch("/api/organization/", hours)
    assert answer.status_code == 400
    assert answer.json()["fields"].keys() == hours.keys()


# What the database refuses by itself


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stock_reservationline SET quantity = 0",
        "UPDATE stock_reservationline SET fulfilled = -1",
        "UPDATE stock_reservationline SET fulfilled = 5",
        "UPDATE stock_reservationline SET released = 4",
        "UPDATE stock_reservation SET status = 'fulfilled'",
        "UPDATE stock_reservation SET status = 'fulfilled', ended_at = now()",
        "UPDATE stock_reservation SET status = 'lost', ended_at = now()",
        "UPDATE stock_reservation SET expires_at = created_at",
        "UPDATE stock_stock SET reserved = -1",
        "UPDATE stock_stock SET on_hold = 1",
    ],
)
def test_the_database_refuses_a_reservation_that_contradicts_itself(shop: Shop, change: str) -> None:
    reserve(shop, {0: 4})

    def make() -> None:
        with tenancy.scope(shop.organization.id):
            rows(change, {})
            rows("SET CONSTRAINTS ALL IMMEDIATE", {})

    with pytest.raises(IntegrityError):
        make()


@pytest.mark.parametrize("table", ["stock_reservation", "stock_reservationline", "stock_reservationfulfilment"])
def test_reservations_are_not_deleted(shop: Shop, table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(f"DELETE FROM {table}", {})


# Drift


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE stock_stock SET reserved = reserved + 1, status = 'low' WHERE reserved > 0 AND organization_id = %s",
        "UPDATE stock_reservationline SET released = released + 1 WHERE open > 1 AND organization_id = %s",
        "UPDATE stock_reservationline SET fulfilled = 1, released = released - 1 WHERE released > 0"
        " AND organization_id = %s",
        "UPDATE stock_reservationfulfilment SET quantity = quantity + 1 WHERE organization_id = %s",
        "UPDATE stock_reservation SET status = 'released', ended_at = now() WHERE status = 'active'"
        " AND organization_id = %s",
        "UPDATE stock_stockmovement SET source = 'api' WHERE source = 'reservation' AND organization_id = %s",
    ],
)
def test_whoever_tampers_with_reservations_is_found_out(shop: Shop, tampering: str) -> None:
    reserve(shop, {0: 2})
    take(shop, reserve(shop, {0: 2}), "fulfil")
    take(shop, reserve(shop, {0: 2}), "release")
    assert verification.verify(organization_id=shop.organization.id).drift == 0
    with superuser(tampering=True) as connection:
        connection.execute(tampering, [shop.organization.id])
    found = verification.verify(organization_id=shop.organization.id)
    assert found.reserved_drift >= 1
    assert found.drift >= found.reserved_drift


def test_every_fulfilled_unit_names_its_movement(shop: Shop) -> None:
    made = reserve(shop, {0: 4, 1: 2})
    take(shop, made, "fulfil")
    with tenancy.scope(shop.organization.id):
        kept = dict(ReservationFulfilment.objects.values_list("movement_id", "quantity"))
        moved = dict(StockMovement.objects.filter(source="reservation").values_list("id", "quantity"))
        assert {movement: -quantity for movement, quantity in moved.items()} == kept
        assert ReservationLine.objects.filter(open__gt=0).count() == 0


# What it costs


def test_twenty_lines_cost_as_many_statements_as_two() -> None:
    shop = build_shop(stores=1, products=20)
    for product in range(20):
        shop.post("IN", 50, product=product)

    def costs(lines: int) -> list[int]:
        order = dict.fromkeys(range(lines), 2)
        counts = []
        with statements_sent() as sent:
            made = reserve(shop, order)
        counts.append(len(sent))
        for verb in ("extend", "fulfil"):
            with statements_sent() as sent:
                assert take(shop, made, verb).status_code == 200
            counts.append(len(sent))
        given_up = reserve(shop, order)
        with statements_sent() as sent:
            assert take(shop, given_up, "release").status_code == 200
        counts.append(len(sent))
        let_run_out(shop, reserve(shop, order))
        with statements_sent() as sent:
            assert reservation_expiry.expire(shop.organization.id) == 1
        counts.append(len(sent))
        for verb in ("hold", "unhold"):
            with statements_sent() as sent:
                assert book(shop, verb, order).status_code == 201
            counts.append(len(sent))
        return counts

    costs(1)  # whatever is remembered for the first time
    assert costs(20) == costs(2)


def test_a_repeat_after_the_store_closed_gets_the_first_answer(shop: Shop) -> None:
    first = ask(shop, {0: 2}, key="order-1")
    with tenancy.scope(shop.organization.id):
        Store.objects.filter(pk=shop.stores[0].pk).update(is_active=False)
    again = ask(shop, {0: 2}, key="order-1")
    assert (again.status_code, again.content) == (200, first.content)
    assert ask(shop, {0: 3}, key="order-1").json()["code"] == "idempotency_key_reused"
    assert ask(shop, {0: 2}, key="order-2").json()["fields"] == {"store": ["This store is closed."]}
    elsewhere = shop.client_for("staff", stores=[shop.stores[1]])
    assert ask(shop, {0: 2}, key="order-1", client=elsewhere).json()["fields"] == {"store": ["No such store."]}
