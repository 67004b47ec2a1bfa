"""The sums behind the sales analytics: equal to what they are sums of, whenever they are rolled."""

from __future__ import annotations

import io
import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM
from stock.choices import AppliedVia
from stock.models import DailySales, SalesRollup, SalesTotal
from stock.services import history, ledger, ledger_rows, sales_rollup, verification
from tests.factories.catalog import build_category
from tests.factories.stock import Shop, build_shop
from tests.support.superuser import superuser


def roll(shop: Shop) -> None:
    assert sales_rollup.roll(organization_id=shop.organization.id)


def load_history(shop: Shop, *rows: str) -> None:
    text = "\n".join(["date,store,item,sales", *rows, ""]).encode()
    history.load(file=io.BytesIO(text), name="f.csv", organization_id=shop.organization.id, acting_as=SYSTEM)


def drift(shop: Shop) -> int:
    return int(verification.verify(organization_id=shop.organization.id).drift)


def total(shop: Shop, scope: str, day: str, span: str = "D") -> SalesTotal | None:
    with tenancy.scope(shop.organization.id):
        found: SalesTotal | None = SalesTotal.objects.filter(scope=scope, date=day, span=span).first()
        return found


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=2, products=2)
    shop.post("IN", 100, effective_at="2026-01-01T09:00:00Z")
    return shop


def test_a_day_s_sales_keep_their_cost_and_number(shop: Shop) -> None:
    shop.post("OUT", 3, unit_price=5, effective_at="2026-02-03T10:00:00Z")
    sold = shop.post("OUT", 1, unit_price=5, effective_at="2026-02-03T11:00:00Z").json()
    shop.post("customer_return", 1, unit_price=5, effective_at="2026-02-03T12:00:00Z")
    assert shop.client.post(f"/api/stock-movements/{sold['id']}/reverse/", {"reason": "x"}).status_code == 201
    with tenancy.scope(shop.organization.id):
        day = DailySales.objects.get(date="2026-02-03")
    assert (day.units, day.revenue, day.cost, day.costed_revenue, day.transactions) == (2, 10, 5, 10, 1)
    assert drift(shop) == 0


def test_weighed_goods_at_odd_prices_keep_every_digit(shop: Shop) -> None:
    shop.post("OUT", "0.125", unit_price="4.99", effective_at="2026-02-03T10:00:00Z")
    shop.post("OUT", "0.333", unit_price="1.9999", effective_at="2026-02-03T10:01:00Z")
    with tenancy.scope(shop.organization.id):
        assert DailySales.objects.get(date="2026-02-03").revenue == Decimal("0.125") * Decimal("4.99") + Decimal(
            "0.333"
        ) * Decimal("1.9999")
    roll(shop)
    assert drift(shop) == 0


def test_a_late_sale_reaches_its_own_day_and_month(shop: Shop) -> None:
    roll(shop)
    shop.post("OUT", 4, effective_at="2026-02-03T10:00:00Z")
    assert total(shop, "all USD", "2026-02-03") is None
    roll(shop)
    for scope in ("all USD", "region USD ", f"store {shop.stores[0].id}"):
        for span, day in (("D", "2026-02-03"), ("M", "2026-02-01")):
            found = total(shop, scope, day, span)
            assert found is not None
            assert (found.units, found.revenue, found.transactions) == (4, 16, 1)
    assert drift(shop) == 0


def test_rolling_twice_adds_nothing_twice(shop: Shop) -> None:
    shop.post("OUT", 4, effective_at="2026-02-03T10:00:00Z")
    for _ in range(3):
        roll(shop)
    found = total(shop, "all USD", "2026-02-03")
    assert found is not None
    assert found.units == 4
    assert drift(shop) == 0


