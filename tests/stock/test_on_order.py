"""What is on order from suppliers, and the inventory position that counts it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Supplier
from inventory_project.kernel import clock, tenancy
from stock.models import PurchaseLine, PurchaseOrder
from stock.selectors import positions
from stock.services import ledger_rows
from tests.factories.stock import Shop, build_shop


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def order(shop: Shop, number: int, status: str, lines: dict[int, dict[str, Any]], store: int = 0) -> PurchaseOrder:
    """An order as it stands in the tables."""
    sent = {} if status == "draft" else {"sent_at": clock.now(), "sent_by": "other"}
    if status == "cancelled":
        sent["ended_at"] = clock.now()
    with tenancy.scope(shop.organization.id):
        supplier, _ = Supplier.objects.get_or_create(organization=shop.organization, name="Northern Foods")
        made = PurchaseOrder.objects.create(
            id=ledger_rows.new_id(),
            organization=shop.organization,
            number=number,
            supplier=supplier,
            store=shop.stores[store],
            currency="EUR",
            status=status,
            **sent,
        )
        for position, (product, units) in enumerate(lines.items(), start=1):
            PurchaseLine.objects.create(
                organization=shop.organization,
                order=made,
                product=shop.products[product],
                position=position,
                **units,
            )
    return made


def test_on_order_is_what_was_ordered_and_neither_received_nor_cancelled(shop: Shop) -> None:
    order(shop, 1, "sent", {0: {"ordered": 10}, 1: {"ordered": 4, "received": 4}})
    order(shop, 2, "partially_received", {0: {"ordered": 10, "received": 3, "cancelled": 2}})
    order(shop, 3, "draft", {0: {"ordered": 100}})
    order(shop, 4, "cancelled", {0: {"ordered": 100, "cancelled": 100}})
    with tenancy.scope(shop.organization.id):
        found = positions.on_order(None)
        elsewhere = positions.on_order({shop.stores[1].id})
    place = shop.stores[0].id, shop.products[0].id
    assert {at: row["on_order"] for at, row in found.items()} == {place: Decimal(15)}
    assert elsewhere == {}


def test_the_position_counts_what_is_there_and_coming_less_what_is_promised(shop: Shop) -> None:
    shop.post("IN", 7)
    order(shop, 1, "sent", {0: {"ordered": 10}, 1: {"ordered": 5}})
    with tenancy.scope(shop.organization.id):
        held, never_held = positions.inventory_positions({shop.stores[0].id})
    assert (held["on_hand"], held["on_order"], held["inventory_position"]) == (7, 10, 17)
    assert (never_held["on_hand"], never_held["on_order"], never_held["inventory_position"]) == (0, 5, 5)


@pytest.mark.parametrize("path", ["/api/stocks/", "/api/inventory/", "/api/reports/low-stock/"])
def test_a_stock_row_shows_what_is_on_order(shop: Shop, path: str) -> None:
    shop.post("IN", 3)
    order(shop, 1, "sent", {0: {"ordered": 10}})
    rows = shop.client.get(path).json()["results"]
    assert [(row["sku"], row["on_order"]) for row in rows] == [("SKU-1", 10)]


@pytest.mark.parametrize(
    "units",
    [
        {"ordered": 0},
        {"ordered": 5, "received": 3, "cancelled": 3},
        {"ordered": 5, "received": -1},
        {"ordered": 5, "received": 4, "over": 1},
        {"ordered": 5, "received": 2, "damaged": 3},
    ],
)
def test_the_database_refuses_lines_that_do_not_add_up(shop: Shop, units: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        order(shop, 1, "sent", {0: units})


def test_the_database_refuses_a_step_that_is_not_in_the_table(shop: Shop) -> None:
    made = order(shop, 1, "sent", {0: {"ordered": 5}})
    with tenancy.scope(shop.organization.id), pytest.raises(IntegrityError), transaction.atomic():
        PurchaseOrder.objects.filter(pk=made.pk).update(status="closed", ended_at=clock.now())
