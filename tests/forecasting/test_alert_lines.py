"""The conditions of alerts, at their boundaries: the one statement against a plain reading of docs/alerts.md."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import Product
from forecasting.models import Alert, Forecast, RestockLevel
from inventory_project.kernel import tenancy
from stock.models import Stock
from tests.factories.alerts import review
from tests.factories.restock import forecast
from tests.factories.stock import Shop, build_shop

PRODUCTS = 80
STEP = Decimal("0.001")
SEVERITIES = {1: "critical", 2: "high", 3: "medium"}


@dataclass(frozen=True)
class Case:
    """A product in a store. `units`: the forecast of 1, 7, 14 and 30 days; `level`: the policy's reorder point,
    order-up-to level and lead time."""

    available: Decimal
    units: tuple[Decimal, Decimal, Decimal, Decimal] | None
    reorder_level: Decimal
    shelf_up_to: Decimal | None
    level: tuple[Decimal, Decimal, int] | None
    lifecycle: str


def expected(case: Case) -> dict[str, str]:
    """Severity by kind, in words of the documentation."""
    found: dict[str, int] = {}
    units, available = case.units, case.available
    pressure = None if units is None else 1 if available < units[0] else 2 if available < units[1] else 3
    if case.lifecycle in ("new", "active"):
        if available <= 0:
            found["out_of_stock"] = 2 if units is None else 1 if units[3] > 0 else 3
        if units is not None and available < units[3]:
            found["at_risk"] = pressure or 0
        points = [case.reorder_level] if case.reorder_level > 0 else []
        points += [case.level[0]] if case.level else []
        if points and max(points) > 0 and available <= max(points):
            found["below_reorder_point"] = pressure or 3
        if units is not None and units[3] > 0 and available < demand(units, case.level[2] if case.level else 7):
            found["predicted_stockout"] = pressure or 0
    limits = []
    if units is not None and units[3] > 0:
        limits.append(max(units[3] * 90 / 30, case.reorder_level, case.level[1] if case.level else Decimal(0)))
    if case.shelf_up_to is not None:
        limits.append(case.shelf_up_to * Decimal("1.5"))
    if limits and available > min(limits):
        found["overstock"] = 3
    return {kind: SEVERITIES[severity] for kind, severity in found.items()}


def demand(units: tuple[Decimal, ...], days: int) -> Decimal:
    known = [(0, Decimal(0)), *zip((1, 7, 14, 30), units, strict=True)]
    for (before, low), (after, high) in zip(known, known[1:], strict=False):
        if days <= after:
            return low + (high - low) * (days - before) / (after - before)
    return units[3] * days / 30


def draw(rng: random.Random) -> Case:
    """Near the lines more often than chance would have it."""
    units = None
    if rng.random() < 0.8:
        steps = [Decimal(rng.choice([0, 0, 1, 3, 7.5, 0.3, 2.001])) for _ in range(4)]
        units = (steps[0], steps[0] + steps[1], sum(steps[:3], Decimal(0)), sum(steps, Decimal(0)))
        units = tuple(each.quantize(STEP) for each in units)
    level = None
    if units is not None and rng.random() < 0.6:
        point = Decimal(rng.randint(0, 30000)) / 1000
        level = (point, point + rng.randint(0, 20), rng.choice([0, 1, 3, 7, 10, 20, 45]))
    case = Case(
        available=Decimal(rng.randint(0, 90)),
        units=units,  # type: ignore[arg-type]
        reorder_level=Decimal(rng.choice([0, 0, 5, 12.5])),
        shelf_up_to=rng.choice([None, None, Decimal(20), Decimal("12.5")]),
        level=level,
        lifecycle=rng.choice(["new", "active", "active", "active", "phase_out", "discontinued"]),
    )
    lines = [*(units or ()), *(level[:2] if level else ()), case.reorder_level, Decimal(0)]
    lines += [demand(units, level[2])] if units and level else []
    lines += [case.shelf_up_to * Decimal("1.5")] if case.shelf_up_to else []
    at = rng.choice(lines)
    near = Decimal(math.floor(at * 1000)) / 1000 + rng.choice([-1, 0, 0, 1]) * STEP
    return replace(case, available=max(near, Decimal(0))) if rng.random() < 0.7 else case


def put(shop: Shop, cases: list[Case]) -> None:
    """The cases as they would stand in the tables."""
    organization, store = shop.organization, shop.stores[0]
    units_of = dict(zip([each.pk for each in shop.products], [case.units for case in cases], strict=True))
    forecast(shop, {(0, number): 1.0 for number, case in enumerate(cases) if case.units is not None})
    with tenancy.scope(organization.id):
        made = list(Forecast.objects.all())
        Forecast.objects.all().delete()
        for each in made:
            each.units_1, each.units_7, each.units_14, each.units_30 = map(float, units_of[each.product_id] or ())
        Forecast.objects.bulk_create(made)
        for product, case in zip(shop.products, cases, strict=True):
            Product.objects.filter(pk=product.pk).update(
                lifecycle=case.lifecycle, reorder_level=case.reorder_level, order_up_to=case.shelf_up_to
            )
            status = "out" if case.available <= 0 else "low" if case.available <= case.reorder_level else "in_stock"
            if status == "in_stock" and case.shelf_up_to is not None and case.available > case.shelf_up_to:
                status = "over"
            Stock.objects.create(
                organization=organization, store=store, product=product, on_hand=case.available, status=status,
                reorder_level=case.reorder_level, order_up_to=case.shelf_up_to,
            )  # fmt: skip
            if case.level is not None:
                RestockLevel.objects.create(
                    organization=organization, store=store, product=product, reorder_point=float(case.level[0]),
                    order_up_to=float(case.level[1]), lead_days=case.level[2],
                )  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> tuple[list[Case], list[dict[str, str]], list[tuple[Decimal, Decimal]]]:
    """So many cases looked at at once: what was raised of each, and its two lines."""
    rng = random.Random(11)
    cases = [draw(rng) for _ in range(PRODUCTS)]
    shop = build_shop(stores=1, products=PRODUCTS)
    put(shop, cases)
    review(shop)
    with tenancy.scope(shop.organization.id):
        alerts = list(Alert.objects.filter(closed_at=None).values_list("product_id", "kind", "severity"))
        lines: dict[int, Any] = {
            row[0]: row[1:] for row in Stock.objects.values_list("product_id", "watch_below", "watch_above")
        }
    found = [
        {kind: SEVERITIES[at] for product_id, kind, at in alerts if product_id == each.pk} for each in shop.products
    ]
    return cases, found, [lines[each.pk] for each in shop.products]


def test_alerts_are_raised_exactly_where_the_documentation_says(judged: Any):
    cases, found, _ = judged
    wrong = [(case, got, expected(case)) for case, got in zip(cases, found, strict=True) if got != expected(case)]
    assert wrong == []
    kinds = {(kind, severity) for got in found for kind, severity in got.items()}
    assert len(kinds) >= 12, "the cases meet every kind at more than one severity"


def test_between_its_lines_nothing_about_a_balance_changes(judged: Any):
    cases, found, lines = judged
    rng = random.Random(5)
    for case, got, (below, above) in zip(cases, found, lines, strict=True):
        assert below <= case.available < above
        top = min(above - STEP, case.available + 100)
        for at in (max(below, Decimal(-50)), top, case.available + (top - case.available) * Decimal(str(rng.random()))):
            assert expected(replace(case, available=at.quantize(STEP))) == got, (case, at, below, above)


def test_beyond_its_lines_something_would_change_or_a_forecast_line_was_met(judged: Any):
    """Lines are not drawn where nothing happens: a balance that called for nothing would be looked at for nothing."""
    cases, found, lines = judged
    moved = [
        (expected(replace(case, available=above)), got, case)
        for case, got, (_, above) in zip(cases, found, lines, strict=True)
        if above < 10**9
    ]
    silent = [case for now, got, case in moved if now == got]
    assert len(silent) <= len(moved) // 10, silent
