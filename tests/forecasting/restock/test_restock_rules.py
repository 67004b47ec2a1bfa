"""Each policy by hand: the numbers here were worked out on paper, not taken from the code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecasting.restock import explain, timing
from forecasting.restock.decision import Binding, Decision
from forecasting.restock.inputs import Inputs, Kind
from forecasting.restock.policies import POLICIES, decided


def one(kind: Kind, **given: Any) -> tuple[float, float, float, float, Binding]:
    found = decided(kind, Inputs.of(1, **given))
    row = found.row(0)
    return row["reorder_point"], row["order_up_to"], row["wanted"], row["quantity"], Binding(row["binding"])


def test_the_protection_interval_is_the_lead_time_and_the_review_period_less_one() -> None:
    # Reviewed every night, 3 days of lead: Monday night's order is there on Thursday morning, Tuesday night's on Friday
    # morning. Monday night's must last through Tuesday, Wednesday, Thursday.
    assert timing.protection_days(3, 1) == 3
    # Reviewed on Mondays only: the next order comes on Thursday of next week; ten days until then minus Monday itself.
    assert timing.protection_days(3, 7) == 9
    # Nothing arrives before the next morning.
    assert timing.protection_days(0, 1) == 1
    assert_allclose(timing.protection_days([1, 7], [1, 7]), [1, 13])


def test_the_seed_rule_orders_one_point_two_weeks_when_less_than_a_week_is_left() -> None:
    assert one(Kind.SEED_RULE, position=69, expected_week=70) == (70, pytest.approx(154), pytest.approx(84), 84, 1)
    assert one(Kind.SEED_RULE, position=71, expected_week=70)[2:] == (0, 0, Binding.ENOUGH)


def test_min_max_orders_up_to_the_maximum_at_the_minimum() -> None:
    assert one(Kind.MIN_MAX, position=5, least=5, most=20) == (5, 20, 15, 15, Binding.DEMAND)
    assert one(Kind.MIN_MAX, position=6, least=5, most=20)[3] == 0


def test_a_maximum_below_the_minimum_orders_up_to_the_minimum() -> None:
    assert one(Kind.MIN_MAX, position=2, least=5, most=0)[1:4] == (5, 3, 3)


def test_the_reorder_point_holds_z_deviations_of_demand_and_lead_time() -> None:
    # sqrt(6^2 + (4 x 2)^2) = 10; z(97.725 %) = 2; s = 28 + 20 = 48; S = 48 + 28.
    found = decided(
        Kind.REORDER_POINT,
        Inputs.of(
            1,
            position=40,
            daily=4,
            expected=28,
            deviation=6,
            lead_deviation=2,
            service_level=0.9772498680518208,
            expected_cycle=28,
        ),
    ).row(0)
    assert found["reorder_point"] == pytest.approx(48)
    assert found["safety_stock"] == pytest.approx(20)
    assert found["order_up_to"] == pytest.approx(76)
    assert found["wanted"] == pytest.approx(36)


def test_the_quantile_is_the_reorder_point_itself_when_lead_times_are_sure() -> None:
    found = one(Kind.QUANTILE, position=12, expected=20, quantile=31, expected_cycle=20)
    assert found == (31, 51, 39, 39, Binding.DEMAND)


def test_a_lead_time_that_strays_widens_the_quantile_as_it_widens_the_textbook() -> None:
    # Own safety 9, the lead time's 2 x 3 x 2 = 12: together 15.
    found = one(
        Kind.QUANTILE,
        position=0,
        daily=3,
        expected=21,
        quantile=30,
        lead_deviation=2,
        service_level=0.9772498680518208,
    )
    assert found[0] == pytest.approx(36)


def test_days_of_cover_keeps_the_least_and_orders_the_most() -> None:
    found = one(Kind.DAYS_OF_COVER, position=30, expected=20, expected_least=34, expected_most=62)
    assert found == (34, 62, 32, 32, Binding.DEMAND)


@pytest.mark.parametrize(
    ("pack", "moq", "quantity", "binding"),
    [
        (1, 1, 15, Binding.DEMAND),
        (6, 1, 18, Binding.PACK),
        (6, 24, 24, Binding.MOQ),
        (10, 24, 30, Binding.MOQ),
        (0.5, 1, 15, Binding.DEMAND),
        (15, 15, 15, Binding.DEMAND),
    ],
)
def test_quantities_are_whole_packs_and_no_less_than_the_supplier_accepts(
    pack: float, moq: float, quantity: float, binding: Binding
) -> None:
    assert one(Kind.MIN_MAX, position=5, least=5, most=20, pack=pack, moq=moq)[3:] == (quantity, binding)


def test_what_never_sells_is_not_ordered_though_the_supplier_wants_a_dozen() -> None:
    for kind in (Kind.SEED_RULE, Kind.REORDER_POINT, Kind.QUANTILE, Kind.DAYS_OF_COVER):
        assert one(kind, position=0, moq=12, pack=12)[3:] == (0, Binding.ENOUGH)


def test_a_position_below_nothing_is_made_good() -> None:
    assert one(Kind.MIN_MAX, position=-4, least=5, most=20)[3] == 24


numbers = st.floats(0, 1e6, allow_nan=False)


@given(
    st.sampled_from(list(Kind)),
    st.lists(numbers, min_size=9, max_size=9),
    st.floats(-1e4, 1e6),
    st.sampled_from([0.5, 1.0, 6.0, 24.0]),
    st.sampled_from([1.0, 10.0, 100.0]),
)
def test_whatever_the_policy_quantities_are_orderable_and_reach_what_was_wanted(
    kind: Kind, values: list[float], position: float, pack: float, moq: float
) -> None:
    names = ("daily", "expected_week", "expected", "deviation", "quantile", "expected_cycle", "expected_least")
    given_values: dict[str, Any] = dict(zip((*names, "least", "most"), values, strict=True))
    found = decided(kind, Inputs.of(1, position=position, pack=pack, moq=moq, **given_values))
    quantity, wanted = float(found.quantity[0]), float(found.wanted[0])
    assert np.isfinite([quantity, wanted, found.reorder_point[0], found.order_up_to[0]]).all()
    assert quantity == 0 if wanted <= 1e-9 else quantity >= max(wanted, moq) - 1e-3
    assert quantity / pack == pytest.approx(round(quantity / pack), abs=1e-6)
    assert wanted == 0 or position <= found.reorder_point[0]


@given(st.sampled_from(list(Kind)), st.integers(0, 2**32 - 1))
def test_a_decision_from_what_was_kept_is_the_same_to_the_last_bit(kind: Kind, seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns = {name: rng.gamma(1.0, 30.0, 5) for name in ("position", "daily", "expected", "deviation", "quantile")}
    inputs = Inputs.of(5, **columns, expected_week=rng.gamma(1.0, 30.0, 5), lead_deviation=1.5)
    first: Decision = decided(kind, inputs)
    for place in range(5):
        again = decided(kind, Inputs.of(1, **inputs.row(place)))
        assert again.row(0) == first.row(place)


def test_every_policy_explains_itself_in_steps_that_end_with_the_quantity() -> None:
    for kind in POLICIES:
        inputs = Inputs.of(
            1,
            position=5,
            daily=3,
            expected_week=21,
            expected=21,
            deviation=5,
            quantile=30,
            expected_cycle=21,
            expected_least=25,
            expected_most=40,
            least=6,
            most=20,
            pack=6,
            moq=6,
        )
        row = decided(kind, inputs).row(0)
        kept = {
            **inputs.row(0),
            "on_hand": 8,
            "reserved": 2,
            "on_hold": 1,
            "in_transit_in": 0,
            "on_order": 0,
            "planned_in": 0,
            "planned_out": 0,
        }
        kept |= {"lead_days": 7, "review_days": 1, "protection_days": 7}
        found = explain.steps(kind, kept, row)
        assert found[0] == {
            "step": "inventory_position",
            "how": "on hand - reserved - on hold + in transit + on order = 8 - 2 - 1 + 0 + 0",
            "result": 5,
        }
        assert found[-1]["result"] == row["quantity"] > 0
        said = explain.sentence(kind, kept, row, source="buy")
        assert said.startswith("You have or expect 5 and will probably sell about 21 in the next 7 days: order ")
