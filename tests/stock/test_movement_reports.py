"""The movement report adds up: by balance, product and store, for any days, also when movements come late."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from inventory_project.kernel import clock
from tests.factories.stock import Shop, build_shop
from tests.support.statements import statements_sent

KINDS = ["IN", "OUT", "REM", "customer_return", "supplier_return", "adjustment", "count_adjustment"]
DAYS = 20
ZONES = {0: "Europe/Madrid", 1: "Europe/Madrid", 2: "Pacific/Auckland"}


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Three stores, four products, 400 movements of twenty days in no order of days, some of them reversed."""
    shop = build_shop(stores=3, products=4, zone=ZONES[0])
    shop.client.patch(f"/api/stores/{shop.stores[2].id}/", {"region": "North", "time_zone": ZONES[2]})
    dice = random.Random(11)
    now = clock.now()
    bodies = []
    for _ in range(400):
        kind = dice.choices(KINDS, [9, 6, 1, 1, 1, 2, 1])[0]
        quantity = Decimal(dice.randint(1, 9000)) / 1000
        if "adjustment" in kind and dice.random() < 0.5:
            quantity = -quantity
        at = now - timedelta(days=dice.random() * DAYS)
        place = dice.randrange(3), dice.randrange(4)
        bodies.append(shop.movement(kind, str(quantity), *place, effective_at=at.isoformat()))
    answer = shop.client.post("/api/stock-movements/bulk/", bodies, format="json").json()
    assert answer["applied"] > 250
    assert answer["rejected"] > 5
    done = [row["id"] for row in answer["results"] if row["status"] == "applied"]
    for movement_id in dice.sample(done, 25):
        shop.client.post(f"/api/stock-movements/{movement_id}/reverse/", {"reason": "wrong"}, format="json")
    return shop


@pytest.fixture(scope="module")
def ledger(shop: Shop) -> list[dict[str, Any]]:
    """Every applied movement, as the API lists it."""
    url, rows = "/api/stock-movements/?status=applied&page_size=500", []
    while url:
        page = shop.client.get(url).json()
        rows, url = rows + page["results"], page["next"]
    return rows


def ranges() -> list[tuple[int, int]]:
    """Days from today, so that a test has one name whatever the day on which it was collected."""
    dice = random.Random(5)
    found = [(-400, 2), (0, 0)]
    for _ in range(10):
        first = -dice.randrange(DAYS + 3)
        found.append((first, first + dice.randrange(8)))
    return found


def replayed(shop: Shop, ledger: list[dict[str, Any]], first: date, last: date, key: Any) -> dict[Any, dict[str, Any]]:
    """The report worked out from nothing but the movements."""
    from zoneinfo import ZoneInfo

    zones = {store.id: ZoneInfo(ZONES[place]) for place, store in enumerate(shop.stores)}
    found: dict[Any, dict[str, Any]] = defaultdict(
        lambda: {"opening": 0.0, "in": defaultdict(float), "out": defaultdict(float), "closing": 0.0, "movements": 0}
    )
    for movement in ledger:
        row, delta = found[key(movement)], movement["delta"]
        at = datetime.fromisoformat(movement["effective_at"]).astimezone(UTC)
        day = at.astimezone(zones[movement["store"]]).date()
        row["opening"] += delta if day < first else 0
        row["closing"] += delta if day <= last else 0
        if first <= day <= last:
            row["movements"] += 1
            row["in" if delta > 0 else "out"][movement["movement_type"]] += abs(delta)
    return found


def agrees(row: dict[str, Any], expected: dict[str, Any]) -> None:
    assert row["opening"] + row["units_in"] - row["units_out"] == pytest.approx(row["closing"], abs=1e-9)
    assert row["opening"] == pytest.approx(expected["opening"], abs=1e-9)
    assert row["closing"] == pytest.approx(expected["closing"], abs=1e-9)
    assert row["movements"] == expected["movements"]
    for side in ("in", "out"):
        assert row[f"{side}_by_kind"] == pytest.approx(dict(expected[side]), abs=1e-9)
        assert sum(row[f"{side}_by_kind"].values()) == pytest.approx(row[f"units_{side}"], abs=1e-9)


