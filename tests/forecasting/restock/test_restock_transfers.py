"""Surplus matched with need, and money with lines: nothing is given twice, nothing appears from nowhere."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from forecasting.restock import budget, risk, transfers
from forecasting.restock.inputs import Inputs

series = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5000), st.integers(0, 5000)), min_size=0, max_size=40)


def matched(rows: list[tuple[int, int, int]]) -> transfers.Transfers:
    columns = np.array(rows, np.int64).reshape(-1, 3)
    return transfers.matched(columns[:, 0], columns[:, 1], columns[:, 2])


@given(series)
def test_transfers_conserve_goods(rows: list[tuple[int, int, int]]) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 3)
    product, need, spare = columns.T
    found = matched(rows)
    assert (found.units > 0).all()
    assert_array_equal(transfers.overlap(found.wanted, found.given), found.units)
    assert_array_equal(product[found.giver], product[found.receiver])
    taken = np.bincount(found.receiver, found.units, minlength=len(rows))
    given_away = np.bincount(found.giver, found.units, minlength=len(rows))
    assert (taken <= need).all()
    assert (given_away <= np.where(need > 0, 0, spare)).all()
    assert taken.sum() == given_away.sum()
    for each in np.unique(product):
        own = product == each
        possible = min(need[own].sum(), np.where(need > 0, 0, spare)[own].sum())
        assert taken[own].sum() == possible


@given(st.lists(st.tuples(st.floats(-50, 500), st.floats(-50, 500), st.floats(0, 500)), min_size=1, max_size=20))
def test_a_store_that_gives_keeps_its_own_order_up_to_level(rows: list[tuple[float, float, float]]) -> None:
    available, position, order_up_to = (np.array(column) for column in zip(*rows, strict=True))
    spare = transfers.surplus(available, position, order_up_to) / transfers.UNIT
    gives = spare > 0
    assert (position - spare >= order_up_to - 1e-6)[gives].all()
    assert (spare <= np.maximum(available, 0) + 1e-6).all()
    assert_array_equal(spare, np.round(spare))


def test_the_greatest_need_is_served_from_the_greatest_surplus() -> None:
    found = matched([(1, 4000, 0), (1, 9000, 0), (1, 0, 3000), (1, 0, 8000)])
    assert list(zip(found.giver, found.receiver, found.units, strict=True)) == [
        (3, 1, 8000),
        (2, 1, 1000),
        (2, 0, 2000),
    ]


def test_nothing_to_match_is_no_transfer() -> None:
    assert len(matched([]).units) == 0
    assert len(matched([(1, 5000, 0), (2, 0, 5000)]).units) == 0


def test_money_goes_where_most_margin_is_at_risk_for_it() -> None:
    at_risk, cost = np.array([10.0, 30.0, 9.0, 1.0]), np.array([10.0, 20.0, 3.0, 4.0])
    assert_array_equal(budget.ranked(at_risk, cost), [2, 1, 0, 3])
    # 3 + 20 fit; 10 does not any more, 4 does.
    assert_array_equal(budget.within(at_risk, cost, 28.0), [False, True, True, True])
    assert_array_equal(budget.within(at_risk, cost, 0.0), [False] * 4)
    assert budget.within(at_risk, cost, 37.0).all()


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), max_size=30), st.floats(0, 1e5))
def test_a_budget_is_never_overspent_and_nothing_that_still_fits_is_left_out(
    rows: list[tuple[float, float]], money: float
) -> None:
    at_risk, cost = np.array(rows).reshape(-1, 2).T
    taken = budget.within(at_risk, cost, money)
    spent = cost[taken].sum()
    assert spent <= money + 1e-6
    assert (cost[~taken] > money - spent - 1e-6).all()


def test_units_at_risk_follow_the_loss_function() -> None:
    # At the mean the normal's expected shortfall is d / sqrt(2 pi); with no spread it is what is missing.
    found = risk.expected_short(np.array([100.0, 5.0, 20.0]), np.array([100.0, 8.0, 8.0]), np.array([10.0, 0.0, 0.0]))
    np.testing.assert_allclose(found, [10 / np.sqrt(2 * np.pi), 3.0, 0.0])
    inputs = Inputs.of(2, position=[5, 5], expected=[8, 8])
    np.testing.assert_allclose(risk.margin_at_risk(inputs, np.array([2.0, -1.0])), [6.0, 0.0])
