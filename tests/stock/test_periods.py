"""A closed period takes no movement through any door, by the business date of each store."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from inventory_project.kernel import clock, tenancy
from stock.models import InboxMovement, PeriodClosing, Stock, StockMovement, StoreDay
from stock.services import verification
from stores.models import Store
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all
from tests.support.records import entries
from tests.support.superuser import superuser


def days_ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def noon(day: date) -> str:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC).isoformat()


CLOSED = days_ago(5).date()
OPEN = CLOSED + timedelta(days=1)


def close(shop: Shop, day: date | None, reason: str = "Month end") -> Any:
    return shop.client.post(
        "/api/periods/", {"closed_through": day and day.isoformat(), "reason": reason}, format="json"
    )


@pytest.fixture
def shop() -> Shop:
    shop = build_shop()
    shop.post("IN", 50, effective_at=noon(CLOSED - timedelta(days=1)))
    assert close(shop, CLOSED).status_code == 201
    return shop


def state(shop: Shop) -> tuple[Any, Any]:
    with tenancy.scope(shop.organization.id):
        days = list(
            StoreDay.objects.order_by("store_id", "date").values_list("store_id", "date", "movements", "revenue")
        )
        return list(Stock.objects.order_by("id").values_list("on_hand", flat=True)), days


def test_a_late_sale_into_a_closed_day_is_rejected_with_its_field_and_stays_visible(shop: Shop) -> None:
    before = state(shop)
    body = shop.post("OUT", 2, effective_at=noon(CLOSED), reference="till 3").json()
    assert (body["status"], body["rejection_code"], list(body["fields"])) == (
        "rejected",
        "period_closed",
        ["effective_at"],
    )
    assert "closed" in body["reason"]
    assert state(shop) == before
    listed = shop.client.get("/api/stock-movements/?status=rejected").json()["results"]
    assert [(row["reference"], row["rejection_code"]) for row in listed] == [("till 3", "period_closed")]
    assert shop.post("OUT", 2).json()["status"] == "applied", "booked as of today instead"
    assert_whole(shop)


def test_the_day_after_the_closed_one_is_open(shop: Shop) -> None:
    assert shop.post("OUT", 1, effective_at=noon(OPEN)).json()["status"] == "applied"


def test_bulk_names_the_rows_and_atomic_changes_nothing(shop: Shop) -> None:
    rows = [
        shop.movement("OUT", 1, effective_at=noon(OPEN)),
        shop.movement("OUT", 1, effective_at=noon(CLOSED)),
        shop.movement("IN", 1, effective_at=noon(CLOSED - timedelta(days=400))),
    ]
    answer = shop.client.post("/api/stock-movements/bulk/", rows, format="json").json()
    assert [(row["row"], row["status"], row["code"], list(row["fields"])) for row in answer["results"]] == [
        (1, "applied", "", []),
        (2, "rejected", "period_closed", ["effective_at"]),
        (3, "rejected", "period_closed", ["effective_at"]),
    ]
    before = state(shop)
    refused = shop.client.post("/api/stock-movements/bulk/?atomic=true", rows, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "batch_refused")
    assert list(refused.json()["fields"]["rows"]["2"]) == ["effective_at"]
    assert state(shop) == before


def test_what_waits_while_the_period_is_closed_is_judged_when_it_is_applied(shop: Shop) -> None:
    queued = [shop.movement("OUT", 1, effective_at=noon(OPEN)) for _ in range(3)]
    answer = shop.client.post("/api/stock-movements/bulk/", queued, format="json", HTTP_PREFER="respond-async")
    assert answer.status_code == 202
    with tenancy.scope(shop.organization.id):
        waiting = InboxMovement.objects.count()
    assert close(shop, OPEN, "One more day").status_code == 201
    drain_all(shop)
    with tenancy.scope(shop.organization.id):
        verdicts = list(StockMovement.objects.filter(kind="sale").values_list("rejection", flat=True))
    assert waiting == 3
    assert verdicts == ["period_closed"] * 3
    assert_whole(shop)


def test_every_store_is_judged_by_its_own_calendar(shop: Shop) -> None:
    with tenancy.scope(shop.organization.id):
        Store.objects.filter(pk=shop.stores[0].pk).update(time_zone="Pacific/Auckland")
        Store.objects.filter(pk=shop.stores[1].pk).update(time_zone="America/New_York")
    # Evening in UTC: in Auckland it is the next day, in New York it is not.
    evening = datetime(CLOSED.year, CLOSED.month, CLOSED.day, 20, tzinfo=UTC)
    assert shop.post("IN", 1, store=0, effective_at=evening.isoformat()).json()["status"] == "applied"
    assert shop.post("IN", 1, store=1, effective_at=evening.isoformat()).json()["rejection_code"] == "period_closed"
    # The small hours in UTC: still the closed day in New York, and long open in Auckland.
    night = evening + timedelta(hours=6)
    assert shop.post("IN", 1, store=1, effective_at=night.isoformat()).json()["rejection_code"] == "period_closed"
    assert shop.post("IN", 1, store=0, effective_at=night.isoformat()).json()["status"] == "applied"
    late = evening + timedelta(hours=9.5)
    assert shop.post("IN", 1, store=1, effective_at=late.isoformat()).json()["status"] == "applied"


def test_a_reversal_of_a_movement_of_a_closed_day_counts_today(shop: Shop) -> None:
    with tenancy.scope(shop.organization.id):
        movement = StockMovement.objects.get(kind="receipt")
        before = StoreDay.objects.get(date=movement.business_date).units_in
    answer = shop.client.post(f"/api/stock-movements/{movement.id}/reverse/", {"reason": "wrong shop"}, format="json")
    assert answer.status_code == 201, answer.content
    with tenancy.scope(shop.organization.id):
        reversal = StockMovement.objects.get(reverses_id=movement.id)
        assert reversal.business_date > CLOSED
        assert StoreDay.objects.get(date=movement.business_date).units_in == before
    assert shop.on_hand() == 0
    assert_whole(shop)


def test_transfers_and_adjustments_of_today_go_on(shop: Shop) -> None:
    ends = {"from_store": shop.stores[0].id, "to_store": shop.stores[1].id, "product_id": shop.products[0].id}
    assert shop.client.post("/api/inventory/transfer", {**ends, "quantity": 5}, format="json").status_code == 201
    adjustment = {"store_id": shop.stores[0].id, "product_id": shop.products[0].id, "delta": -1, "reason": "broken"}
    assert shop.client.post("/api/inventory/update", adjustment, format="json").status_code == 201


def test_a_count_of_a_day_that_was_closed_since_is_refused_and_says_why(shop: Shop) -> None:
    body = {"store": shop.stores[0].id, "kind": "spot", "products": [shop.products[0].id]}
    count = shop.client.post("/api/counts/", body, format="json").json()["id"]
    shop.client.post(f"/api/counts/{count}/start/", {}, format="json")
    # The count went on for days, as a large one may.
    with superuser(tampering=True) as connection:
        connection.execute(
            "UPDATE stock_stockcount SET started_at = started_at - interval '9 days' WHERE id = %s", [count]
        )
    entry = {"product": shop.products[0].id, "quantity": 47, "counted_at": noon(CLOSED)}
    assert shop.client.post(f"/api/counts/{count}/entries/", entry, format="json").status_code == 201
    shop.client.post(f"/api/counts/{count}/submit/", {}, format="json")
    before = state(shop)
    answer = shop.client.post(f"/api/counts/{count}/approve/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "adjustment_refused")
    assert "closed" in str(answer.json())
    assert state(shop) == before


def test_the_command_line_is_no_way_around_it(shop: Shop) -> None:
    from stock.services import movements

    raw = shop.movement("IN", 1, effective_at=noon(CLOSED))
    receipt = movements.submit_many(raws=[raw], access=shop.access(), acting_as=shop.access().actor(), source="command")
    assert receipt[0].rejection == "period_closed"


class TestClosing:
    def test_an_admin_closes_reopens_and_it_is_on_record(self, shop: Shop) -> None:
        assert shop.post("OUT", 1, effective_at=noon(CLOSED)).json()["rejection_code"] == "period_closed"
        assert close(shop, CLOSED - timedelta(days=3), "An invoice was missing").status_code == 201
        assert shop.post("OUT", 1, effective_at=noon(CLOSED)).json()["status"] == "applied"
        assert close(shop, None, "Start over").status_code == 201
        rows = shop.client.get("/api/periods/").json()["results"]
        assert [(row["closed_through"], row["reason"]) for row in rows] == [
            (None, "Start over"),
            ((CLOSED - timedelta(days=3)).isoformat(), "An invoice was missing"),
            (CLOSED.isoformat(), "Month end"),
        ]
        assert {row["decided_by"] for row in rows} == {shop.admin.user.username}
        logged = [entries(shop.organization, "period", row["id"])[0] for row in rows]
        assert [entry.action for entry in logged] == ["stock.period.reopened"] * 2 + ["stock.period.closed"]
        assert logged[1].before == {"closed_through": CLOSED.isoformat()}
        assert logged[1].detail == {"reason": "An invoice was missing"}

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"closed_through": "2026-13-01", "reason": "x"}, "closed_through"),
            ({"closed_through": "1999-12-31", "reason": "x"}, "closed_through"),
            ({"closed_through": "9999-12-31", "reason": "x"}, "closed_through"),
            ({"closed_through": CLOSED.isoformat(), "reason": "again"}, "closed_through"),
            ({"closed_through": "2026-01-01"}, "reason"),
            ({"closed_through": "2026-01-01", "reason": ""}, "reason"),
            ({"closed_through": "2026-01-01", "reason": "x" * 301}, "reason"),
            ({"closed_through": "2026-01-01", "reason": "two\nlines"}, "reason"),
            ({"reason": "x"}, "closed_through"),
            ({"closed_trough": "2026-01-01", "reason": "x"}, "closed_trough"),
        ],
        ids=str,
    )
    def test_bad_input_is_named_and_changes_nothing(self, shop: Shop, body: dict[str, Any], field: str) -> None:
        answer = shop.client.post("/api/periods/", body, format="json")
        assert answer.status_code == 400
        assert field in answer.json()["fields"], answer.content
        with tenancy.scope(shop.organization.id):
            assert PeriodClosing.objects.count() == 1

    def test_a_day_that_is_not_over_in_every_store_cannot_be_closed(self, shop: Shop) -> None:
        with tenancy.scope(shop.organization.id):
            Store.objects.filter(pk=shop.stores[1].pk).update(time_zone="Pacific/Pago_Pago")
        last_over = (clock.now() - timedelta(hours=11)).date() - timedelta(days=1)
        answer = close(shop, last_over + timedelta(days=1))
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["closed_through"])
        assert last_over.isoformat() in str(answer.json()["fields"])
        assert close(shop, last_over).status_code == 201

    @pytest.mark.parametrize("role", ["manager", "staff"])
    def test_only_admins_decide_and_everybody_reads(self, shop: Shop, role: str) -> None:
        client = shop.client_for(role)
        assert client.post("/api/periods/", {"closed_through": None, "reason": "x"}, format="json").status_code == 403
        assert client.get("/api/periods/").json()["results"][0]["closed_through"] == CLOSED.isoformat()

    def test_nobody_rewrites_a_decision(self, shop: Shop) -> None:
        from django.db import DatabaseError

        with pytest.raises(DatabaseError, match="permission denied"), tenancy.scope(shop.organization.id):
            PeriodClosing.objects.update(reason="better")

    def test_another_organisation_is_not_closed(self, shop: Shop) -> None:
        other = build_shop()
        assert other.post("IN", 1, effective_at=noon(CLOSED)).json()["status"] == "applied"


def test_snapshots_and_verification_run_from_the_command_line(shop: Shop) -> None:
    out = io.StringIO()
    call_command("take_snapshots", organization=shop.organization.slug, stdout=out)
    # Nothing was known on those days yet: the receipt was recorded today.
    assert f"{shop.organization.id}: 0 closing balances of 1 days of stores" in out.getvalue()
    call_command("take_snapshots", organization=shop.organization.slug, anew=True, stdout=out)
    assert verification.verify(organization_id=shop.organization.id).drift == 0
