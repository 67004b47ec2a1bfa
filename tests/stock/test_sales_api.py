"""Sales over HTTP: by anything, beside the time before, of the caller's own stores, each currency by itself."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from inventory_project.kernel import clock
from inventory_project.kernel.access import SYSTEM
from stock.selectors import sales_periods
from stock.selectors.sales_periods import Period
from stock.services import history, sales_rollup
from tests.factories.catalog import build_category, build_product
from tests.factories.stock import Shop, build_shop
from tests.factories.stores import build_store

MARCH = "period=custom&start_date=2026-03-01&end_date=2026-03-31"


def ask(shop: Shop, path: str, client: Any = None) -> Any:
    answer = (client or shop.client).get(f"/api/sales/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def sell(shop: Shop, day: str, quantity: Any, store: int = 0, product: int = 0, **more: Any) -> dict[str, Any]:
    values = {"effective_at": f"{day}T12:00:00Z", "unit_price": 5, **more}
    answer = shop.post("OUT", quantity, store, product, **values)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def load_history(shop: Shop, *rows: str) -> None:
    text = "\n".join(["date,store,item,sales", *rows, ""]).encode()
    history.load(file=io.BytesIO(text), name="f.csv", organization_id=shop.organization.id, acting_as=SYSTEM)


def well_stocked() -> Shop:
    """Two stores, two products, well stocked since January 2025."""
    shop = build_shop(stores=2, products=2, zone="Europe/Madrid")
    for store in range(2):
        for product in range(2):
            shop.post("IN", 1000, store, product, effective_at="2025-01-01T09:00:00Z")
    return shop


@pytest.fixture
def shop() -> Shop:
    return well_stocked()


@pytest.fixture(scope="module", params=["before rolling", "rolled", "half rolled"])
def trading(request: pytest.FixtureRequest) -> Shop:
    """March 2026 beside February 2026 and March 2025, whether the sums are rolled or not. It is only read."""
    shop = well_stocked()
    shop.client.patch(f"/api/products/{shop.products[0].pk}/", {"name": "=1+1"})
    sell(shop, "2025-03-10", 4)
    sell(shop, "2026-02-10", 10)
    sell(shop, "2026-03-02", 6)
    if request.param == "half rolled":
        sales_rollup.roll(organization_id=shop.organization.id)
    sell(shop, "2026-03-09", 3, product=1)
    sell(shop, "2026-03-09", 6, store=1)
    if request.param == "rolled":
        sales_rollup.roll(organization_id=shop.organization.id)
    return shop


def test_days_are_complete_and_in_order(trading: Shop) -> None:
    body = ask(trading, f"aggregated/?by=day&{MARCH}")
    assert [row["date"] for row in body["results"]] == [f"2026-03-{day:02}" for day in range(1, 32)]
    sold = {row["date"]: (row["units"], row["revenue"]) for row in body["results"] if row["units"]}
    assert sold == {"2026-03-02": (6, 30), "2026-03-09": (9, 45)}
    assert body["totals"] == {
        "units": 15,
        "history_units": 0,
        "revenue": 75,
        "average_price": 5,
        "transactions": 3,
        "gross_margin": 37.5,
        "margin_percent": 50,
        "margin_covers_percent": 100,
    }


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("week", {"2026-03-02": 6, "2026-03-09": 9}),
        ("month", {"2026-03-01": 15}),
        ("store", {"S1": 9, "S2": 6}),
        ("product", {"SKU-1": 12, "SKU-2": 3}),
        ("category", {None: 15}),
    ],
)
def test_sums_by_anything(trading: Shop, by: str, wanted: dict[Any, int]) -> None:
    name = {"store": "store_code", "product": "sku", "category": "category"}.get(by, "date")
    rows = ask(trading, f"aggregated/?by={by}&{MARCH}")["results"]
    assert {row[name]: row["units"] for row in rows if row["units"]} == wanted
    assert sum(row["share_percent"] for row in rows) == pytest.approx(100, abs=0.02)


@pytest.mark.parametrize(
    ("filters", "units"),
    [
        ("store=S1", 9),
        ("store=s2", 6),
        ("store=S1&store=S2", 15),
        ("product=SKU-2", 3),
        ("product=SKU-1&store=S1", 6),
        ("currency=USD", 15),
        ("currency=EUR", 0),
    ],
)
@pytest.mark.parametrize("by", ["day", "store", "product", "category"])
def test_filters_choose(trading: Shop, filters: str, units: int, by: str) -> None:
    assert ask(trading, f"aggregated/?by={by}&{MARCH}&{filters}")["totals"]["units"] == units


def test_region_and_category_choose_whatever_their_case(shop: Shop) -> None:
    category = build_category(shop.organization, name="Tea")
    shop.client.patch(f"/api/products/{shop.products[0].pk}/", {"category": category.pk})
    shop.client.patch(f"/api/stores/{shop.stores[1].pk}/", {"region": "North"})
    sell(shop, "2026-03-02", 6)
    sell(shop, "2026-03-02", 2, store=1)
    sell(shop, "2026-03-02", 1, store=1, product=1)
    for _ in range(2):
        assert ask(shop, f"aggregated/?by=product&region=NORTH&{MARCH}")["totals"]["units"] == 3
        assert ask(shop, f"aggregated/?by=day&region=north&category=TEA&{MARCH}")["totals"]["units"] == 2
        rows = ask(shop, f"aggregated/?by=category&{MARCH}")["results"]
        assert [(row["category"], row["units"]) for row in rows] == [("Tea", 8), (None, 1)]
        sales_rollup.roll(organization_id=shop.organization.id)


def test_figures_beside_the_month_and_the_year_before(trading: Shop) -> None:
    body = ask(trading, f"metrics/?{MARCH}")
    assert (body["totals"]["units"], body["days_with_sales"], body["units_per_day"]) == (15, 2, 0.48)
    assert body["best_day"]["date"] == "2026-03-09"
    previous, year = body["previous"], body["year_before"]
    assert (previous["first_day"], previous["last_day"]) == ("2026-01-29", "2026-02-28")
    assert (previous["known"], previous["units"], previous["units_growth"]) == (True, 10, 50)
    assert (year["first_day"], year["units"], year["units_growth"]) == ("2025-03-01", 4, 275)


def test_what_is_not_known_is_null_and_not_zero(shop: Shop) -> None:
    sell(shop, "2026-03-02", 6)
    body = ask(shop, "metrics/?period=custom&start_date=2025-01-01&end_date=2025-01-31")
    assert body["totals"]["units"] == 0, "the books were open, and nothing was sold"
    assert body["previous"] == {
        "first_day": "2024-12-01",
        "last_day": "2024-12-31",
        "known": False,
        "units": None,
        "revenue": None,
        "units_growth": None,
        "revenue_growth": None,
    }
    body = ask(shop, "metrics/?period=custom&start_date=2024-01-01&end_date=2024-01-31")
    assert set(body["totals"].values()) == {None}
    rows = ask(shop, "aggregated/?by=day&period=custom&start_date=2024-12-30&end_date=2025-01-02")["results"]
    assert [row["units"] for row in rows] == [None, None, 0, 0]


def test_growth_from_nothing_is_not_a_number(shop: Shop) -> None:
    sell(shop, "2026-03-02", 6)
    previous = ask(shop, f"metrics/?{MARCH}")["previous"]
    assert (previous["known"], previous["units"], previous["units_growth"]) == (True, 0, None)


def test_a_trend_is_the_slope_of_the_days(shop: Shop) -> None:
    for day, units in enumerate((2, 4, 6), start=1):
        sell(shop, f"2026-03-0{day}", units)
    body = ask(shop, "metrics/?period=custom&start_date=2026-03-01&end_date=2026-03-03")
    assert body["trend_units_per_day"] == 2


def test_history_has_units_and_no_money(shop: Shop) -> None:
    load_history(shop, "2026-03-02,S1,SKU-1,7", "2026-03-03,S1,SKU-1,2")
    sell(shop, "2026-03-03", 1)
    for _ in range(2):
        rows = {row["date"]: row for row in ask(shop, f"aggregated/?by=day&{MARCH}")["results"]}
        old, both = rows["2026-03-02"], rows["2026-03-03"]
        assert (old["units"], old["history_units"], old["revenue"], old["transactions"]) == (7, 7, None, None)
        assert (both["units"], both["history_units"], both["revenue"]) == (1, 0, 5), "the ledger knows that day"
        sales_rollup.roll(organization_id=shop.organization.id)


def test_two_currencies_are_never_added(shop: Shop) -> None:
    euro = build_store(shop.organization, code="EURO", currency="EUR")
    shop.stores.append(euro)
    shop.post("IN", 10, 2)
    sell(shop, "2026-03-02", 6)
    sell(shop, "2026-03-02", 2, store=2)
    for _ in range(2):
        body = ask(shop, f"aggregated/?by=product&{MARCH}")
        assert (body["currency"], body["currencies"]) == (None, ["EUR", "USD"])
        assert (body["totals"]["units"], body["totals"]["revenue"], body["totals"]["gross_margin"]) == (8, None, None)
        for currency, revenue in (("EUR", 10), ("usd", 30)):
            one = ask(shop, f"aggregated/?by=product&{MARCH}&currency={currency}")
            assert (one["currency"], one["totals"]["revenue"]) == (currency.upper(), revenue)
        sales_rollup.roll(organization_id=shop.organization.id)


def test_margin_is_of_what_has_a_cost(shop: Shop) -> None:
    # What is held keeps the cost it came in at, so the unknown one is of a product that never had any.
    shop.products.append(build_product(shop.organization, sku="SKU-3", unit_cost=0, sale_price=5))
    shop.post("IN", 10, product=2, effective_at="2026-01-01T12:00:00Z")
    sell(shop, "2026-03-02", 6)
    sell(shop, "2026-03-02", 2, product=2)
    totals = ask(shop, f"metrics/?{MARCH}")["totals"]
    assert (totals["revenue"], totals["gross_margin"], totals["margin_covers_percent"]) == (40, 15, 75)
    staff = shop.client_for("staff")
    assert not [name for name in ask(shop, f"metrics/?{MARCH}", staff)["totals"] if "margin" in name]
    sell(shop, "2026-03-20", 1, product=2)
    of_unknown = ask(shop, f"metrics/?{MARCH}&product=SKU-3")["totals"]
    assert (of_unknown["gross_margin"], of_unknown["margin_percent"]) == (None, None)


def test_limited_staff_see_their_stores_sales(trading: Shop) -> None:
    client = trading.client_for("staff", stores=[trading.stores[1].pk])
    for by in ("day", "store", "product", "category"):
        assert ask(trading, f"aggregated/?by={by}&{MARCH}", client)["totals"]["units"] == 6
    assert [row["store_code"] for row in ask(trading, f"?{MARCH}", client)["results"]] == ["S2"]
    assert client.get(f"/api/sales/?store=S1&{MARCH}").status_code == 400


def test_top_and_bottom(trading: Shop) -> None:
    top = ask(trading, f"aggregated/?by=product&limit=1&{MARCH}")
    bottom = ask(trading, f"aggregated/?by=product&limit=1&ordering=units&{MARCH}")
    assert [top["results"][0]["sku"], bottom["results"][0]["sku"]] == ["SKU-1", "SKU-2"]
    assert top["rows_left_out"] == 1


def test_a_day_is_the_store_s_own(shop: Shop) -> None:
    tokyo = build_store(shop.organization, code="TYO", time_zone="Asia/Tokyo")
    shop.stores.append(tokyo)
    shop.post("IN", 10, 2)
    sell(shop, "2026-03-02", 1, store=2, effective_at="2026-03-02T15:30:00Z")
    sell(shop, "2026-03-02", 2, effective_at="2026-03-02T15:30:00Z")
    rows = {row["date"]: row["units"] for row in ask(shop, f"aggregated/?by=day&{MARCH}")["results"]}
    assert (rows["2026-03-02"], rows["2026-03-03"]) == (2, 1)


@pytest.mark.parametrize(
    ("instant", "last_day"),
    [
        ("2026-03-29T00:30:00", "2026-03-29"),
        ("2026-03-28T22:59:00", "2026-03-28"),
        ("2026-03-28T23:00:00", "2026-03-29"),
        ("2026-03-29T22:00:00", "2026-03-30"),
    ],
)
def test_a_period_ends_on_the_stores_day_when_clocks_change_too(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, instant: str, last_day: str
) -> None:
    """Madrid: an hour ahead of UTC until the night of 29 March 2026, two hours from then on."""
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(instant).replace(tzinfo=UTC))
    body = shop.client.get("/api/sales/metrics/?period=7d").json()
    assert (body["last_day"], body["days"]) == (last_day, 7)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("by=hour", "by"),
        ("period=2w", "period"),
        ("period=custom", "start_date"),
        ("period=7d&start_date=2026-01-01", "start_date"),
        ("start_date=2026-02-01&end_date=2026-01-01", "start_date"),
        ("start_date=2001-01-01&end_date=2026-01-01", "start_date"),
        ("start_date=yesterday", "start_date"),
        ("end_date=2026-13-01", "end_date"),
        ("store=NOWHERE", "store"),
        ("product=NOTHING", "product"),
        ("category=NOTHING", "category"),
        ("currency=XXX", "currency"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("by=store&ordering=name", "ordering"),
        ("by=day&ordering=units", "ordering"),
        ("shop=1", "shop"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(shop: Shop, query: str, field: str) -> None:
    answer = shop.client.get(f"/api/sales/aggregated/?{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field]), answer.content


def rows_of(answer: Any) -> list[dict[str, str]]:
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_files_hold_everything_and_no_formula(trading: Shop) -> None:
    found = rows_of(trading.client.get(f"/api/sales/aggregated/?by=product&limit=1&{MARCH}&format=csv"))
    assert [(row["product"], row["units"]) for row in found] == [("'=1+1", "12"), ("Product 2", "3")]
    assert found[0]["previous_units"] == "10"
    listed = rows_of(trading.client.get(f"/api/sales/?{MARCH}&format=csv"))
    assert [(row["date"], row["sku"], row["units"]) for row in listed] == [
        ("2026-03-09", "SKU-2", "3"),
        ("2026-03-09", "SKU-1", "6"),
        ("2026-03-02", "SKU-1", "6"),
    ]
    figures = {
        row["figure"]: row["value"] for row in rows_of(trading.client.get(f"/api/sales/metrics/?{MARCH}&format=csv"))
    }
    assert (float(figures["totals_units"]), float(figures["previous_units"])) == (15, 10)


def test_the_list_pages_through_ledger_and_history_without_loss(shop: Shop) -> None:
    load_history(shop, *(f"2026-03-{day:02},S{store},SKU-1,{day}" for day in range(1, 29) for store in (1, 2)))
    sell(shop, "2026-03-20", 3)
    url, seen = f"/api/sales/?page_size=7&{MARCH}", []
    while url:
        body = shop.client.get(url).json()
        seen += [(row["date"], row["store_code"], row["source"]) for row in body["results"]]
        url = body["next"]
    assert len(seen) == len(set(seen)) == 56
    assert seen == sorted(seen, key=lambda row: (-date.fromisoformat(row[0]).toordinal(), row[1]))
    assert ("2026-03-20", "S1", "ledger") in seen
    assert ("2026-03-20", "S2", "history") in seen


@pytest.mark.parametrize("cursor", ["x", "W2ZhbHNlXQ", "W2ZhbHNlLCJ4IiwxLDFd", "W2ZhbHNlLCIyMDI2LTAzLTAxIiwiYSIsMV0"])
def test_a_cursor_of_something_else_is_refused(shop: Shop, cursor: str) -> None:
    answer = shop.client.get(f"/api/sales/?cursor={cursor}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["cursor"])


def test_periods_by_name() -> None:
    last = date(2026, 3, 31)
    assert sales_periods.named("7d", last_day=last) == Period(date(2026, 3, 25), last)
    assert sales_periods.named("3m", last_day=last) == Period(date(2026, 1, 1), last)
    assert sales_periods.named("1y", last_day=date(2028, 2, 29)) == Period(date(2027, 3, 1), date(2028, 2, 29))
    assert Period(date(2028, 2, 29), date(2028, 2, 29)).year_before() == Period(date(2027, 2, 28), date(2027, 2, 28))


@pytest.mark.parametrize("days", [1, 2, 27, 28, 30, 31, 59, 60, 90, 365, 1000])
def test_a_period_is_whole_months_more_or_less_some_days_and_nothing_else(days: int) -> None:
    for offset in range(0, 400, 13):
        first = date(2024, 1, 1) + timedelta(days=offset)
        period = Period(first, first + timedelta(days=days - 1))
        counted: Counter[date] = Counter()
        for span, sign, piece in period.spans():
            counted.update({piece.first_day + timedelta(days=n): sign for n in range(piece.days)})
            assert span == "D" or (piece.first_day.day, (piece.last_day + timedelta(days=1)).day) == (1, 1)
        assert {day: times for day, times in counted.items() if times} == {
            first + timedelta(days=n): 1 for n in range(days)
        }
        assert sum(piece.days for span, _, piece in period.spans() if span == "D") <= 31
