"""A count while the shop sells, through HTTP: what is found missing is what is missing, whatever arrives late."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from inventory_project.kernel import clock
from stock.services import verification
from tests.factories.counts import Counting, plan_count, post_movements, stocked_shop
from tests.factories.stock import Shop

LINES = 200
SALES = 1000
HOURS = 8
LATE = timedelta(hours=6)


@dataclass
class Day:
    """What truly happened: sales by time, what each shelf held at any moment, and the planted errors."""

    shop: Shop
    opened: datetime
    dice: random.Random
    errors: dict[int, int] = field(default_factory=dict)
    sales: list[tuple[datetime, int, int]] = field(default_factory=list)

    def shelf(self, product: int, at: datetime) -> int:
        sold = sum(quantity for when, what, quantity in self.sales if what == product and when <= at)
        return 100 + self.errors.get(product, 0) - sold

    def moment(self, first: float, last: float) -> datetime:
        return self.opened + timedelta(hours=self.dice.uniform(first, last))

    def rows(self, sales: list[tuple[datetime, int, int]]) -> list[dict[str, Any]]:
        return [self.shop.movement("OUT", q, 0, p, effective_at=at.isoformat()) for at, p, q in sales]


def a_day(seed: int) -> Day:
    dice = random.Random(seed)
    opened = clock.now() - timedelta(hours=HOURS)
    shop = stocked_shop(LINES, at=opened - timedelta(hours=1))
    day = Day(shop, opened, dice)
    day.errors = {product: dice.choice([-7, -3, -2, -1, 1, 2, 5]) for product in dice.sample(range(LINES), 40)}
    day.sales = [(day.moment(0, HOURS), dice.randrange(LINES), dice.randint(1, 3)) for _ in range(SALES)]
    return day


def count_everything(day: Day, count: Counting) -> None:
    """One pass through the shop from hour 2 to 7; every fourth product lies in two places, counted by two people in the
    same minute."""
    rows = []
    for product in range(LINES):
        at = day.moment(2, 7)
        found = day.shelf(product, at)
        parts = [found]
        if product % 4 == 0:
            back = day.dice.randint(0, found)
            parts = [found - back, back]
        rows += [
            {
                "product": day.shop.products[product].id,
                "quantity": part,
                "counted_at": at.isoformat(),
                "place": place,
                "idempotency_key": f"{product}-{place}",
            }
            for part, place in zip(parts, ("shelf", "back room"), strict=False)
        ]
    day.dice.shuffle(rows)
    for start in range(0, len(rows), 50):
        count.ok("entries", {"entries": rows[start : start + 50]})


def planted(day: Day) -> dict[int, int]:
    return {product: day.errors.get(product, 0) for product in range(LINES)}


@pytest.mark.parametrize("arrival", ["before approval", "after approval"])
def test_the_variance_of_two_hundred_lines_is_exactly_what_was_planted(arrival: str) -> None:
    day = a_day(seed=7)
    shop = day.shop
    late = [sale for sale in day.sales if day.dice.random() < 0.3]
    in_time = [sale for sale in day.sales if sale not in late]
    count = plan_count(shop, "full", planned_for=str(day.opened.date()))
    count.ok("start")
    post_movements(shop, day.rows(in_time[: len(in_time) // 2]))
    count_everything(day, count)
    post_movements(shop, day.rows(in_time[len(in_time) // 2 :]))
    count.ok("submit")
    assert count.variances() != planted(day), "the late sales are not known yet"
    if arrival == "before approval":
        post_movements(shop, day.rows(late))
        assert count.variances() == planted(day)
        count.ok("approve")
        assert count.ok("correct-late") == {"corrections": []}
    else:
        six_hours = [sale for sale in late if sale[0] < day.opened + timedelta(hours=HOURS) - LATE]
        assert len(six_hours) > 30
        count.ok("approve")
        post_movements(shop, day.rows(late))
        assert count.ok("correct-late")["corrections"]
        assert count.ok("correct-late") == {"corrections": []}
    assert count.variances() == planted(day)
    end = day.opened + timedelta(hours=HOURS)
    for product in day.dice.sample(range(LINES), 60):
        assert shop.on_hand(0, product) == day.shelf(product, end)
    summary = count.get("summary")
    net = sum(day.errors.values())
    assert (summary["shrinkage_units"], summary["accurate"]) == (-net, LINES - len(day.errors))
    assert summary["shrinkage_cost"] == pytest.approx(-net * 2.5)
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_a_manager_plans_staff_count_blind_and_the_manager_approves() -> None:
    shop = stocked_shop(4, units=20)
    manager = shop.client_for("manager", stores=[shop.stores[0]])
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    count = plan_count(shop, "full", client=manager, name="Inventory night")
    assert count.verb("start", client=staff).status_code == 200
    ids = [product.id for product in shop.products]
    found = [{"product": ids[0], "quantity": 20}, {"product": ids[1], "quantity": 12, "place": "shelf"}]
    assert count.verb("entries", found, client=staff).status_code == 201
    assert count.verb("entries", {"product": ids[1], "quantity": 5, "place": "cellar"}).status_code == 201
    assert count.verb("entries", {"product": shop.products[2].sku, "quantity": 21}, client=staff).status_code == 201
    assert shop.post("OUT", 4, 0, 1).json()["status"] == "applied"
    assert all("book" not in line and "variance" not in line for line in count.lines(staff).values())
    assert count.verb("submit", client=staff).status_code == 200
    assert count.get("summary")["uncounted_products"] == [
        {"product": ids[3], "sku": "SKU-4", "product_name": "Product 4"}
    ]
    assert {n: line["variance"] for n, line in count.lines().items()} == {0: 0, 1: -3, 2: 1, 3: None}
    assert count.verb("recount", {"which": "variance"}).status_code == 200
    again = [{"product": ids[1], "quantity": 13}, {"product": ids[2], "quantity": 20}]
    assert count.verb("entries", again, client=staff).status_code == 201
    assert count.verb("submit", client=staff).status_code == 200
    assert {n: line["variance"] for n, line in count.lines().items()} == {0: 0, 1: -3, 2: 0, 3: None}
    assert count.verb("approve", client=staff).status_code == 403
    assert count.verb("approve").json()["state"] == "posted"
    assert [shop.on_hand(0, number) for number in range(4)] == [Decimal(20), Decimal(13), Decimal(20), Decimal(20)]
    movements = shop.client.get("/api/stock-movements/", {"movement_type": "count_adjustment"}).json()["results"]
    assert [(m["delta"], m["reference"], m["product"]) for m in movements] == [(-3, "CNT-000001", ids[1])]
    accuracy = manager.get("/api/counts/accuracy/", {"store": shop.stores[0].id}).json()
    assert (accuracy["total"]["accuracy"], accuracy["total"]["shrinkage_units"]) == (0.6667, 3)
    assert accuracy["total"]["shrinkage_cost"] == 7.5
