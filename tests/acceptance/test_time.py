"""A month end through HTTP: a late till, what the books said and what really was, closing, and what closing means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from inventory_project.kernel import clock
from stock.services import snapshots, verification
from tests.factories.stock import Shop, build_shop


def text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def on_hand(shop: Shop, **query: str) -> Any:
    rows = shop.client.get("/api/stocks/", {"store": "S1", "product": "SKU-1", **query}).json()["results"]
    return rows[0]["on_hand"]


def test_a_month_end() -> None:
    shop = build_shop()
    monday = (clock.now() - timedelta(days=6)).replace(hour=9, minute=0, second=0, microsecond=0)
    tuesday = monday + timedelta(days=1)

    # The shop opens on Monday with forty; on Tuesday at noon a till sells three while it is offline.
    assert shop.post("IN", 40, effective_at=text(monday)).status_code == 201
    believed_at = clock.now()
    assert shop.post("OUT", 3, effective_at=text(tuesday + timedelta(hours=3))).status_code == 201

    # What was on hand on Tuesday evening, really, and by what was known before the till came back.
    evening = text(tuesday + timedelta(hours=9))
    assert on_hand(shop, as_of=evening) == 37
    assert on_hand(shop, as_of=evening, known_at=text(believed_at)) == 40
    assert on_hand(shop, as_of=monday.date().isoformat()) == 40
    assert on_hand(shop, as_of=tuesday.date().isoformat()) == 37
    assert on_hand(shop) == 37

    # The admin closes Tuesday. Its report cannot change any more.
    day = tuesday.date().isoformat()
    report = f"/api/reports/stock?start_date={day}&end_date={day}&store=S1"
    before = shop.client.get(report).json()["results"][0]
    closing = {"closed_through": day, "reason": "Month end"}
    assert shop.client_for("manager").post("/api/periods/", closing, format="json").status_code == 403
    assert shop.client.post("/api/periods/", closing, format="json").status_code == 201

    # Another till comes back with a sale of Tuesday: refused, with the reason, for everybody to see.
    key = {"HTTP_IDEMPOTENCY_KEY": "till-2-17", "HTTP_PREFER": "wait=5"}
    late = shop.movement("OUT", 2, effective_at=text(tuesday + timedelta(hours=4)))
    refused = shop.client.post("/api/stock-movements/", late, format="json", **key)
    assert (refused.status_code, refused.json()["rejection_code"]) == (200, "period_closed")
    assert list(refused.json()["fields"]) == ["effective_at"]
    listed = shop.client.get("/api/stock-movements/?status=rejected").json()["results"]
    assert [row["id"] for row in listed] == [refused.json()["id"]]
    again = shop.client.post("/api/stock-movements/", late, format="json", **key)
    assert again.json()["id"] == refused.json()["id"], "a repeat answers the first refusal"

    # It is booked as of today, as the guide says; Tuesday stays what it was.
    reference = f"till-2-17 of {late['effective_at']}"
    assert shop.post("OUT", 2, reference=reference).json()["status"] == "applied"
    after = shop.client.get(report).json()["results"][0]
    for name in ("opening", "units_in", "units_out", "closing"):
        assert after[name] == before[name], name
    assert (on_hand(shop), on_hand(shop, as_of=evening)) == (35, 37)

    # An invoice turns up: opened with a reason, corrected, closed again; everything is on record.
    opened = {"closed_through": monday.date().isoformat(), "reason": "Invoice 12 was missing"}
    assert shop.client.post("/api/periods/", opened, format="json").status_code == 201
    assert shop.post("IN", 5, effective_at=text(tuesday + timedelta(hours=1))).json()["status"] == "applied"
    assert shop.client.post("/api/periods/", {**closing, "reason": "Closed again"}, format="json").status_code == 201
    decisions = shop.client.get("/api/periods/").json()["results"]
    assert [row["reason"] for row in decisions] == ["Closed again", "Invoice 12 was missing", "Month end"]
    logged = shop.client.get("/api/logs/?action=stock.period.").json()["results"]
    assert len(logged) == 3
    assert on_hand(shop, as_of=evening) == 42
    assert on_hand(shop, as_of=evening, known_at=text(believed_at)) == 40, "what was believed never changes"

    # The same answers from snapshots, and books that agree with the ledger.
    snapshots.take(organization_id=shop.organization.id)
    assert (on_hand(shop, as_of=evening), on_hand(shop, as_of=day)) == (42, 42)
    assert verification.verify(organization_id=shop.organization.id).drift == 0
