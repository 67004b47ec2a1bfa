"""Lead times measured from goods receipts: means and spreads against the numbers worked out by hand."""

from __future__ import annotations

import statistics
from typing import Any

import pytest

from inventory_project.kernel import tenancy
from stock.selectors import lead_times
from tests.factories.purchases import arrive, build_supplier, ordered, read
from tests.factories.stock import Shop, build_shop


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def day(number: int) -> str:
    return f"2026-03-{number:02d}T12:00:00Z"


def bought(shop: Shop, quantities: dict[int, Any], *deliveries: tuple[int, dict[int, Any]], **values: Any) -> Any:
    """An order sent on the first of March, and what came on which day."""
    order = ordered(shop, quantities, sent_at=day(1), **values)
    for on, units in deliveries:
        answer = arrive(shop, order, units, received_at=day(on))
        assert answer.status_code == 200, answer.json()
    return order


def test_each_order_and_each_line_is_measured_to_its_first_and_its_full_arrival(shop: Shop) -> None:
    bought(shop, {0: 10, 1: 4}, (4, {0: 6}), (8, {0: 4, 1: 4}))
    bought(shop, {0: 5}, (6, {0: 5}))
    bought(shop, {0: 5}, (10, {0: 2}))
    supplier = build_supplier(shop).pk
    with tenancy.scope(shop.organization.id):
        of_supplier = lead_times.by_supplier()[supplier]
        of_products = lead_times.by_supplier_and_product()
    first, full = [3, 5, 9], [7, 5]
    assert (of_supplier.first_count, of_supplier.full_count, of_supplier.last_days) == (3, 2, 9)
    assert of_supplier.first_mean == pytest.approx(statistics.mean(first), abs=0.01)
    assert of_supplier.first_spread == pytest.approx(statistics.stdev(first), abs=0.01)
    assert of_supplier.full_mean == pytest.approx(statistics.mean(full), abs=0.01)
    assert of_supplier.full_spread == pytest.approx(statistics.stdev(full), abs=0.01)
    tea = of_products[supplier, shop.products[0].id]
    assert (tea.first_count, tea.first_mean, tea.full_count, tea.full_mean) == (3, 5.67, 2, 6)
    once = of_products[supplier, shop.products[1].id]
    assert (once.first_count, once.first_mean, once.first_spread, once.full_mean) == (1, 7, None, 7)


def test_what_was_rejected_or_reversed_never_came(shop: Shop) -> None:
    order = bought(shop, {0: 10}, (3, {0: {"rejected": 10}}), (5, {0: 10}), (9, {0: {"rejected": 1}}))
    supplier = build_supplier(shop).pk

    def measured() -> Any:
        rows = shop.client.get(f"/api/suppliers/{supplier}/lead-times/").json()["results"]
        return [(row["sku"], row["planned_days"], row["first_mean"], row["full_mean"]) for row in rows]

    assert measured() == [("SKU-1", 5, 4, 4)]
    receipt = read(shop, order)["receipts"][1]["id"]
    done = shop.client.post(f"/api/goods-receipts/{receipt}/reverse/", {"line": 1, "reason": "wrong"})
    assert done.status_code == 200
    with tenancy.scope(shop.organization.id):
        assert lead_times.by_supplier() == {}


def test_they_are_asked_for_by_store_supplier_product_and_time(shop: Shop) -> None:
    bought(shop, {0: 10}, (4, {0: 10}))
    bought(shop, {0: 10}, (6, {0: 10}), at=1)
    other = build_supplier(shop, "Southern Drinks").pk
    bought(shop, {1: 10}, (8, {1: 10}), supplier=other)
    first = build_supplier(shop).pk
    with tenancy.scope(shop.organization.id):
        assert lead_times.by_supplier().keys() == {first, other}
        assert lead_times.by_supplier(store_ids={shop.stores[1].id})[first].first_mean == 5
        assert lead_times.by_supplier(supplier_ids=[other]).keys() == {other}
        products = lead_times.by_supplier_and_product(product_ids=[shop.products[1].id])
        assert products.keys() == {(other, shop.products[1].id)}


def test_the_report_shows_what_was_planned_beside_what_was_measured(shop: Shop) -> None:
    build_supplier(shop, "Zeta", lead_time_days=12)
    bought(shop, {0: 10}, (4, {0: 10}))
    rows = shop.client.get("/api/reports/lead-times/").json()["results"]
    assert [(row["name"], row["planned_days"], row["first_count"], row["first_mean"]) for row in rows] == [
        ("Northern Foods", 5, 1, 3), ("Zeta", 12, 0, None),
    ]  # fmt: skip
    assert shop.client.get("/api/suppliers/999999999/lead-times/").status_code == 404


def test_a_member_of_some_stores_sees_lead_times_of_those(shop: Shop) -> None:
    bought(shop, {0: 10}, (4, {0: 10}))
    bought(shop, {1: 10}, (6, {1: 10}), at=1)
    staff = shop.client_for("staff", stores=[shop.stores[1]])
    assert staff.get("/api/reports/lead-times/").json()["results"][0]["first_mean"] == 5
    path = f"/api/suppliers/{build_supplier(shop).pk}/lead-times/"
    assert [row["sku"] for row in staff.get(path).json()["results"]] == ["SKU-2"]
