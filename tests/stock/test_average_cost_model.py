"""Average costs against a model that knows everything in time: it replays each balance in order of effective time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.errors import Conflict
from stock.choices import INCOMING
from stock.models import Stock
from stock.services import movements, reversals
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole

START = Decimal("2.5")  # the product's cost
PLACES = Decimal("0.0001")

said = st.tuples(
    st.sampled_from(["receipt", "receipt", "opening", "sale", "removal", "customer_return", "adjustment"]),
    st.sampled_from(["1", "2", "3", "0.5", "1.125", "12"]).map(Decimal),
    st.none() | st.sampled_from(["0", "1", "2.5", "3.3333", "7", "0.0001"]).map(Decimal),
    st.integers(0, 40),  # hours ago
)
step = st.one_of(
    st.tuples(st.just("send"), st.lists(said, min_size=1, max_size=4)),
    st.tuples(st.just("send"), st.lists(said, min_size=1, max_size=4)),
    st.tuples(st.just("reverse"), st.integers(0, 30)),
)


@dataclass
class Moved:
    """An applied movement: `own_cost` when it takes a step of the average."""

    at: datetime
    quantity: Decimal
    own_cost: Decimal | None
    booked: Decimal
    movement_id: str
    reverses: Moved | None = None
    is_reversed: bool = False


class Model:
    """One balance. Everything is worked out anew from the whole history, each time."""

    def __init__(self, negative: bool) -> None:
        self.history: list[Moved] = []
        self.negative = negative

    @property
    def on_hand(self) -> Decimal:
        return sum((m.quantity for m in self.history), Decimal(0))

    def average(self) -> Decimal:
        """The rule of the docs, in order of effective time; what was taken back never was."""
        on_hand, average = Decimal(0), START
        for m in sorted(self.history, key=lambda m: m.at):  # stable: the order of arrival
            if m.reverses or m.is_reversed:
                continue
            if m.own_cost is not None:
                if on_hand <= 0:
                    average = m.own_cost
                else:
                    worth = on_hand * average + m.quantity * m.own_cost
                    average = (worth / (on_hand + m.quantity)).quantize(PLACES, ROUND_HALF_UP)
            on_hand += m.quantity
        return average


def lives(steps: list[tuple[str, object]], negative: bool) -> tuple[Shop, Model]:
    shop = build_shop(1, 1, allows_negative_stock=negative)
    access = shop.access()
    model = Model(negative)
    now = clock.now()
    for what, given_ in steps:
        if what == "send":
            assert isinstance(given_, list)
            raws = [
                shop.movement(
                    kind,
                    str(quantity),
                    effective_at=(now - timedelta(hours=hours)).isoformat(),
                    **({"unit_cost": str(cost)} if cost is not None and kind in ("receipt", "opening") else {}),
                )
                for kind, quantity, cost, hours in given_
            ]
            open_ = model.on_hand
            receipts = movements.submit_many(raws=raws, access=access, acting_as=access.actor())
            for (kind, quantity, cost, hours), receipt in zip(given_, receipts, strict=True):
                delta = quantity if kind in INCOMING or kind == "adjustment" else -quantity
                fits = delta > 0 or open_ + delta >= 0 or (negative and kind == "sale")
                assert (receipt.status == "applied") == fits
                if not fits:
                    continue
                open_ += delta
                own = cost if kind in ("receipt", "opening") else None
                assert receipt.id is not None
                model.history.append(Moved(now - timedelta(hours=hours), delta, own, Decimal(0), receipt.id))
        elif model.history:
            assert isinstance(given_, int)
            wrong = model.history[given_ % len(model.history)]
            if wrong.is_reversed or wrong.reverses:
                continue
            try:
                made = reversals.reverse(
                    movement_id=wrong.movement_id, reason="", access=access, acting_as=access.actor()
                )
            except Conflict:
                assert model.on_hand - wrong.quantity < 0
                continue
            wrong.is_reversed = True
            model.history.append(Moved(wrong.at, -wrong.quantity, None, Decimal(0), made, reverses=wrong))
    return shop, model


@pytest.mark.slow
@settings(
    phases=[Phase.generate],
    max_examples=80,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(steps=st.lists(step, min_size=2, max_size=14), negative=st.booleans())
def test_the_average_is_as_if_every_movement_had_been_known_in_time(
    steps: list[tuple[str, object]], negative: bool
) -> None:
    shop, model = lives(steps, negative)
    with tenancy.scope(shop.organization.id):
        balance = Stock.objects.filter(store=shop.stores[0]).first()
    if balance is not None:
        assert balance.on_hand == model.on_hand
        # A balance that has held nothing between two batches, and no cost, begins with the product's when it does.
        has_begun = balance.on_hand or balance.average_cost or balance.cost_changed_at
        assert balance.average_cost == model.average() or not has_begun
    assert_whole(shop)  # and the value is the sum of what moved and of the lines
