"""The stream sells through the ledger's own door, has delivered what is missing, and stops when asked."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from threading import Event

import numpy as np
import pytest

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM
from inventory_project.runtime.instance import BASE_DIR
from inventory_project.sales_stream import model, stream
from stock.models import StockMovement
from stock.selectors import sales_moments
from stock.services import history, verification
from stock.services.history_file import Names
from tests.factories.stock import Shop, build_shop
from tests.support import histories

MONDAY_FIRST = np.datetime64("2024-01-01")


def shop_with_history() -> Shop:
    """The small history, loaded as a file would be."""
    shop = build_shop(stores=3, products=4)
    told = histories.small()
    dates = [str(MONDAY_FIRST + day) for day in range(told.units.shape[1])]
    lines = [
        f"{day},S{store},SKU-{item},{units:g}"
        for store, item, row in zip(told.stores, told.items, told.units, strict=True)
        for day, units in zip(dates, row.tolist(), strict=True)
    ]
    text = "\n".join(["date,store,item,sales", *lines, ""])
    history.load(
        file=io.BytesIO(text.encode()),
        name="small",
        organization_id=shop.organization.id,
        acting_as=SYSTEM,
        names=Names("", ""),
    )
    return shop


def of(shop: Shop, **options) -> stream.Stream:
    opened = stream.open_stream(organization_id=shop.organization.id, seed=3, **options)
    assert opened is not None
    return opened


def moved(shop: Shop) -> list[StockMovement]:
    with tenancy.scope(shop.organization.id):
        return list(StockMovement.objects.filter(source="stream").order_by("id"))


def test_the_statement_sums_up_a_history_as_numpy_does() -> None:
    shop = shop_with_history()
    with tenancy.scope(shop.organization.id):
        found = stream.moments(sales_moments.by_weekday(today=clock.now().date()))
    expected = histories.small().moments()
    for name in ("days", "units", "squares"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name)), name


def test_sales_go_through_the_ledger_and_what_is_missing_is_delivered_first() -> None:
    shop = shop_with_history()
    shop.post("IN", 1000, store=2, product=3)
    selling = of(shop, speed=86_400.0)
    for _ in range(5):
        selling.sell(selling.plan(clock.now(), 1.0))  # a day of trade a second
    movements = moved(shop)
    assert {m.status for m in movements} == {"applied"}
    sold = [m for m in movements if m.kind == "sale"]
    assert selling.tally.sales == len(sold) > 40
    assert selling.tally.units == -sum(m.quantity for m in sold)
    deliveries = [m for m in movements if m.kind == "receipt"]
    assert selling.tally.deliveries == len(deliveries) >= 8
    rich = shop.stores[2].id, shop.products[3].id
    assert [m for m in deliveries if (m.store_id, m.product_id) == rich] == []  # there was enough
    assert all(m.unit_price == 4 for m in sold)
    assert verification.verify(organization_id=shop.organization.id).drift == 0
    assert all(shop.on_hand(store, product) >= 0 for store in range(3) for product in range(4))


def test_an_interval_that_is_repeated_after_trouble_sells_once() -> None:
    shop = shop_with_history()
    selling = of(shop, speed=86_400.0)
    planned = selling.plan(clock.now(), 1.0)
    selling.sell(planned)
    count, left = len(moved(shop)), shop.on_hand(2, 3)
    selling.intervals -= 1  # the same interval's keys again
    selling.sell(planned)
    assert len(moved(shop)) == count
    assert shop.on_hand(2, 3) == left


def test_only_the_named_stores_sell_and_retired_products_do_not() -> None:
    shop = shop_with_history()
    with tenancy.scope(shop.organization.id):
        shop.products[3].lifecycle = "discontinued"
        shop.products[3].save()
    selling = of(shop, store_ids={shop.stores[1].id})
    assert set(selling.model.stores.tolist()) == {shop.stores[1].id}
    assert shop.products[3].id not in selling.model.products.tolist()


def test_without_a_history_the_ledgers_own_sales_are_followed() -> None:
    shop = build_shop()
    assert stream.open_stream(organization_id=shop.organization.id) is None
    shop.post("IN", 100)
    for days in (7, 5, 1):
        at = (clock.now() - np.timedelta64(days, "D").item()).isoformat()
        shop.post("sale", 12, effective_at=at)
    learned = of(shop).model
    assert learned.mean.tolist() == pytest.approx([36 / 7])


def test_play_sells_every_interval_until_told_to_stop() -> None:
    shop = shop_with_history()
    selling = of(shop, speed=20_000.0)
    stop, reports = Event(), []

    def report() -> None:
        reports.append(selling.tally.sales)
        if len(reports) == 3:
            stop.set()

    stream.play([selling], interval=0.05, stop=stop, duration=None, report=report)
    assert len(reports) == 3
    assert reports == sorted(reports)
    assert reports[-1] > 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_ends_cleanly_when_asked(number: signal.Signals) -> None:
    shop = shop_with_history()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "stream_sales", "--organization", str(shop.organization.id),
         "--interval", "0.2", "--speed", "5000", "--seed", "1"],
        cwd=BASE_DIR, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert "1 organisations, 12 products in stores" in process.stdout.readline()
    time.sleep(2)
    process.send_signal(number)
    said = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert f"{sum(m.kind == 'sale' for m in moved(shop))} sales of" in said
    assert moved(shop) != []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--organization", "nobody-has-this"], "There is no such organisation"),
        (["--stores", "NO-SUCH-STORE"], "There is no store with the code NO-SUCH-STORE."),
        (["--interval", "0"], "is not a number above 0"),
        (["--seed", "-1"], "A seed is a whole number, 0 or more."),
    ],
)
def test_a_wrong_option_is_one_sentence(words: list[str], sentence: str) -> None:
    shop_with_history()
    done = subprocess.run(
        [sys.executable, "manage.py", "stream_sales", *words], cwd=BASE_DIR, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0
    assert sentence in done.stderr


def test_a_days_luck_is_the_same_for_every_start(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = shop_with_history()
    first, second = of(shop), of(shop)
    today = clock.now().date()
    assert (first.model.luck(first.seed, today) == second.model.luck(second.seed, today)).all()
    assert isinstance(first.model, model.Model)
    assert first.run != second.run
