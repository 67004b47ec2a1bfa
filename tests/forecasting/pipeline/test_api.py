"""Forecasts over HTTP: lists, one taken apart, runs, accuracy, sales to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from tests.factories.forecasting import forecast, on_shelf, read_run, sales, sell, yesterday
from tests.factories.stock import Shop, build_shop

DAYS = 240


@pytest.fixture(scope="module")
def shop() -> Shop:
    shop = build_shop(stores=2, products=4)
    for place, store in enumerate(shop.stores):
        for number, product in enumerate(shop.products[:3]):
            units = sales(10.0 * (number + 1), DAYS, last=yesterday(store), seed=10 * place + number)
            sell(store, product, units)
        on_shelf(store, shop.products[3])
    forecast(shop)
    return shop


def get(shop: Shop, path: str, status: int = 200) -> Any:
    answer = shop.client.get(f"/api/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def one(shop: Shop, store: int = 0, product: int = 0, query: str = "") -> Any:
    return get(shop, f"forecasts/{shop.stores[store].id}-{shop.products[product].id}/{query}")


def test_the_list_has_1_7_and_30_days_with_their_interval(shop: Shop) -> None:
    rows = get(shop, "forecasts/")["results"]
    assert len(rows) == 8
    for row in rows:
        assert [total["days"] for total in row["totals"]] == [1, 7, 30]
        for total in row["totals"]:
            assert total["low"] <= total["median"] <= total["high"]


def test_pages_in_any_order_show_each_forecast_once(shop: Shop) -> None:
    for ordering in ("units_7", "-units_7", "-lost_units", "product_id"):
        seen, path = [], f"/api/forecasts/?page_size=3&ordering={ordering}"
        while path:
            page = shop.client.get(path).json()
            seen += [row["id"] for row in page["results"]]
            path = page["next"]
        assert len(seen) == len(set(seen)) == 8, ordering


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("store=S1", 4),
        ("product=sku-1", 2),
        ("store=S1&product=SKU-1", 1),
        ("state=group_only", 2),
        ("state=ok&state=group_only", 8),
        ("method=group", 2),
        ("search=Product 2", 2),
    ],
)
def test_filters_choose(shop: Shop, query: str, count: int) -> None:
    assert len(get(shop, f"forecasts/?{query}")["results"]) == count


@pytest.mark.parametrize("query", ["stores=1", "state=fine", "method=magic", "ordering=mean", "cursor=x"])
def test_what_is_not_known_is_refused_by_name(shop: Shop, query: str) -> None:
    assert query.split("=")[0] in get(shop, f"forecasts/?{query}", 400)["fields"]


def test_one_forecast_is_taken_apart(shop: Shop) -> None:
    found = one(shop, product=1)
    assert len(found["days"]) == 30
    assert np.isclose(sum(day["units"] for day in found["days"][:7]), found["totals"][1]["units"], atol=0.05)
    assert found["components"]["weekdays"]["Saturday"] > found["components"]["weekdays"]["Monday"]
    assert found["components"]["weekly_pattern"]["found"] is True
    assert abs(found["components"]["average_28_days"] / 20 - 1) < 0.2
    assert found["accuracy"]["wape"] < found["accuracy"]["baseline"]["wape"]
    assert any("off by" in sentence for sentence in found["sentences"])
    assert len(found["backtest"]["days"]) == 30
    assert found["alternative"] is None


def test_the_backtest_shows_what_was_sold_on_its_days(shop: Shop) -> None:
    last = yesterday(shop.stores[0])
    sold = sales(10.0, DAYS, last=last, seed=0)[-30:]
    shown = one(shop)["backtest"]["days"]
    assert [day["actual"] for day in shown] == sold.tolist()
    assert shown[-1]["date"] == last.isoformat()


@pytest.mark.parametrize("method", ["regression", "holt_winters", "sarimax", "seasonal_naive"])
def test_other_methods_are_shown_beside_it(shop: Shop, method: str) -> None:
    found = one(shop, product=2, query=f"?method={method}")["alternative"]
    assert (found["method"], found["method_used"]) == (method, method)
    assert abs(found["totals"][1]["units"] / 210 - 1) < 0.3
    assert len(found["days"]) == 30


def test_of_a_new_product_it_says_whose_figure_it_is(shop: Shop) -> None:
    found = one(shop, product=3)
    assert found["state"] == "group_only"
    assert "Nothing is known of this product" in found["sentences"][0]


@pytest.mark.parametrize("query", ["?method=magic", "?days=0", "?days=x", "?other=1"])
def test_one_forecast_refuses_what_it_does_not_know(shop: Shop, query: str) -> None:
    path = f"forecasts/{shop.stores[0].id}-{shop.products[0].id}/{query}"
    assert query[1:].split("=")[0] in get(shop, path, 400)["fields"]


def test_a_forecast_that_is_not_there_is_not_found(shop: Shop) -> None:
    assert get(shop, f"forecasts/{shop.stores[0].id}-999999999/", 404)["code"] == "not_found"


def test_members_of_one_store_see_its_forecasts_only(shop: Shop) -> None:
    member = shop.client_for("staff", stores=[shop.stores[0]])
    rows = member.get("/api/forecasts/").json()["results"]
    assert {row["store_id"] for row in rows} == {shop.stores[0].id}
    other = f"/api/forecasts/{shop.stores[1].id}-{shop.products[0].id}/"
    assert member.get(other).status_code == 404
    by_store = member.get("/api/forecasts/accuracy/?by=store").json()["results"]
    assert [row["store_id"] for row in by_store] == [shop.stores[0].id]
    own = member.get("/api/sales/predictions/?by=store").json()["results"]
    assert [row["store_id"] for row in own] == [shop.stores[0].id]
    assert member.get("/api/forecasts/runs/").json()["results"][0]["accuracy"] is None


def test_another_company_sees_nothing(shop: Shop) -> None:
    other = build_shop(stores=1, products=1)
    assert get(other, "forecasts/")["results"] == []
    assert get(other, "forecasts/runs/")["results"] == []
    path = f"forecasts/{shop.stores[0].id}-{shop.products[0].id}/"
    assert get(other, path, 404)["code"] == "not_found"


def test_accuracy_by_product_store_and_all_together_adds_up(shop: Shop) -> None:
    whole = get(shop, "forecasts/accuracy/")["results"]
    stores = get(shop, "forecasts/accuracy/?by=store")["results"]
    products = get(shop, "forecasts/accuracy/?by=product")["results"]
    assert (len(whole), len(stores), len(products)) == (1, 2, 4)
    for parts in (stores, products):
        assert np.isclose(sum(part["units_tested"] for part in parts), whole[0]["units_tested"])
        off = sum(part["wape"] * part["units_tested"] for part in parts if part["wape"] is not None)
        assert np.isclose(off / whole[0]["units_tested"], whole[0]["wape"], atol=1e-3)
    only = get(shop, "forecasts/accuracy/?by=product&product=SKU-2")["results"]
    assert [row["sku"] for row in only] == ["SKU-2"]


def test_lost_money_of_two_currencies_is_never_added(shop: Shop) -> None:
    path = f"/api/stores/{shop.stores[1].id}/"
    assert get(shop, "forecasts/accuracy/")["results"][0]["currency"] == "USD"
    try:
        assert shop.client.patch(path, {"currency": "EUR"}, format="json").status_code == 200
        [whole] = get(shop, "forecasts/accuracy/")["results"]
        assert (whole["lost_money"], whole["currency"]) == (None, None)
        assert {row["currency"] for row in get(shop, "forecasts/accuracy/?by=store")["results"]} == {"USD", "EUR"}
        [euros] = get(shop, "forecasts/accuracy/?currency=eur")["results"]
        assert (euros["lost_money"], euros["currency"], euros["series"]) == (0, "EUR", 4)
        assert list(get(shop, "forecasts/accuracy/?currency=moon", 400)["fields"]) == ["currency"]
    finally:
        shop.client.patch(path, {"currency": "USD"}, format="json")


def test_predictions_are_the_sums_of_forecasts(shop: Shop) -> None:
    rows = get(shop, "forecasts/?page_size=500")["results"]
    total = sum(row["totals"][1]["units"] for row in rows)
    for by in ("day", "store", "category", "product"):
        found = get(shop, f"sales/predictions/?days=7&by={by}")
        assert np.isclose(found["units"], total, atol=0.1), by
        assert np.isclose(found["revenue"], 4 * total, atol=0.5), by
    days = get(shop, "sales/predictions/?days=7")["results"]
    first = yesterday(shop.stores[0]) + timedelta(days=1)
    assert [day["date"] for day in days] == [(first + timedelta(days=place)).isoformat() for place in range(7)]
    of_one = get(shop, "sales/predictions/?days=7&product=SKU-1")
    assert np.isclose(of_one["units"], sum(r["totals"][1]["units"] for r in rows if r["sku"] == "SKU-1"), atol=0.05)


@pytest.mark.parametrize("query", ["days=0", "days=61", "by=hour", "store=nowhere", "limit=0", "x=1", "category=none"])
def test_predictions_refuse_what_they_do_not_know(shop: Shop, query: str) -> None:
    assert query.split("=")[0] in get(shop, f"sales/predictions/?{query}", 400)["fields"]


@pytest.mark.parametrize("query", ["days=7", "by=time&days=2", "by=time&product=SKU-1", "by=week"])
def test_accuracy_refuses_what_it_does_not_know(shop: Shop, query: str) -> None:
    get(shop, f"forecasts/accuracy/?{query}", 400)


def test_retraining_is_asked_for_once_and_can_be_followed() -> None:
    shop = build_shop(stores=1, products=1)
    first = shop.client.post("/api/forecasts/retrain/")
    again = shop.client.post("/api/forecasts/retrain/")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["status"] == "queued"
    assert shop.client_for("staff").post("/api/forecasts/retrain/").status_code == 403
    done = forecast(shop)
    assert done.pk == first.json()["id"]
    assert get(shop, f"forecasts/runs/{done.pk}/")["progress"]["percent"] == 100
    assert read_run(shop.organization.id, done.pk).actor_label == shop.admin.user.username


def test_the_log_keeps_who_asked_and_what_came_of_it() -> None:
    shop = build_shop(stores=1, products=1)
    shop.client.post("/api/forecasts/retrain/")
    forecast(shop)
    log = get(shop, "logs/?object_type=forecast_run")["results"]
    assert [entry["action"] for entry in log] == ["forecasting.run.finished", "forecasting.run.requested"]
