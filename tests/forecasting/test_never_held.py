"""What a store is to sell and never held: on its list with nothing on hand, out of stock, and forecast."""

from __future__ import annotations

from typing import Any

from catalog.models import Product
from forecasting.models import Alert, Forecast
from inventory_project.kernel import tenancy
from stock.models import Stock
from tests.factories import forecasting as factories
from tests.factories.alerts import answer_calls, calls_of, raised, review
from tests.factories.restock import restock_shop, set_policy
from tests.factories.stock import build_shop
from tests.support.ledger import assert_whole


def test_a_product_expected_to_sell_where_it_never_was_is_out_of_stock_until_it_comes():
    daily = {(0, 0): 2.0, (0, 1): 2.0, (0, 2): 0.01, (1, 0): 2.0}
    shop = restock_shop(daily, {}, stores=2, products=3, reorder_level=0)
    with tenancy.scope(shop.organization.id):
        Product.objects.filter(pk=shop.products[1].pk).update(lifecycle="phase_out")
    assert shop.client.patch(f"/api/stores/{shop.stores[1].id}/", {"is_active": False}).status_code == 200
    review(shop)
    short = dict.fromkeys(("out_of_stock", "at_risk", "predicted_stockout"), "critical")
    assert [raised(shop, 0, product) for product in range(3)] == [short, {}, {}]
    assert raised(shop, 1) == {}, "a closed store carries nothing"
    [row] = shop.client.get("/api/stocks/").json()["results"]
    assert (row["sku"], row["on_hand"], row["status"]) == ("SKU-1", 0, "out")
    assert shop.client.get("/api/reports/dashboard/").json()["out_of_stock"] == 1
    review(shop)
    with tenancy.scope(shop.organization.id):
        assert (Stock.objects.count(), Alert.objects.count()) == (1, 3), "looking again adds nothing"
    # The first receipt ends them as any movement would, without waiting for the night.
    assert shop.post("IN", 100).status_code == 201
    assert calls_of(shop) == 1
    answer_calls(shop)
    assert raised(shop) == {}
    assert_whole(shop)


def test_a_policy_for_a_product_in_a_store_says_that_the_store_is_to_sell_it():
    shop = build_shop(stores=1, products=2)
    policy: dict[str, Any] = {"store": shop.stores[0].id, "product": shop.products[1].id, "kind": "min_max"}
    set_policy(shop, "product", least=4, most=9, **policy)
    run = factories.forecast(shop)
    with tenancy.scope(shop.organization.id):
        made = Forecast.objects.get(run=run)
    assert (made.product_id, made.state) == (shop.products[1].id, "group_only")
    review(shop)
    assert (raised(shop, 0, 0), raised(shop, 0, 1)["out_of_stock"]) == ({}, "medium")


def test_figures_of_alerts_are_shown_to_the_digits_people_read():
    shop = restock_shop({(0, 0): 2 / 3}, {(0, 0): 1}, stores=1, products=1, sale_price="4.3333")
    review(shop)
    for row in shop.client.get("/api/alerts/").json()["results"]:
        shown = [row, row["at_opening"], shop.client.get(f"/api/alerts/{row['id']}/").json()]
        floats = {name: value for each in shown for name, value in each.items() if isinstance(value, float)}
        assert floats.keys() >= {"units_7", "units_30", "units_at_risk", "money_at_risk"}
        long = {name: value for name, value in floats.items() if value != round(value, 3)}
        assert long == {}
        assert row["units_7"] == 4.667
        assert row["money_at_risk"] == round(row["money_at_risk"], 2)
