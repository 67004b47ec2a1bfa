"""Reports about what is held: each figure by an example worked out by hand."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils.html import escape

from inventory_project.kernel import clock
from stock.selectors.stock_report_list import REPORTS
from stock.services import sales_rollup
from tests.factories.catalog import build_category, build_product, build_supplier
from tests.factories.stock import Shop, build_shop
from tests.support.statements import statements_sent


def ago(days: int) -> str:
    """Within the hours that have one date everywhere, on either side of a change of the clocks."""
    return (clock.now().replace(hour=12) - timedelta(days=days)).isoformat()


def report(shop: Shop, name: str, query: str = "", client: Any = None) -> dict[str, Any]:
    answer = (client or shop.client).get(f"/api/reports/{name}/?{query}")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def only(shop: Shop, name: str, query: str = "", **chosen: Any) -> dict[str, Any]:
    rows = report(shop, name, query)["results"]
    found = [row for row in rows if all(row[key] == value for key, value in chosen.items())]
    assert len(found) == 1, rows
    return dict(found[0])


def test_the_valuation_is_on_hand_times_average_cost() -> None:
    shop = build_shop()
    shop.post("IN", 10, unit_cost=2)
    shop.post("IN", 10, unit_cost=4)
    shop.post("OUT", 4)
    shop.post("IN", 5, store=1, product=1, unit_cost=1)
    row = only(shop, "valuation", store_code="S1")
    assert (row["on_hand"], row["average_cost"], row["value"]) == (16, 3, 48)
    assert (row["replacement_cost"], row["retail_value"], row["sku"]) == (40, 64, "SKU-1")
    answer = report(shop, "valuation")
    assert [row["value"] for row in answer["results"]] == [48, 5]
    assert answer["totals"] == [
        {
            "currency": "USD",
            "on_hand": 21,
            "average_cost": 2.5238,
            "value": 53,
            "replacement_cost": 52.5,
            "retail_value": 84,
        }
    ]
    assert answer["meta"]["figures"][2]["formula"] == "on hand × average cost"


def test_the_valuation_of_a_past_day_knows_what_was_on_hand_and_what_it_had_cost() -> None:
    shop = build_shop()
    shop.post("IN", 10, effective_at=ago(9), unit_cost=2)
    shop.post("IN", 10, effective_at=ago(5), unit_cost=4)
    shop.post("OUT", 4, effective_at=ago(3))
    then = (clock.now() - timedelta(days=7)).date().isoformat()
    row = only(shop, "valuation", f"as_of={then}")
    assert (row["on_hand"], row["average_cost"], row["value"]) == (10, 2, 20)
    then = (clock.now() - timedelta(days=4)).date().isoformat()
    assert only(shop, "valuation", f"as_of={then}")["value"] == 60
    assert report(shop, "valuation", f"as_of={(clock.now() - timedelta(days=30)).date()}")["results"] == []
    future = (clock.now() + timedelta(days=3)).date()
    assert shop.client.get(f"/api/reports/valuation/?as_of={future}").status_code == 400


def test_a_store_a_category_a_supplier_and_a_product_add_up_their_balances() -> None:
    shop = build_shop(stores=2, products=0)
    tea, oil = build_category(shop.organization), build_category(shop.organization)
    maker = build_supplier(shop.organization)
    shop.products = [
        build_product(shop.organization, category=tea, supplier=maker, unit_cost=1, sale_price=3),
        build_product(shop.organization, category=oil, unit_cost=2, sale_price=3),
        build_product(shop.organization, unit_cost=4, sale_price=5),
    ]
    for product in range(3):
        shop.post("IN", 10, 0, product)
        shop.post("IN", 1, 1, product)
    values = {
        "store": {"Store 1": 70, "Store 2": 7},
        "category": {tea.name: 11, oil.name: 22, None: 44},
        "supplier": {maker.name: 11, None: 66},
        "product": {p.name: v for p, v in zip(shop.products, (11, 22, 44), strict=True)},
    }
    for by, wanted in values.items():
        rows = report(shop, "valuation", f"by={by}")["results"]
        assert {row[by]: row["value"] for row in rows} == wanted
    assert [r["value"] for r in report(shop, "valuation", f"category={tea.name}")["results"]] == [10, 1]
    assert [r["value"] for r in report(shop, "valuation", f"supplier={maker.pk}&store=S2")["results"]] == [1]


def test_amounts_of_two_currencies_are_never_added() -> None:
    shop = build_shop()
    shop.client.patch(f"/api/stores/{shop.stores[1].id}/", {"currency": "EUR"})
    shop.post("IN", 10, unit_cost=2)
    shop.post("IN", 10, store=1, unit_cost=3)
    answer = report(shop, "valuation", "by=product")
    assert [(row["currency"], row["value"]) for row in answer["results"]] == [("EUR", 30), ("USD", 20)]
    assert [(row["currency"], row["value"]) for row in answer["totals"]] == [("EUR", 30), ("USD", 20)]
    assert answer["meta"]["currencies"] == ["EUR", "USD"]
    assert [row["value"] for row in report(shop, "valuation", "currency=eur")["results"]] == [30]


def test_ageing_lays_what_is_on_hand_over_the_last_that_came_in() -> None:
    shop = build_shop()
    for days, units in ((200, 10), (100, 10), (40, 10), (5, 10)):
        shop.post("IN", units, effective_at=ago(days), unit_cost=2)
    wrong = shop.post("IN", 50, effective_at=ago(4), unit_cost=2).json()["id"]
    shop.client.post(f"/api/stock-movements/{wrong}/reverse/", {"reason": "typo"})
    shop.post("OUT", 14)  # all of the oldest and 4 of those of 100 days
    row = only(shop, "ageing")
    units = {name: row[f"units_{name}"] for name in ("30", "60", "90", "180", "older")}
    assert units == {"30": 10, "60": 10, "90": 0, "180": 6, "older": 0}
    assert (row["value_180"], row["value"]) == (12, 52)
    assert row["average_age"] == pytest.approx((10 * 5 + 10 * 40 + 6 * 100) / 26, abs=1)


def test_dead_stock_did_not_sell_and_is_not_new() -> None:
    shop = build_shop(products=4)
    shop.post("IN", 10, product=0, effective_at=ago(200), unit_cost=2)  # sold long ago
    shop.post("OUT", 3, product=0, effective_at=ago(100))
    shop.post("IN", 10, product=1, effective_at=ago(200))  # sold of late
    shop.post("OUT", 3, product=1, effective_at=ago(20))
    shop.post("IN", 10, product=2, effective_at=ago(20))  # new
    shop.post("IN", 10, product=3, effective_at=ago(95), unit_cost=1)  # never sold
    rows = report(shop, "dead-stock")["results"]
    assert [(row["sku"], row["on_hand"], row["value"]) for row in rows] == [("SKU-4", 10, 10), ("SKU-1", 7, 14)][::-1]
    assert [row["idle_days"] for row in rows] == [100, 95]
    assert rows[1]["last_sold_on"] is None
    assert {row["sku"] for row in report(shop, "dead-stock", "days=15")["results"]} == {
        "SKU-1",
        "SKU-2",
        "SKU-3",
        "SKU-4",
    }
    assert shop.client.get("/api/reports/dead-stock/?days=0").status_code == 400


def test_days_of_cover_are_what_is_available_over_what_sells_a_day() -> None:
    shop = build_shop()
    shop.post("IN", 100)
    shop.post("OUT", 18, effective_at=ago(2))
    shop.post("customer_return", 3)
    shop.client.post(
        "/api/stocks/hold/", {"store": "S1", "lines": [{"product": "SKU-1", "quantity": 8}], "bucket": "damaged"}
    )
    shop.post("IN", 5, product=1)
    rows = report(shop, "days-of-cover")["results"]  # 30 days
    assert [row["sku"] for row in rows] == ["SKU-1", "SKU-2"]
    assert (rows[0]["available"], rows[0]["units_sold"], rows[0]["units_per_day"]) == (77, 15, 0.5)
    assert (rows[0]["days_of_cover"], rows[1]["days_of_cover"]) == (154, None)


def test_turnover_is_what_was_sold_at_cost_over_the_average_value() -> None:
    shop = build_shop()
    shop.post("IN", 100, effective_at=ago(200), unit_cost=2)
    shop.post("OUT", 30, effective_at=ago(10))
    shop.post("OUT", 10, effective_at=ago(150))
    row = only(shop, "turnover", "period=30d")
    assert (row["opening_units"], row["closing_units"], row["units_sold"]) == (90, 60, 30)
    assert (row["cost_of_goods_sold"], row["average_value"], row["turnover"]) == (60, 150, 0.4)
    assert (row["unit_turnover"], row["days_to_sell"]) == (0.4, 75)
    assert row["yearly_turnover"] == pytest.approx(0.4 * 365 / 30, abs=1e-4)


def test_the_value_at_the_ends_of_a_period_has_the_revaluations_in_it() -> None:
    shop = build_shop(allows_negative_stock=True)
    shop.post("IN", 1, effective_at=ago(20), unit_cost=2)
    shop.post("OUT", 6, effective_at=ago(10))
    shop.post("IN", 8, unit_cost=3)  # and a line of -5
    row = only(shop, "turnover", "period=7d")
    assert (row["opening_units"], row["closing_units"]) == (-5, 3)
    assert row["average_value"] == (-10 + 9) / 2


@pytest.mark.parametrize(
    ("name", "query"), [("turnover", "period=30d"), ("sell-through", "period=30d"), ("ageing", ""), ("valuation", "")]
)
def test_a_store_and_a_product_are_what_their_balances_add_up_to(name: str, query: str) -> None:
    """Receipts known late, taken back and in shortage, sales before, in and after the period, balances of nothing."""
    shop = build_shop(stores=2, products=3, allows_negative_stock=True)
    for store in range(2):
        for product in range(2):
            shop.post("IN", 40 + product, store, product, effective_at=ago(60), unit_cost=2)
            shop.post("OUT", 7, store, product, effective_at=ago(40))
            shop.post("OUT", 9 + store, store, product, effective_at=ago(20))
            shop.post("IN", 12, store, product, effective_at=ago(10), unit_cost=5)
            shop.post("OUT", 3, store, product)
    shop.post("OUT", 5, 0, 2, effective_at=ago(20))
    shop.post("IN", 5, 0, 2, unit_cost=3)
    typo = shop.post("IN", 900, 1, 0, effective_at=ago(10), unit_cost=9).json()["id"]
    assert shop.client.post(f"/api/stock-movements/{typo}/reverse/", {"reason": "typo"}).status_code == 201
    past = f"period=custom&start_date={ago(30)[:10]}&end_date={ago(2)[:10]}"
    for asked in (query, past) if query else (query,):
        balances = report(shop, name, f"{asked}&by=balance")
        added = [
            figure for figure in balances["totals"][0] if figure.startswith(("units", "value", "opening", "closing"))
        ]
        assert added
        for by, column in (("store", "store_code"), ("product", "sku")):
            found = report(shop, name, f"{asked}&by={by}")
            assert found["totals"] == balances["totals"]
            for row in found["results"]:
                parts = [each for each in balances["results"] if each[column] == row[column]]
                for figure in added:
                    assert row[figure] == pytest.approx(sum(part[figure] for part in parts)), (by, figure)


def test_sell_through_is_what_was_sold_of_what_there_was_to_sell() -> None:
    shop = build_shop()
    shop.post("IN", 40, effective_at=ago(60))
    shop.post("IN", 10, effective_at=ago(20))
    shop.post("OUT", 20, effective_at=ago(5))
    shop.post("REM", 5, effective_at=ago(5))
    typo = shop.post("IN", 1000, effective_at=ago(10)).json()["id"]
    shop.client.post(f"/api/stock-movements/{typo}/reverse/", {"reason": "typed wrong"})
    row = only(shop, "sell-through")
    assert (row["opening_units"], row["units_received"], row["units_sold"], row["closing_units"]) == (40, 10, 20, 25)
    assert row["sell_through_percent"] == 40


def test_shrinkage_is_what_went_without_being_sold_less_what_was_found() -> None:
    shop = build_shop()
    shop.post("IN", 100, unit_cost=2)
    shop.post("REM", 5)
    shop.post("count_adjustment", -4)
    wrong = shop.post("count_adjustment", -10).json()["id"]
    shop.client.post(f"/api/stock-movements/{wrong}/reverse/", {"reason": "recounted"})
    shop.post("adjustment", 2)
    shop.post("OUT", 50)
    row = only(shop, "shrinkage")
    assert (row["missing_units"], row["removed_units"], row["found_units"], row["shrinkage_units"]) == (4, 5, 2, 7)
    assert (row["shrinkage_value"], row["shrinkage_retail"]) == (14, 28)


def test_what_is_in_transit_is_worth_what_it_was_dispatched_at() -> None:
    shop = build_shop()
    shop.post("IN", 10, unit_cost=3)
    lines = [{"product": "SKU-1", "quantity": 4}]
    transfer = shop.client.post("/api/transfers/", {"from_store": "S1", "to_store": "S2", "lines": lines}).json()
    for step in ("request", "dispatch"):
        assert shop.client.post(f"/api/transfers/{transfer['id']}/{step}/").status_code == 200
    shop.post("IN", 10, unit_cost=9)
    shop.client.post(f"/api/transfers/{transfer['id']}/receive/", {"lines": [{"product": "SKU-1", "quantity": 1}]})
    row = only(shop, "transfers-in-transit")
    assert (row["from_store"], row["to_store"], row["units_in_transit"], row["value"]) == ("S1", "S2", 3, 9)
    assert (row["days_in_transit"], row["transfer"]) == (0, transfer["number"])
    assert only(shop, "valuation", store_code="S2")["average_cost"] == 3


def test_abc_is_by_share_and_xyz_by_how_evenly_it_sells() -> None:
    shop = build_shop(products=4)
    for product in range(4):
        shop.post("IN", 1000, product=product, effective_at=ago(80), unit_cost=1)
    # Four whole weeks of 28 days; at 4.00 each. 60 + 24 + 12 + 0 units.
    for week in range(4):
        shop.post("OUT", 15, product=0, effective_at=ago(27 - 7 * week))
    for week, units in enumerate((2, 10, 2, 10)):
        shop.post("OUT", units, product=1, effective_at=ago(27 - 7 * week))
    shop.post("OUT", 12, product=2, effective_at=ago(3))
    first, last = (clock.now() - timedelta(days=27)).date(), clock.now().date()
    rows = report(shop, "abc-xyz", f"period=custom&start_date={first}&end_date={last}")["results"]
    assert [(row["sku"], row["abc"], row["xyz"]) for row in rows] == [
        ("SKU-1", "A", "X"), ("SKU-2", "A", "Y"), ("SKU-3", "B", "Z"),
    ]  # fmt: skip
    assert [row["share_percent"] for row in rows] == [62.5, 25, 12.5]
    assert [row["variation"] for row in rows] == [0, pytest.approx(4 / 6, abs=1e-4), pytest.approx(3**0.5, abs=1e-4)]
    assert [row["weekly_units"] for row in rows] == [15, 6, 3]
    assert rows[0]["gross_margin"] == 180
    # From the sums behind the ledger, and what they have not seen yet, it is the same.
    asked = f"period=custom&start_date={first}&end_date={last}"
    sales_rollup.roll(organization_id=shop.organization.id)
    assert report(shop, "abc-xyz", asked)["results"] == rows
    shop.post("OUT", 15, product=0)
    exact, whole = (report(shop, "abc-xyz", asked + more)["results"] for more in ("&store=S1&store=S2", ""))
    assert exact == whole
    assert exact[0]["units_sold"] == 75


@pytest.mark.parametrize("name", REPORTS)
def test_pages_join_into_the_file_and_cost_a_fixed_number_of_statements(name: str) -> None:
    shop = build_shop(stores=3, products=3)
    for store in range(3):
        for product in range(3):
            shop.post("IN", 20, store, product, effective_at=ago(120))
            shop.post("OUT", 1 + store, store, product, effective_at=ago(100))
            shop.post("OUT", 1 + product, store, product, effective_at=ago(3) if name != "dead-stock" else ago(110))
            shop.post("REM", 1, store, product)
        ends = {"from_store": f"S{store + 1}", "to_store": f"S{(store + 1) % 3 + 1}"}
        lines = [{"product": f"SKU-{n}", "quantity": n} for n in (1, 2, 3)]
        transfer = shop.client.post("/api/transfers/", {**ends, "lines": lines}).json()
        for step in ("request", "dispatch"):
            assert shop.client.post(f"/api/transfers/{transfer['id']}/{step}/").status_code == 200
    for by in REPORTS[name].bys:
        whole = report(shop, name, f"by={by}&page_size=500")
        assert whole["results"], (name, by)
        rows: list[Any] = []
        url: str | None = f"/api/reports/{name}/?by={by}&page_size=2"
        while url:
            page = shop.client.get(url).json()
            assert page["totals"] == whole["totals"]
            rows += page["results"]
            url = page["next"]
        assert rows == whole["results"]
        file = shop.client.get(f"/api/reports/{name}/?by={by}&format=csv")
        found = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))
        assert [row["currency"] for row in found] == [row["currency"] for row in rows]
        assert set(found[0]) == set(rows[0])
        with statements_sent() as sent:
            report(shop, name, f"by={by}&page_size=1")
        few = len(sent)
        with statements_sent() as sent:
            report(shop, name, f"by={by}&page_size=500")
        assert len(sent) <= few


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_to_print_says_what_it_is_about_and_runs_nothing(name: str) -> None:
    shop = build_shop(name="Tea & Co <b>")
    shop.post("IN", 20, effective_at=ago(120))
    answer = shop.client.get(f"/api/reports/{name}/?format=html&store=S1")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert REPORTS[name].title in text
    assert "Tea &amp; Co &lt;b&gt;" in text
    assert "Store: S1" in text
    assert "<script" not in text
    assert "@page" in text
    for figure in REPORTS[name].figures:
        assert escape(figure.label) in text
        assert escape(figure.formula) in text


@pytest.mark.parametrize("name", REPORTS)
def test_who_may_not_see_costs_sees_none_and_not_even_their_order(name: str) -> None:
    shop = build_shop()
    clerk = shop.client_for("staff", stores=shop.stores[:1])
    shop.post("IN", 20, effective_at=ago(120), unit_cost="1.2345")
    shop.post("IN", 20, store=1, effective_at=ago(120))
    answer = report(shop, name, client=clerk)
    hidden = {figure.name for figure in REPORTS[name].figures if figure.costs}
    for row in [*answer["results"], *answer["totals"]]:
        assert not hidden & row.keys()
        assert row.get("store_code", "S1") == "S1"
    assert not hidden & {figure["name"] for figure in answer["meta"]["figures"]}
    page = clerk.get(f"/api/reports/{name}/?format=html").content.decode()
    assert "average cost" not in page.lower()


def test_what_is_not_known_is_refused_by_name() -> None:
    shop = build_shop()
    for query, field in (
        ("by=moon", "by"),
        ("category=none", "category"),
        ("supplier=none", "supplier"),
        ("store=none", "store"),
        ("cursor=x", "cursor"),
        ("as_off=1", "as_off"),
        ("as_of=yesterday", "as_of"),
        ("period=7d", "period"),
    ):
        answer = shop.client.get(f"/api/reports/valuation/?{query}")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field]), query
    clerk = shop.client_for("staff")
    assert clerk.get("/api/reports/abc-xyz/?basis=margin").json()["fields"] == {
        "basis": ["Needs the right to see costs."]
    }
