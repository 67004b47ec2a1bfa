"""What moved of late: the same from the ledger and from its quarters of an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inventory_project.kernel import clock
from stock.selectors import movement_windows
from stock.selectors.movement_windows import WINDOWS
from stock.services import sales_rollup, verification
from tests.factories.catalog import build_category
from tests.factories.stock import Shop, build_shop


def ask(shop: Shop, path: str, client: Any = None) -> Any:
    answer = (client or shop.client).get(f"/api/movements/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=2, products=2)
    tea = build_category(shop.organization, name="Tea")
    shop.client.patch(f"/api/products/{shop.products[0].pk}/", {"category": tea.pk})
    for minutes, kind, quantity, store, product in (
        (2, "IN", 50, 0, 0),
        (1, "OUT", 3, 0, 0),
        (1, "IN", 5, 1, 1),
        (50, "IN", 7, 0, 1),
        (60 * 5, "IN", 9, 1, 0),
        (60 * 24 * 6, "IN", 11, 1, 0),
        (60 * 24 * 9, "IN", 13, 1, 0),
    ):
        at = (clock.now() - timedelta(minutes=minutes)).isoformat()
        assert shop.post(kind, quantity, store, product, effective_at=at).status_code == 201
    return shop


IN_WINDOW = {"15m": 55, "1h": 62, "6h": 71, "24h": 71, "7d": 82}


@pytest.mark.parametrize("rolled", [False, True])
@pytest.mark.parametrize(("window", "units"), IN_WINDOW.items())
def test_each_window_holds_what_moved_in_it(shop: Shop, window: str, units: int, rolled: bool) -> None:
    if rolled:
        sales_rollup.roll(organization_id=shop.organization.id)
        shop.post("OUT", 1)
    out = 4 if rolled else 3
    body = ask(shop, f"timeline/?window={window}")
    assert (body["totals"]["units_in"], body["totals"]["units_out"]) == (units, out)
    assert sum(step["units_in"] for step in body["results"]) == units
    length, step = WINDOWS[window]
    assert len(body["results"]) == length // step
    rows = ask(shop, f"by-category/?window={window}")["results"]
    assert sum(row["units_in"] for row in rows) == units
    assert rows[0]["category"] == "Tea"
    assert rows[0]["units_out"] == out


def test_one_store_s_window(shop: Shop) -> None:
    assert ask(shop, "timeline/?window=6h&store=S2")["totals"] == {"units_in": 14, "units_out": 0, "movements": 2}
    client = shop.client_for("staff", stores=[shop.stores[1].pk])
    assert ask(shop, "timeline/?window=6h", client)["totals"]["units_in"] == 14


def test_a_late_movement_lands_in_its_own_quarter(shop: Shop) -> None:
    sales_rollup.roll(organization_id=shop.organization.id)
    at = clock.now() - timedelta(hours=3)
    shop.post("IN", 4, effective_at=at.isoformat())
    for _ in range(2):
        steps = {step["starts_at"]: step["units_in"] for step in ask(shop, "timeline/?window=6h")["results"]}
        quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
        assert steps[quarter.isoformat().replace("+00:00", "Z")] == 4
        sales_rollup.roll(organization_id=shop.organization.id)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


@pytest.mark.parametrize(
    ("now", "zone", "begins", "steps"),
    [
        # 29 March 2026 has 23 hours in Madrid, 25 October 25.
        ("2026-03-29T21:30:00", "Europe/Madrid", "2026-03-28T23:00:00", 23),
        ("2026-10-25T22:30:00", "Europe/Madrid", "2026-10-24T22:00:00", 25),
        ("2026-05-01T12:00:00", "Asia/Kathmandu", "2026-04-30T18:15:00", 18),
        # Midnight does not exist there on that day: it begins at one o'clock.
        ("2025-09-07T12:00:00", "America/Santiago", "2025-09-07T04:00:00", 9),
    ],
)
def test_today_begins_at_the_zone_s_midnight(now: str, zone: str, begins: str, steps: int) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    shown = movement_windows.window("today", now=moment, zone=zone)
    assert shown.begins == datetime.fromisoformat(begins).replace(tzinfo=UTC)
    assert len(shown.steps()) == steps
    assert shown.ends > moment


def test_a_window_nobody_knows_is_refused(shop: Shop) -> None:
    for query, field in (("window=2h", "window"), ("store=NOWHERE", "store"), ("category=1", "category")):
        answer = shop.client.get(f"/api/movements/timeline/?{query}")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_a_window_is_a_file_too(shop: Shop) -> None:
    answer = shop.client.get("/api/movements/by-category/?window=1h&format=csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "category_id,category,units_in,units_out,movements"
    assert len(lines) == 3