def test_history_counts_until_the_ledger_knows_the_day(shop: Shop) -> None:
    load_history(shop, "2026-02-03,S1,SKU-1,7", "2026-02-03,S1,SKU-2,2", "2026-02-04,S1,SKU-1,5")
    roll(shop)
    found = total(shop, "all USD", "2026-02-03")
    assert found is not None
    assert (found.units, found.history_units) == (0, 9)
    shop.post("OUT", 1, effective_at="2026-02-03T10:00:00Z")
    roll(shop)
    shop.post("OUT", 1, effective_at="2026-02-03T11:00:00Z")
    roll(shop)
    found = total(shop, "all USD", "2026-02-03")
    assert found is not None
    assert (found.units, found.history_units) == (2, 2)
    assert drift(shop) == 0


def test_a_history_load_makes_the_sums_anew(shop: Shop) -> None:
    shop.post("OUT", 1, effective_at="2026-02-03T10:00:00Z")
    roll(shop)
    load_history(shop, "2026-02-03,S1,SKU-1,7", "2025-02-03,S1,SKU-1,7")
    with tenancy.scope(shop.organization.id):
        assert SalesRollup.objects.get().stale
    assert shop.organization.id in sales_rollup.due()
    roll(shop)
    with tenancy.scope(shop.organization.id):
        assert not SalesRollup.objects.get().stale
    found, before = total(shop, "all USD", "2026-02-03"), total(shop, "all USD", "2025-02-03")
    assert found is not None
    assert before is not None
    assert (found.history_units, before.history_units) == (0, 7)
    assert drift(shop) == 0


def test_a_store_that_moves_to_another_region_takes_its_sales_along(shop: Shop) -> None:
    shop.post("OUT", 4, effective_at="2026-02-03T10:00:00Z")
    roll(shop)
    answer = shop.client.patch(f"/api/stores/{shop.stores[0].id}/", {"region": "North"})
    assert answer.status_code == 200, answer.content
    assert shop.organization.id in sales_rollup.due()
    roll(shop)
    found = total(shop, "region USD NORTH", "2026-02-03")
    assert found is not None
    assert found.units == 4
    assert total(shop, "region USD ", "2026-02-03") is None
    assert drift(shop) == 0


def test_a_product_that_changes_its_category_takes_its_sales_along(shop: Shop) -> None:
    tea, oil = (build_category(shop.organization, name=name) for name in ("Tea", "Oil"))
    load_history(shop, "2025-02-03,S1,SKU-1,7", "2026-02-03,S1,SKU-1,7")

    def asked() -> dict[tuple[str, str], float]:
        query = "by=store&period=custom&start_date=2025-01-01&end_date=2026-02-28"
        found = {}
        for category in (tea.name, oil.name):
            answer = shop.client.get(f"/api/sales/aggregated/?{query}&category={category}").json()
            found |= {(category, row["store_code"]): row["units"] for row in answer["results"]}
        return found

    for category, units_before, units in ((tea, 14, 11), (oil, 11, 15), (None, None, None)):
        changed = shop.client.patch(f"/api/products/{shop.products[0].pk}/", {"category": category and category.pk})
        assert changed.status_code == 200, changed.content
        assert asked() == ({(category.name, "S1"): units_before} if category else {})
        shop.post("OUT", 4, effective_at="2026-02-03T10:00:00Z")
        assert shop.organization.id in sales_rollup.due()
        roll(shop)
        assert asked() == ({(category.name, "S1"): units} if category else {})
        assert drift(shop) == 0


def test_tampering_with_a_sum_shows(shop: Shop) -> None:
    shop.post("OUT", 4, effective_at="2026-02-03T10:00:00Z")
    roll(shop)
    for table, column in (
        ("stock_salestotal", "units"),
        ("stock_productsalestotal", "revenue"),
        ("stock_categorysalestotal", "transactions"),
        ("stock_seriessalesmonth", "cost"),
    ):
        with superuser(tampering=True) as connection:
            where = f"WHERE organization_id = {shop.organization.id}"
            connection.execute(f"UPDATE {table} SET {column} = {column} + 1 {where}")
        assert verification.verify(organization_id=shop.organization.id).rollup_drift > 0
        with superuser(tampering=True) as connection:
            connection.execute(f"UPDATE {table} SET {column} = {column} - 1 {where}")
        assert drift(shop) == 0


