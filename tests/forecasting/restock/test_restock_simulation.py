"""The replay of the past, day by day, against days worked out by hand; and against a loop that goes one unit at a
time."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from forecasting.restock.decision import Levels, levels_of, wanted_of
from forecasting.restock.rounding import orderable
from forecasting.restock.simulate import Plan, Shop, review_nights, simulate


def shop(count: int, lead: int, **values: float) -> Shop:
    def column(name: str, usual: float) -> np.ndarray:
        return np.full(count, float(values.get(name, usual)))

    return Shop(
        np.full(count, lead),
        column("pack", 1),
        column("moq", 1),
        column("cost", 2),
        column("price", 5),
        column("stock", 0),
    )


def up_to(point: float, level: float, count: int = 1) -> Levels:
    return levels_of(np.full(count, point), np.full(count, level), np.zeros(count))


def test_an_order_of_monday_night_with_two_days_of_lead_sells_on_wednesday() -> None:
    # Night 0: 0 <= 3, order 5, there on the morning of day 2. Day 1 sells nothing.
    demand = np.array([[2.0, 2.0, 2.0, 2.0]])
    found = simulate(demand, shop(1, 2, stock=2), Plan([up_to(3, 5)], 7, np.ones(4, bool)))
    assert_allclose(found.sold, [2 + 0 + 2 + 2])
    assert_allclose(found.stockout_days, [1])
    # Night 0: 5. Night 1: position 5, nothing. Night 2: 3 left, order 2. Night 3: 1 + 2 = 3, order 2.
    assert_allclose(found.ordered, [9])
    assert_allclose(found.orders, [3])
    assert_allclose(found.average_stock, [(0 + 0 + 3 + 1) / 4])


def test_what_is_on_order_counts_unless_the_literal_rule_looks_at_the_shelf_alone() -> None:
    demand = np.array([[1.0] * 6])
    fixed = Levels(np.array([3.0]), np.array([6.0]), np.zeros(1), np.array([4.0]))
    nights = np.ones(6, bool)
    # Counting it: 2 left on night 0, order; 3 left on night 3, order.
    assert simulate(demand, shop(1, 3, stock=3), Plan([fixed], 7, nights)).ordered[0] == 8
    # Not counting it: 2, 1, 0 and 3 left on nights 0 to 3; then 6.
    assert simulate(demand, shop(1, 3, stock=3), Plan([fixed], 7, nights, netting=False)).ordered[0] == 16


def test_orders_are_placed_on_review_nights_only() -> None:
    # Day 0 is a Thursday (3); reviews on Mondays are at the nights of days 4 and 11.
    assert_array_equal(np.flatnonzero(review_nights(14, 3, 7, weekday=0)), [4, 11])
    assert_array_equal(np.flatnonzero(review_nights(7, 3, 3)), [0, 3, 6])
    demand = np.ones((1, 14))
    found = simulate(demand, shop(1, 1, stock=1), Plan([up_to(7, 7)], 7, review_nights(14, 3, 7, weekday=0)))
    assert_allclose(found.orders, [2])


def test_a_nights_budget_goes_to_the_better_margin() -> None:
    demand = np.zeros((2, 1))
    both = Shop(np.ones(2, int), np.ones(2), np.ones(2), np.array([2.0, 2.0]), np.array([3.0, 9.0]), np.zeros(2))
    plan = Plan([up_to(5, 10, 2)], 7, np.ones(1, bool), budget=25.0)
    assert_allclose(simulate(demand, both, plan).ordered, [0, 10])


def test_the_warm_up_is_lived_through_and_not_counted() -> None:
    demand = np.array([[5.0, 1.0, 1.0]])
    found = simulate(demand, shop(1, 1, stock=3), Plan([up_to(-1, 0)], 7, np.ones(3, bool)), warmup=1)
    assert_allclose([found.demanded[0], found.sold[0], found.stockout_days[0]], [2, 0, 2])
    assert found.summary(shop(1, 1))["fill_rate"] == 0
    assert found.summary(shop(1, 1))["lost_sales"] == 10


def test_no_demand_has_no_fill_rate() -> None:
    found = simulate(np.zeros((3, 5)), shop(3, 1), Plan([up_to(0, 0, 3)], 7, np.ones(5, bool)))
    assert found.summary(shop(3, 1))["fill_rate"] is None


def test_all_series_at_once_go_as_each_would_alone() -> None:
    rng = np.random.default_rng(3)
    count, days = 30, 90
    demand = rng.poisson(rng.gamma(1.0, 3.0, (count, 1)), (count, days)).astype(float)
    lead = rng.integers(1, 9, count)
    point, more = rng.integers(2, 40, count).astype(float), rng.integers(1, 30, count).astype(float)
    pack, moq = rng.choice([1.0, 6.0], count), rng.choice([1.0, 10.0], count)
    stock = rng.integers(0, 50, count).astype(float)
    levels = levels_of(point, point + more, np.zeros(count))
    nights = review_nights(days, 0, 2)
    found = simulate(
        demand, Shop(lead, pack, moq, np.ones(count), np.ones(count), stock), Plan([levels], 7, nights), warmup=10
    )
    for row in range(count):
        sold, ordered, out, left = _alone(
            demand[row], int(lead[row]), point[row], point[row] + more[row], pack[row], moq[row], stock[row], nights, 10
        )
        assert_allclose(
            [found.sold[row], found.ordered[row], found.stockout_days[row], found.average_stock[row]],
            [sold, ordered, out, left],
        )


def _alone(demand, lead, point, upto, pack, moq, stock, nights, warmup):  # type: ignore[no-untyped-def]
    coming: dict[int, float] = {}
    sold = ordered = out = left = 0.0
    for day, wanted in enumerate(demand):
        stock += coming.pop(day, 0.0)
        served = min(stock, wanted)
        stock -= served
        order = 0.0
        if nights[day] and stock + sum(coming.values()) <= point:
            missing = upto - stock - sum(coming.values())
            order = float(np.ceil(max(missing, moq) / pack) * pack) if missing > 0 else 0.0
            if order:
                coming[day + lead] = coming.get(day + lead, 0.0) + order
        if day >= warmup:
            sold, ordered, out, left = sold + served, ordered + order, out + (wanted > served), left + stock
    return sold, ordered, out, left / (len(demand) - warmup)


def test_the_simulator_rounds_as_proposals_do() -> None:
    levels = up_to(5, 20)
    assert orderable(wanted_of(levels, np.array([5.0])), np.array([6.0]), np.array([1.0])) == 18
