"""Quantities people chose themselves, looked at when their days are over."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from forecasting.models import OverrideOutcome, RestockLine
from forecasting.services import finishing
from inventory_project.kernel import clock, tenancy
from tests.factories.exports import body_of
from tests.factories.forecasting import close, sell, yesterday
from tests.factories.restock import lines_of, propose, restock_shop
from tests.factories.stock import Shop


def overridden(shop: Shop, line: dict[str, Any], quantity: int, reason: str) -> None:
    """The line, accepted with another quantity by one manager who was asked for it by another."""
    path = f"/api/restock/lines/{line['id']}/"
    body = {"quantity": quantity, "reason": reason}
    assert shop.client_for("manager").patch(path, body, format="json").status_code == 200
    answer = shop.client.post("/api/restock/accept/", {"lines": [line["id"]]}, format="json")
    assert answer.status_code == 201, answer.content


def read(shop: Shop, path: str, client: Any = None) -> Any:
    answer = (client or shop.client).get(f"/api/restock/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def judge(shop: Shop) -> int:
    finishing._judge(shop.organization.id)
    with tenancy.scope(shop.organization.id):
        return int(OverrideOutcome.objects.count())


def test_a_person_s_quantity_is_looked_at_beside_the_proposed_one_when_its_days_are_over() -> None:
    shop = restock_shop({(0, 0): 4.0, (0, 1): 4.0}, {(0, 0): 2, (0, 1): 2}, stores=1)
    propose(shop)
    tea, oil = sorted(lines_of(shop), key=lambda line: line["sku"])
    overridden(shop, tea, 80, "the fair")
    overridden(shop, oil, 5, "no room")
    assert judge(shop) == 0, "the days are not over"
    store, product = shop.stores[0], shop.products[0]
    first = yesterday(store) - timedelta(days=9)
    with tenancy.scope(shop.organization.id):
        begun = clock.now() - timedelta(days=10)
        RestockLine.objects.filter(pk__in=[tea["id"], oil["id"]]).update(decided_at=begun)
    # Seven days of 5, and after the first of them nothing was left of the tea on the last, when 1 was sold.
    for each in shop.products[:2]:
        sell(store, each, np.array([5.0] * 6 + [1.0]), last=first + timedelta(days=6))
    close(store, product, {first: 9, first + timedelta(days=6): 0})
    assert (judge(shop), judge(shop)) == (2, 2)
    rows = {row["sku"]: row for row in read(shop, "overrides/")["results"]}
    row, proposed = rows["SKU-1"], Decimal(str(tea["quantity"]))
    assert (row["first_day"], row["sold"], row["sold_out_days"], row["demand"]) == (first.isoformat(), 31, 1, 34)
    assert (row["proposed"], row["ordered"], row["supply"]) == (proposed, 80, 2)
    assert (row["short_ordered"], row["left_ordered"]) == (0, 48)
    assert (row["short_proposed"], row["left_proposed"]) == (max(32 - proposed, 0), max(proposed - 32, 0))
    assert (row["cost_left_ordered"], row["margin_missed_ordered"]) == (120, 0)
    assert row["sentence"].startswith(f"{row['person']} ordered 80 instead of {proposed}. At least 34 were wanted")
    assert "48 were left over" in row["sentence"]
    cut = rows["SKU-2"]
    # Nothing says that the oil was sold out.
    assert (cut["demand"], cut["short_ordered"], cut["margin_missed_ordered"]) == (31, 24, 36)
    detail = read(shop, f"lines/{tea['id']}/")
    assert (detail["outcome"]["sentence"], detail["outcome"]["left_ordered"]) == (row["sentence"], 48)
    assert detail["chosen_by"] == row["person"] != detail["decided_by"]

    [whole] = [*{each["currency"] for each in read(shop, "overrides/totals/?by=store")["results"]}]
    reasons = {each["reason"]: each for each in read(shop, "overrides/totals/?by=reason")["results"]}
    assert (whole, reasons.keys()) == ("USD", {"the fair", "no room"})
    assert (reasons["no room"]["short_ordered"], reasons["no room"]["shorter"]) == (24, 1)
    assert reasons["the fair"]["left_ordered"] == 48
    people = read(shop, "overrides/totals/")["results"]
    assert sum(each["lines"] for each in people) == 2
    assert [row["sku"] for row in read(shop, "overrides/?reason=NO ROOM")["results"]] == ["SKU-2"]
    assert read(shop, f"overrides/?until={first.isoformat()}")["results"] == []
    file = body_of(shop.client.get("/api/restock/overrides/totals/?by=reason&format=csv")).decode()
    assert {line["reason"] for line in csv.DictReader(io.StringIO(file))} == {"the fair", "no room"}

    staff = shop.client_for("staff")
    assert not [name for name in read(shop, "overrides/", staff)["results"][0] if "cost" in name or "margin" in name]
    assert "cost_left_ordered" not in read(shop, f"lines/{tea['id']}/", staff)["outcome"]
    assert "cost_left_ordered" not in read(shop, "overrides/totals/", staff)["results"][0]


def test_a_line_nobody_changed_is_not_judged() -> None:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 2}, stores=1, products=1)
    propose(shop)
    [line] = lines_of(shop)
    answer = shop.client.post("/api/restock/accept/", {"lines": [line["id"]]}, format="json")
    assert answer.status_code == 201
    with tenancy.scope(shop.organization.id):
        RestockLine.objects.update(decided_at=clock.now() - timedelta(days=90))
    assert judge(shop) == 0
    assert read(shop, f"lines/{line['id']}/")["outcome"] is None