def test_a_slow_transaction_is_not_skipped(shop: Shop) -> None:
    """A sale applied before a rolling and committed after it is added by the next one, and once."""
    now = "2026-02-03T10:00:00+00:00"
    row = ledger_rows.row_defaults(
        id=ledger_rows.new_id(),
        store=shop.stores[0].id,
        product=shop.products[0].id,
        kind="sale",
        quantity="-4",
        effective_at=now,
        recorded_at=now,
        actor=None,
        actor_label="x",
        request_id="",
        source="api",
    )
    roll(shop)
    with ThreadPoolExecutor(1) as other:
        with tenancy.scope(shop.organization.id):
            assert ledger.apply_step([row], via=AppliedVia.REQUEST)[0].status == "applied"
            other.submit(roll_elsewhere, shop).result()
        assert total(shop, "all USD", "2026-02-03") is None
        other.submit(roll_elsewhere, shop).result()
        other.submit(roll_elsewhere, shop).result()
    found = total(shop, "all USD", "2026-02-03")
    assert found is not None
    assert found.units == 4
    assert drift(shop) == 0


def roll_elsewhere(shop: Shop) -> None:
    """In another thread, so over another connection."""
    roll(shop)
    connections.close_all()


DAYS = [date(2026, 1, 30) + timedelta(days=n) for n in range(5)]
day = st.sampled_from(DAYS)
series = st.tuples(st.integers(0, 1), st.integers(0, 1))
units = st.sampled_from(["1", "2", "0.125", "3.5"])
price = st.sampled_from(["4.99", "1.9999", "10"])


QUESTIONS = [
    "by=store&category=Tea",
    "by=store&product=SKU-1",
    "by=category",
    "by=category&store=S1",
    "by=product&store=S2",
]
PERIODS = [(date(2026, 1, 2), date(2026, 2, 2)), (date(2026, 2, 2), date(2026, 2, 28))]


