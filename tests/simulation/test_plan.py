"""A planned day looks like a day: who comes when, what is bought how often, what goes wrong how rarely."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from inventory_project.simulation import plan
from inventory_project.simulation.plan import Act, Day, Event, Good, Mishap, Place, played_at

MONDAY, SATURDAY = date(2026, 5, 4), date(2026, 5, 9)
PLACES = [
    Place("MADRID", "shop", "Europe/Madrid"),
    Place("CHICAGO", "shop", "America/Chicago"),
    Place("ONLINE", "online", "UTC"),
    Place("DEPOT", "warehouse", "UTC"),
]
GOODS = [Good(f"P{number:03d}", 1.0) for number in range(100)]


def day(baskets: float = 5000, seed: int = 1, on: date = MONDAY) -> Day:
    return Day(on, PLACES, GOODS, baskets, seed)


def baskets(events: list[Event], store: str | None = None) -> list[Event]:
    return [event for event in events if event.act is Act.BASKET and store in (None, event.store)]


def test_a_seed_plays_the_same_day_again_and_another_seed_another():
    assert day(seed=7).events() == day(seed=7).events()
    assert day(seed=7).events() != day(seed=8).events()


def test_events_come_in_order_of_time():
    times = [event.at for event in day(200).events()]
    assert times == sorted(times)


def test_products_are_bought_as_often_as_zipf_says():
    planned = day(20_000)
    bought = Counter(line[0] for event in baskets(planned.events()) if len(event.lines) == 1 for line in event.lines)
    total = sum(bought.values())
    for good, share in sorted(zip(GOODS, planned.popularity, strict=True), key=lambda pair: -pair[1])[:10]:
        assert bought[good.sku] / total == pytest.approx(share, rel=0.2)
    ranked = np.array([count for _, count in bought.most_common(30)], dtype=float)
    slope = np.polyfit(np.log(np.arange(1, 31)), np.log(ranked), 1)[0]
    assert slope == pytest.approx(-plan.ZIPF_EXPONENT, abs=0.15)


def test_a_saturday_is_busier_than_a_monday_by_the_shape_of_the_week():
    monday, saturday = (len(baskets(day(10_000, on=on).events())) for on in (MONDAY, SATURDAY))
    assert saturday / monday == pytest.approx(plan.WEEK[5] / plan.WEEK[0], rel=0.05)


def test_shops_sell_while_they_are_open_by_their_own_clock():
    events = day(10_000).events()
    for store, zone in (("MADRID", "Europe/Madrid"), ("CHICAGO", "America/Chicago")):
        hours = {event.at.astimezone(ZoneInfo(zone)).hour for event in baskets(events, store)}
        assert hours == set(range(9, 20))
    assert {event.at.hour for event in baskets(events, "ONLINE")} == set(range(24))
    assert baskets(events, "DEPOT") == []
    per_hour = Counter(event.at.astimezone(ZoneInfo("Europe/Madrid")).hour for event in baskets(events, "MADRID"))
    assert per_hour[17] > 2 * per_hour[9]


def test_baskets_have_one_to_six_different_products():
    found = baskets(day(20_000).events())
    sizes = Counter(len(event.lines) for event in found)
    for size, share in enumerate(plan.BASKET_SIZES, start=1):
        assert sizes[size] / len(found) == pytest.approx(share, abs=0.015)
    assert all(len({sku for sku, _ in event.lines}) == len(event.lines) for event in found)
    assert {units for event in found for _, units in event.lines} == set(range(1, 7))


def test_a_few_things_go_wrong():
    events = day(20_000).events()
    customers = [event for event in events if event.act in (Act.BASKET, Act.RETURN, Act.DAMAGE)]
    shares = {act: sum(event.act is act for event in customers) / len(customers) for act in Act}
    assert shares[Act.RETURN] == pytest.approx(plan.SHARE_RETURNED, abs=0.01)
    assert shares[Act.DAMAGE] == pytest.approx(plan.SHARE_DAMAGED, abs=0.01)
    found = baskets(events)
    late = [event for event in found if event.hours_late]
    assert len(late) / len(found) == pytest.approx(plan.SHARE_LATE, abs=0.01)
    assert all(1 <= event.hours_late <= plan.MOST_HOURS_LATE for event in late)
    assert sum(event.sent_twice for event in found) / len(found) == pytest.approx(plan.SHARE_SENT_TWICE, abs=0.01)


def test_shelves_are_counted_with_small_errors_and_boxes_opened_with_mishaps():
    chores = [event for seed in range(300) for event in day(0, seed).events()]
    counts = [event for event in chores if event.act is Act.COUNT]
    wrong = Counter(event.miscounted for event in counts)
    assert set(wrong) == {-1, 0, 1}
    for error, share in plan.COUNT_ERRORS:
        assert wrong[error] / len(counts) == pytest.approx(share, abs=0.02)
    assert {len(event.lines) for event in counts} == set(range(1, plan.MOST_SHELVES + 1))
    boxes = Counter(event.mishap for event in chores if event.act is Act.RESTOCK)
    assert boxes[Mishap.SHORT] / boxes.total() == pytest.approx(plan.SHARE_SHORT, abs=0.02)
    assert boxes[Mishap.DAMAGED] / boxes.total() == pytest.approx(plan.SHARE_BROKEN, abs=0.02)


def test_a_company_that_has_nothing_has_a_day_without_customers():
    assert Day(MONDAY, [], [], 100, 1).events() == []
    assert baskets(Day(MONDAY, PLACES, [], 100, 1).events()) == []


def test_the_day_is_squeezed_into_the_duration():
    first = datetime(2026, 5, 4, 6, tzinfo=UTC)
    last = first + timedelta(hours=12)
    noon = Event(first + timedelta(hours=6), Act.BASKET, "MADRID")
    assert played_at(noon, first, last, 60) == 30
    assert played_at(noon, noon.at, noon.at, 60) == 0
