"""What a file says a unit has cost, and the moving average (docs/adr/0017)."""

from __future__ import annotations

from decimal import Decimal

from catalog.models import Product
from inventory_project.kernel import tenancy
from stock.models import AverageCost, Revaluation, Stock, StockMovement
from tests.factories.imports import UNIFIED, csv, send, undo
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole


def average(shop: Shop, sku: str = "SKU-1") -> Decimal:
    with tenancy.scope(shop.organization.id):
        return Decimal(Stock.objects.get(product__sku=sku).average_cost)


def costs(shop: Shop) -> list[tuple[str, int, Decimal]]:
    """Kind, quantity and what a unit was worth, of each movement in order."""
    with tenancy.scope(shop.organization.id):
        found = StockMovement.objects.order_by("sequence")
        return [(each.kind, int(each.quantity), each.unit_cost) for each in found]


def test_opening_stock_begins_the_average_at_the_cost_of_its_row():
    shop = build_shop(stores=1)  # its products cost 2.50
    job = send(shop, csv("sku,opening_stock,unit_cost", ["SKU-1,10,4.20", "SKU-2,5,"]), kind="opening")
    assert (job.status, job.succeeded) == ("applied", 2)
    assert (average(shop), average(shop, "SKU-2")) == (Decimal("4.2"), Decimal("2.5"))
    shop.post("OUT", 4)
    assert costs(shop)[-1] == ("sale", -4, Decimal("4.2"))
    with tenancy.scope(shop.organization.id):
        assert Product.objects.get(sku="SKU-1").unit_cost == Decimal("2.5")
        assert not Revaluation.objects.exists()
    assert_whole(shop)
    undo(shop, send(shop, csv("sku,quantity,operation,date,unit_cost", ["SKU-1,6,add,2025-10-02,9"])))
    assert average(shop) == Decimal("4.2")
    assert_whole(shop)


def test_a_file_of_products_changes_their_cost_and_opens_their_stock_at_it():
    shop = build_shop(stores=1)
    job = send(shop, csv("sku,opening_stock,unit_cost", ["SKU-1,10,4.20"]))
    assert (job.kind, job.succeeded) == ("products", 1)
    send(shop, csv("sku,opening_stock,unit_cost", ["SKU-1,12,5"]))
    assert costs(shop) == [("opening", 10, Decimal("4.2")), ("adjustment", 2, Decimal("4.2"))]
    assert average(shop) == Decimal("4.2")
    with tenancy.scope(shop.organization.id):
        assert Product.objects.get(sku="SKU-1").unit_cost == 5
    assert_whole(shop)


def test_goods_a_unified_file_brings_in_are_worth_what_their_row_says():
    shop = build_shop(stores=1, products=0)
    rows = [
        "Tea,D,2.00,1,5,2025-10-01,9",
        "Tea,D,2.00,1,5,2025-10-02,8",
        "Tea,D,3.50,1,5,2025-10-03,15",  # eight came between, at the new cost: (8 * 2 + 8 * 3.50) / 16
        "Tea,D,3.50,2,5,2025-10-04,10",  # three are gone, at the average
    ]
    job = send(shop, csv(UNIFIED, rows))
    assert (job.kind, job.succeeded, job.failed) == ("unified", 4, 0)
    assert costs(shop) == [
        ("opening", 10, Decimal(2)),
        ("sale", -1, Decimal(2)),
        ("sale", -1, Decimal(2)),
        ("adjustment", 8, Decimal("3.5")),
        ("sale", -1, Decimal("2.75")),
        ("adjustment", -3, Decimal("2.75")),
        ("sale", -2, Decimal("2.75")),
    ]
    assert average(shop, "TEA") == Decimal("2.75")
    assert_whole(shop)


def test_what_is_received_takes_a_step_of_the_average_in_order_of_time():
    shop = build_shop(stores=1)
    rows = ["SKU-1,10,add,2025-10-02,4.50", "SKU-1,10,add,2025-10-01,2.50", "SKU-1,4,remove,2025-10-03,"]
    job = send(shop, csv("sku,quantity,operation,date,unit_cost", rows))
    assert (job.kind, job.succeeded) == ("inventory", 3)
    assert costs(shop) == [
        ("receipt", 10, Decimal("2.5")),
        ("receipt", 10, Decimal("4.5")),
        ("removal", -4, Decimal("3.5")),
    ]
    assert_whole(shop)


def test_the_cost_a_new_product_is_added_with_is_no_step_of_its_own():
    """Else every opening of a first import would pay for what it does not say."""
    shop = build_shop(stores=1, products=0)
    send(shop, csv(UNIFIED, ["Tea,D,2.00,1,5,2025-10-01,9", "Salt,D,0,1,5,2025-10-01,9"]))
    openings = {cost for kind, _, cost in costs(shop) if kind == "opening"}
    assert openings == {Decimal(2), Decimal(0)}
    with tenancy.scope(shop.organization.id):
        assert not AverageCost.objects.exists()
    assert_whole(shop)