@pytest.mark.parametrize("days", ranges(), ids=str)
def test_every_range_equals_the_replay_of_the_movements(
    shop: Shop, ledger: list[dict[str, Any]], days: tuple[int, int]
) -> None:
    first, last = (clock.now().date() + timedelta(days=each) for each in days)
    query = f"start_date={first}&end_date={last}&by_kind=true"
    balances = shop.client.get(f"/api/reports/stock/?start_date={first}&end_date={last}").json()["results"]
    expected = replayed(shop, ledger, first, last, lambda m: (m["store"], m["product"]))
    assert {(row["store_id"], row["product_id"]) for row in balances} >= expected.keys()
    for row in balances:
        agrees(row, expected[row["store_id"], row["product_id"]])

    stores = shop.client.get(f"/api/reports/movements/?{query}").json()
    expected = replayed(shop, ledger, first, last, lambda m: m["store"])
    for row in stores["results"]:
        agrees(row, expected[row["id"]])
    agrees(stores["total"], replayed(shop, ledger, first, last, lambda m: None)[None])

    chosen = [movement for movement in ledger if movement["store"] != shop.stores[0].id]
    expected = replayed(shop, chosen, first, last, lambda m: m["product"])
    url = f"/api/reports/movements/products/?store=S2&store=S3&start_date={first}&end_date={last}"
    for row in shop.client.get(url).json()["results"]:
        agrees(row, expected[row["id"]])


def test_the_total_covers_all_chosen_stores_and_not_the_page(shop: Shop) -> None:
    whole = shop.client.get("/api/reports/movements/").json()
    paged = shop.client.get("/api/reports/movements/?page_size=1").json()
    assert len(paged["results"]) == 1
    assert paged["total"] == whole["total"]
    north = shop.client.get("/api/reports/movements/?region=north").json()
    assert [row["code"] for row in north["results"]] == ["S3"]
    assert north["total"]["closing"] == north["results"][0]["closing"]


def test_the_report_of_one_who_sees_one_store_is_about_that_store(shop: Shop) -> None:
    client = shop.client_for("staff", stores=[shop.stores[1]])
    mine = client.get("/api/reports/movements/?by_kind=true").json()
    its = shop.client.get("/api/reports/movements/?by_kind=true&store=S2").json()
    assert (mine["results"], mine["total"]) == (its["results"], its["total"])
    assert client.get("/api/reports/movements/?store=S1").status_code == 400
    products = client.get("/api/reports/movements/products/").json()["results"]
    assert products == shop.client.get("/api/reports/movements/products/?store=S2").json()["results"]


@pytest.mark.parametrize("path", ["reports/movements/", "reports/movements/products/", "reports/stock/"])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("start_date=2026-02-01&end_date=2026-01-01", "start_date"), ("start_date=yesterday", "start_date"),
        ("end_date=2026-02-30", "end_date"), ("start_date=1999-12-31", "start_date"), ("page=2", "page"),
    ],
)  # fmt: skip
def test_bad_days_and_unknown_words_are_refused(shop: Shop, path: str, query: str, field: str) -> None:
    answer = shop.client.get(f"/api/{path}?{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_files_say_the_same_as_the_lists(shop: Shop) -> None:
    for path, key in (("reports/movements/", "code"), ("reports/movements/products/", "sku")):
        text = b"".join(shop.client.get(f"/api/{path}?format=csv").streaming_content).decode()
        rows = list(csv.DictReader(io.StringIO(text)))
        listed = shop.client.get(f"/api/{path}").json()["results"]
        assert [(row[key], float(row["opening"]), float(row["closing"])) for row in rows] == [
            (row[key], row["opening"], row["closing"]) for row in listed
        ]
        for row in rows:
            kinds = sum(float(row[name]) for name in row if name.startswith("out_"))
            assert kinds == pytest.approx(float(row["units_out"]))


def test_years_cost_the_stores_report_no_more_statements(shop: Shop) -> None:
    with statements_sent() as short:
        shop.client.get("/api/reports/movements/?page_size=1")
    with statements_sent() as long:
        shop.client.get("/api/reports/movements/?start_date=2001-01-01")
    assert len(short) == len(long)
