"""Stock as of an instant, as known at another, beside a replay of the ledger in plain Python."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import SYSTEM
from stock.choices import AppliedVia, Kind
from stock.models import SnapshotDay, Stock, StockMovement, StockSnapshot
from stock.selectors import past
from stock.selectors.past import Question
from stock.services import ledger, ledger_rows, snapshots, verification
from stores.models import Store
from tests.factories.stock import Shop, build_shop
from tests.support.superuser import superuser

ZONES = ["Pacific/Auckland", "America/New_York", "America/Havana"]
DAYS = 40


@dataclass(frozen=True)
class Known:
    """A movement as the replay needs it."""

    store_id: int
    product_id: int
    quantity: Decimal
    effective_at: datetime
    recorded_at: datetime


def shop_in(zones: list[str], products: int = 3) -> Shop:
    shop = build_shop(stores=len(zones), products=products)
    with tenancy.scope(shop.organization.id):
        for store, zone in zip(shop.stores, zones, strict=True):
            Store.objects.filter(pk=store.pk).update(time_zone=zone)
            store.time_zone = zone
    return shop


def book(shop: Shop, moments: list[tuple[int, int, int, datetime, datetime]]) -> None:
    """Movements (store, product, quantity, effective, recorded), in the order of the list, through the one apply."""
    rows = [
        ledger_rows.row_defaults(
            id=ledger_rows.new_id(),
            store=shop.stores[store].id,
            product=shop.products[product].id,
            kind=Kind.ADJUSTMENT,
            quantity=quantity,
            effective_at=effective.isoformat(),
            recorded_at=recorded.isoformat(),
            actor=None,
            actor_label=SYSTEM.label,
            request_id="",
            source="api",
        )
        for store, product, quantity, effective, recorded in moments
    ]
    ledger.apply(lambda: rows, organization_id=shop.organization.id, via=AppliedVia.COMMAND)


def as_if_applied_when_recorded(shop: Shop) -> None:
    """The history above was written today; give its rows the moment of applying they would have had."""
    with superuser(tampering=True) as connection:
        connection.execute(
            "UPDATE stock_stockmovement SET applied_at = recorded_at + interval '1 second' WHERE organization_id = %s",
            [shop.organization.id],
        )


def random_history(shop: Shop, dice: random.Random, count: int) -> None:
    """Forty days in which one movement in five becomes known hours or weeks late."""
    start = clock.now() - timedelta(days=DAYS)
    moments = []
    for store in range(len(shop.stores)):
        for product in range(len(shop.products)):
            moments.append((store, product, 100_000, start, start + timedelta(seconds=1)))
    for _ in range(count):
        effective = start + timedelta(seconds=dice.uniform(60, (DAYS - 1) * 86400))
        late = dice.choice([0, 1, 1, 60]) if dice.random() < 0.8 else dice.uniform(3600, 20 * 86400)
        recorded = min(effective + timedelta(seconds=late), clock.now())
        store, product = dice.randrange(len(shop.stores)), dice.randrange(len(shop.products))
        if dice.random() < 0.1:
            # Exactly when a day ends, or known exactly when its snapshot stops listening.
            local = effective.astimezone(ZoneInfo(shop.stores[store].time_zone))
            effective = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
            recorded = effective + timedelta(hours=1) if dice.random() < 0.5 else recorded
            effective -= timedelta(minutes=dice.choice([0, 1])) if recorded > effective else timedelta(0)
        moments.append((store, product, dice.choice([-3, -2, -1, 1, 2, 5]), effective, recorded))
    moments.sort(key=lambda moment: moment[4])
    book(shop, moments)
    as_if_applied_when_recorded(shop)


def known(shop: Shop) -> list[Known]:
    with tenancy.scope(shop.organization.id):
        rows = StockMovement.objects.filter(status="applied")
        return [Known(*row) for row in rows.values_list(
            "store_id", "product_id", "quantity", "effective_at", "recorded_at")]  # fmt: skip


def replay(movements: list[Known], as_of: datetime, known_at: datetime | None) -> dict[tuple[int, int], Decimal]:
    """What the task says, word by word."""
    found: dict[tuple[int, int], Decimal] = {}
    for movement in movements:
        if movement.effective_at <= as_of and (known_at is None or movement.recorded_at <= known_at):
            place = movement.store_id, movement.product_id
            found[place] = found.get(place, Decimal(0)) + movement.quantity
    return found


def answer(shop: Shop, question: Question) -> dict[tuple[int, int], Decimal]:
    with tenancy.scope(shop.organization.id):
        rows = list(past.as_rows(Stock.objects.all()))
        past.add_on_hand(rows, question)
    return {(row["store_id"], row["product_id"]): row["on_hand"] for row in rows if row["on_hand"]}


def assert_equal_to_replay(shop: Shop, dice: random.Random, instants: int) -> None:
    movements = known(shop)
    # Instants in between, and those of the movements and the days themselves, where one sign decides.
    exact = [m.effective_at for m in movements] + [m.recorded_at for m in movements]
    with tenancy.scope(shop.organization.id):
        exact += [day.ends_at for day in SnapshotDay.objects.all()] + [d.known_at for d in SnapshotDay.objects.all()]
    now = clock.now()

    def instant() -> datetime:
        if dice.random() < 0.5:
            return dice.choice(exact) + dice.choice([-1, 0, 1]) * timedelta(microseconds=1)
        return now - timedelta(seconds=dice.uniform(0, (DAYS + 2) * 86400))

    for _ in range(instants):
        as_of, known_at = instant(), dice.choice([None, instant(), instant()])
        expected = {place: units for place, units in replay(movements, as_of, known_at).items() if units}
        assert answer(shop, Question(as_of, known_at)) == expected, (as_of, known_at)


@pytest.fixture(scope="module")
def told() -> Shop:
    """A history whose days were kept in three runs, with stragglers between the runs."""
    dice = random.Random(4711)
    shop = shop_in(ZONES)
    random_history(shop, dice, 1500)
    with mock.patch.object(snapshots, "DELAY", timedelta(days=25)):
        snapshots.take(organization_id=shop.organization.id)
    # Accepted in time, and applied only after their day had been kept: the worker was away.
    with tenancy.scope(shop.organization.id):
        kept = SnapshotDay.objects.order_by("-date").first()
    stragglers = [
        (store, product, 7, kept.ends_at - timedelta(hours=h), kept.ends_at - timedelta(hours=h - 0.01))
        for store in range(3)
        for product in range(3)
        for h in (1, 30, 200)
    ]
    book(shop, stragglers)
    with mock.patch.object(snapshots, "DELAY", timedelta(days=12)):
        snapshots.take(organization_id=shop.organization.id)
    book(shop, [(0, 0, 1, clock.now() - timedelta(days=38), clock.now())])
    snapshots.take(organization_id=shop.organization.id)
    return shop


def test_a_thousand_random_instants_equal_a_replay_of_the_ledger(told: Shop) -> None:
    with tenancy.scope(told.organization.id):
        assert SnapshotDay.objects.count() > 90
        assert StockSnapshot.objects.count() > 200
    assert_equal_to_replay(told, random.Random(99), 1000)


def test_the_kept_days_agree_with_the_ledger(told: Shop) -> None:
    assert verification.verify(organization_id=told.organization.id).drift == 0


def test_another_run_changes_nothing_and_anew_gives_the_same_answers(told: Shop) -> None:
    assert snapshots.take(organization_id=told.organization.id) == snapshots.Taken()
    snapshots.take(organization_id=told.organization.id, anew=True)
    assert verification.verify(organization_id=told.organization.id).drift == 0
    assert_equal_to_replay(told, random.Random(7), 200)


histories = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(-4, 9).filter(bool),
        st.integers(0, 5 * 24),  # hours after the beginning
        st.sampled_from([0, 0, 0, 1, 2, 30, 70]),  # hours until it was known
        st.booleans(),  # the days that are over are kept before it is applied
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(histories, st.randoms(use_true_random=False))
def test_any_history_kept_at_any_time_equals_a_replay(history: list, dice: random.Random) -> None:
    shop = shop_in(["America/Havana", "Pacific/Auckland"], products=1)
    start = (clock.now() - timedelta(days=12)).replace(minute=0, second=0, microsecond=0)
    book(shop, [(0, 0, 100, start, start), (1, 0, 100, start, start)])
    for store, quantity, hours, late, keep in history:
        if keep:
            with mock.patch.object(snapshots, "DELAY", timedelta(days=dice.choice([1, 7, 9]))):
                snapshots.take(organization_id=shop.organization.id)
        effective = start + timedelta(hours=hours)
        book(shop, [(store, 0, quantity, effective, effective + timedelta(hours=late))])
    assert_equal_to_replay(shop, dice, 25)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_answers_are_right_without_snapshots_and_while_they_are_half_made() -> None:
    shop = shop_in(ZONES)
    random_history(shop, random.Random(5), 300)
    assert_equal_to_replay(shop, random.Random(1), 60)

    class Killed(Exception):
        pass

    real, calls = sql.rows, iter(range(100))

    def dying(query: str, params: dict, **options: object) -> list:
        if "INSERT INTO stock_snapshotday" in query and next(calls) == 1:
            raise Killed
        return real(query, params, **options)

    with mock.patch.object(snapshots, "STORES_AT_ONCE", 1):
        with mock.patch.object(sql, "rows", dying), pytest.raises(Killed):
            snapshots.take(organization_id=shop.organization.id)
        with tenancy.scope(shop.organization.id):
            assert SnapshotDay.objects.values("store_id").distinct().count() == 1
        assert_equal_to_replay(shop, random.Random(2), 60)
        snapshots.take(organization_id=shop.organization.id)
    with tenancy.scope(shop.organization.id):
        assert SnapshotDay.objects.values("store_id").distinct().count() == 3
    assert_equal_to_replay(shop, random.Random(3), 60)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_a_store_that_moves_to_another_time_zone_keeps_its_history() -> None:
    shop = shop_in(["America/New_York", "Pacific/Auckland", "UTC"])
    random_history(shop, random.Random(6), 200)
    with mock.patch.object(snapshots, "DELAY", timedelta(days=20)):
        snapshots.take(organization_id=shop.organization.id)
    with tenancy.scope(shop.organization.id):
        for store, zone in zip(shop.stores, ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Tokyo"], strict=True):
            Store.objects.filter(pk=store.pk).update(time_zone=zone)
    snapshots.take(organization_id=shop.organization.id)
    assert_equal_to_replay(shop, random.Random(8), 100)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Auckland", date(2026, 4, 5)),  # 25 hours
        ("Pacific/Auckland", date(2026, 9, 27)),  # 23 hours
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
        ("America/Havana", date(2025, 11, 1)),  # clocks go back from one o'clock to midnight
        ("America/Havana", date(2026, 3, 7)),  # the next day begins at one o'clock
        ("Asia/Kathmandu", date(2026, 5, 1)),
        ("Africa/Cairo", date(2026, 4, 23)),
        ("Africa/Cairo", date(2026, 10, 29)),  # clocks go back from midnight to eleven in the evening
        ("America/Santiago", date(2026, 4, 4)),
        ("America/Santiago", date(2026, 9, 5)),
        ("Australia/Lord_Howe", date(2026, 4, 4)),
        ("Asia/Beirut", date(2026, 3, 28)),
        ("Asia/Beirut", date(2026, 10, 24)),
    ],
)
def test_a_day_is_over_at_the_first_instant_that_bears_the_next_date(zone: str, day: date) -> None:
    end = sql.rows("SELECT stock_day_end(%(day)s, %(zone)s) AS at", {"day": day, "zone": zone})[0]["at"]
    tick = timedelta(microseconds=1)
    minute = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    local = ZoneInfo(zone)
    while minute.astimezone(local).date() <= day:
        minute += timedelta(minutes=5)
    assert end == minute
    assert (end - tick).astimezone(local).date() == day
