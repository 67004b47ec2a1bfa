"""What if: the past of a shop once more, beside today's policies; and nothing is changed by asking."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from forecasting.choices import Trigger
from forecasting.services import runs
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM
from stock.services import history
from tests.factories.restock import set_policy
from tests.factories.stock import Shop, build_shop
from tests.support.world_state import state_of

DAYS = 200


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Two hundred days of sales of two products in two stores, and a forecast of them."""
    found = build_shop(stores=2, products=2)
    rng = np.random.default_rng(5)
    today = clock.now().date()
    rows = ["date,store,item,sales"]
    for store in found.stores:
        for number, product in enumerate(found.products):
            demand = rng.poisson(3.0 + 5 * number, DAYS)
            days = (today - timedelta(days=DAYS - day) for day in range(DAYS))
            rows += [
                f"{day},{store.code},{product.sku},{units}" for day, units in zip(days, demand.tolist(), strict=True)
            ]
    history.load(
        file=io.BytesIO("\n".join(rows).encode()),
        name="past.csv",
        organization_id=found.organization.id,
        acting_as=SYSTEM,
    )
    runs.request(organization_id=found.organization.id, trigger=Trigger.ON_DEMAND)
    assert not runs.visit(organization_id=found.organization.id)
    return found


def simulate(shop: Shop, client: Any = None, **body: Any) -> Any:
    return (client or shop.client).post("/api/forecasting/simulate/", {"weeks": 8, **body}, format="json")


def test_the_same_policy_gives_the_same_outcome(shop: Shop):
    answer = simulate(shop)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["today"] == body["what_if"]
    assert (body["series"], body["series_left_out"]) == (4, 0)
    assert 0.9 < body["today"]["fill_rate"] <= 1
    assert body["today"]["days_of_stock"] < 20
    assert body["today"] == simulate(shop).json()["today"]


def test_a_higher_service_level_serves_more_and_keeps_more(shop: Shop):
    body = simulate(shop, policy={"service_level": 0.999}).json()
    assert body["what_if"]["fill_rate"] >= body["today"]["fill_rate"]
    assert body["what_if"]["average_stock"] > body["today"]["average_stock"]
    low = simulate(shop, policy={"service_level": 0.5}).json()["what_if"]
    assert low["average_stock"] < body["today"]["average_stock"]
    assert low["stockout_days"] > body["today"]["stockout_days"]


def test_goods_that_come_sooner_need_less_stock(shop: Shop):
    body = simulate(shop, policy={"lead_time_days": 1}).json()
    assert body["what_if"]["average_stock"] < body["today"]["average_stock"]


def test_one_day_a_week_means_fewer_orders(shop: Shop):
    body = simulate(shop, policy={"review_weekday": 2, "cycle_days": 1}).json()
    assert 0 < body["what_if"]["orders"] <= 4 * 9
    assert body["what_if"]["average_stock"] > 0


def test_no_money_buys_nothing(shop: Shop):
    body = simulate(shop, budget=0).json()
    assert (body["what_if"]["orders"], body["what_if"]["units_ordered"]) == (0, 0)
    assert body["what_if"]["fill_rate"] < 0.2
    assert body["today"]["orders"] > 0


def test_more_demand_is_met_worse_by_both(shop: Shop):
    usual, more = simulate(shop).json()["today"], simulate(shop, demand_factor=2).json()
    assert more["today"]["units_ordered"] > 1.5 * usual["units_ordered"]
    assert more["today"] == more["what_if"]


@pytest.mark.parametrize("kind", ["seed_rule", "min_max", "reorder_point", "quantile", "days_of_cover"])
def test_every_policy_can_be_asked_about(shop: Shop, kind: str):
    body = simulate(shop, policy={"kind": kind, "least": 40, "most": 80}).json()
    assert body["what_if"]["orders"] > 0
    assert body["what_if"]["money_tied_up"] == pytest.approx(2.5 * body["what_if"]["average_stock"])


def test_nothing_is_changed_by_asking(shop: Shop):
    before = state_of(shop.organization.id)
    assert simulate(shop, policy={"service_level": 0.99}, budget=100).status_code == 200
    assert state_of(shop.organization.id) == before


def test_todays_side_follows_the_policies_that_are_set(shop: Shop):
    usual = simulate(shop, stores=[shop.stores[1].id]).json()["today"]
    set_policy(shop, "store", store=shop.stores[1].id, kind="seed_rule")
    assert simulate(shop, stores=[shop.stores[1].id]).json()["today"] != usual


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"weeks": 0}, "weeks"),
        ({"weeks": 53}, "weeks"),
        ({"weeks": 40}, "weeks"),
        ({"demand_factor": 0}, "demand_factor"),
        ({"policy": {"kind": "luck"}}, "policy"),
        ({"policy": {"service_level": 1}}, "policy"),
        ({"policy": {"review_weekday": 1, "review_days": 3}}, "policy"),
        ({"policy": {"level": 1}}, "policy"),
        ({"stores": []}, "stores"),
        ({"budget": -1}, "budget"),
        ({"wekks": 3}, "wekks"),
    ],
)
def test_a_wrong_question_is_refused_by_name(shop: Shop, body: dict[str, Any], field: str):
    answer = simulate(shop, **body)
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"]


def test_staff_asks_about_its_own_stores_and_sees_no_money(shop: Shop):
    near = shop.client_for("staff", stores=[shop.stores[0]])
    body = simulate(shop, near).json()
    assert body["series"] == 2
    assert "money_tied_up" not in body["today"]
    assert simulate(shop, near, stores=[shop.stores[1].id]).status_code == 400
    assert simulate(shop, near, budget=10).status_code == 403


def test_without_a_forecast_there_is_nothing_to_replay(shop: Shop):
    empty = build_shop(stores=1, products=1)
    assert simulate(empty).json()["code"] == "nothing_to_simulate"
    with tenancy.scope(shop.organization.id):
        category = shop.products[0].category_id
    assert category is None
    assert simulate(shop, category=1).status_code == 409
