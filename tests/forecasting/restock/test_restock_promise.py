"""What `make bench-forecast` promises of restocking, on demand drawn here: far less stock than the seed rule."""

from __future__ import annotations

import pytest

from tests.benchmarks.forecast.restocking import Compared, seeded


@pytest.fixture(scope="module")
def found() -> Compared:
    return seeded()


def test_the_same_service_needs_less_than_half_the_stock_of_the_seed_rule(found: Compared):
    assert found.stock_share <= 0.40


def test_the_same_stock_serves_a_point_more_than_the_seed_rule_on_position(found: Compared):
    assert found.points_gained >= 1.0


def test_a_higher_service_level_serves_more_and_needs_more(found: Compared):
    assert found.fills == sorted(found.fills)
    assert found.stocks == sorted(found.stocks)