class Trade(RuleBasedStateMachine):
    """Sales late and early, returns, reversals, history before and after, stores and products that move elsewhere,
    rolling at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.shop = build_shop(stores=2, products=2)
        self.categories = {name: build_category(self.shop.organization, name=name).pk for name in ("Tea", "Oil")}
        self.category_of: list[str | None] = [None, None]
        self.history: dict[tuple[int, int, date], Decimal] = {}
        self.ledger: dict[tuple[int, int, date], list[Decimal]] = {}
        self.sold: list[tuple[str, tuple[int, int, date], Decimal, Decimal]] = []
        for store in range(2):
            for product in range(2):
                self.shop.post("IN", 10000, store, product, effective_at="2026-01-01T09:00:00Z")

    @rule(where=series, when=day, quantity=units, at=price, back=st.booleans())
    def trade(self, where: Any, when: date, quantity: str, at: str, back: bool) -> None:
        kind, sign = ("customer_return", -1) if back else ("OUT", 1)
        answer = self.shop.post(kind, quantity, *where, unit_price=at, effective_at=f"{when}T10:00:00Z")
        assert answer.status_code == 201, answer.content
        key = (*where, when)
        self._add(key, sign * Decimal(quantity), sign * Decimal(quantity) * Decimal(at))
        self.sold.append((answer.json()["id"], key, sign * Decimal(quantity), Decimal(at)))

    def _add(self, key: tuple[int, int, date], quantity: Decimal, revenue: Decimal) -> None:
        known = self.ledger.setdefault(key, [Decimal(0), Decimal(0)])
        known[0] += quantity
        known[1] += revenue

    @rule()
    def reverse_the_last(self) -> None:
        if self.sold:
            id, key, quantity, at = self.sold.pop()
            answer = self.shop.client.post(f"/api/stock-movements/{id}/reverse/", {"reason": "x"})
            assert answer.status_code == 201, answer.content
            self._add(key, -quantity, -quantity * at)

    @rule(where=series, when=day, quantity=units)
    def load(self, where: Any, when: date, quantity: str) -> None:
        load_history(self.shop, f"{when},S{where[0] + 1},SKU-{where[1] + 1},{quantity}")
        self.history[(*where, when)] = Decimal(quantity)

    @rule(store=st.integers(0, 1), region=st.sampled_from(["", "North", "north", "South"]))
    def move_store(self, store: int, region: str) -> None:
        answer = self.shop.client.patch(f"/api/stores/{self.shop.stores[store].id}/", {"region": region})
        assert answer.status_code == 200, answer.content

    @rule(product=st.integers(0, 1), category=st.sampled_from(["Tea", "Oil", None]))
    def recategorize(self, product: int, category: str | None) -> None:
        named = {"category": category and self.categories[category]}
        answer = self.shop.client.patch(f"/api/products/{self.shop.products[product].pk}/", named)
        assert answer.status_code == 200, answer.content
        self.category_of[product] = category

    @rule()
    def roll(self) -> None:
        roll(self.shop)

    @rule(question=st.sampled_from(QUESTIONS), period=st.sampled_from(PERIODS))
    def ask(self, question: str, period: tuple[date, date]) -> None:
        """By month and day together: some days are added to whole months, others are taken away."""
        query = f"period=custom&start_date={period[0]}&end_date={period[1]}&{question}"
        answer = self.shop.client.get(f"/api/sales/aggregated/?{query}")
        assert answer.status_code == 200, answer.content
        asked = dict(parse_qsl(question))
        wanted: dict[Any, Decimal] = {}
        for key in {*self.ledger, *self.history}:
            store, product, when = key
            names = {"store": f"S{store + 1}", "product": f"SKU-{product + 1}", "category": self.category_of[product]}
            if not period[0] <= when <= period[1] or any(names[n] != v for n, v in asked.items() if n != "by"):
                continue
            units = self.ledger[key][0] if key in self.ledger else self.history[key]
            wanted[names[asked["by"]]] = wanted.get(names[asked["by"]], Decimal(0)) + units
        column = {"store": "store_code", "product": "sku"}.get(asked["by"], asked["by"])
        found = {row[column]: Decimal(str(row["units"])) for row in answer.json()["results"]}
        for name in {*wanted, *found}:
            assert found.get(name, 0) == wanted.get(name, 0), (question, period, name)

    @invariant()
    def every_answer_is_the_same(self) -> None:
        wanted: dict[str, list[Decimal]] = {}
        for key in {*self.ledger, *self.history}:
            of_ledger = self.ledger.get(key)
            sums = wanted.setdefault(key[2].isoformat(), [Decimal(0)] * 3)
            sums[0] += of_ledger[0] if of_ledger else self.history[key]
            sums[1] += of_ledger[1] if of_ledger else Decimal(0)
        answer = self.shop.client.get(
            "/api/sales/aggregated/?by=day&period=custom&start_date=2026-01-30&end_date=2026-02-03"
        )
        assert answer.status_code == 200, answer.content
        found = {row["date"]: row for row in answer.json()["results"]}
        for name, (quantity, revenue, _) in wanted.items():
            assert Decimal(str(found[name]["units"])) == quantity
            assert Decimal(str(found[name]["revenue"] or 0)) == revenue
        products = self.shop.client.get(
            "/api/sales/aggregated/?by=product&period=custom&start_date=2026-01-30&end_date=2026-02-03"
        ).json()["results"]
        assert sum(Decimal(str(row["units"])) for row in products) == sum(sums[0] for sums in wanted.values())

    def teardown(self) -> None:
        assert drift(self.shop) == 0
        for question, period in itertools.product(QUESTIONS, PERIODS):
            self.ask(question, period)
        roll(self.shop)
        assert drift(self.shop) == 0
        self.every_answer_is_the_same()
        for question, period in itertools.product(QUESTIONS, PERIODS):
            self.ask(question, period)


@pytest.mark.slow
def test_sums_answer_as_the_base_does_through_any_trade() -> None:
    run_state_machine_as_test(
        Trade,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_quarters_too_old_are_forgotten(shop: Shop) -> None:
    now = clock.now()
    shop.post("IN", 2, effective_at=(now - timedelta(hours=1)).isoformat())
    roll(shop)
    assert drift(shop) == 0
