"""An applied import taken back by reversals, unless something later depends on it (E4)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.models import Product
from inventory_project.kernel import tenancy
from stock.errors import NotUndoable
from stock.models import DailySales
from tests.factories.imports import UNIFIED, csv, movements, send, undo
from tests.factories.stock import build_shop
from tests.support.ledger import assert_whole

ROWS = ["Tea,Drinks,1,2,2.5,2025-05-01,98", "Tea,Drinks,1,3,2.5,2025-05-02,95", "Jam,Food,2,1,4,2025-05-02,9"]


def test_an_undone_import_leaves_stock_and_sales_as_before_and_may_be_sent_again():
    shop = build_shop(stores=1, products=0)
    job = undo(shop, send(shop, csv(UNIFIED, ROWS)))
    assert (job.status, job.error) == ("undone", "")
    assert sum(quantity for _, _, quantity, _ in movements(shop)) == 0
    with tenancy.scope(shop.organization.id):
        assert set(DailySales.objects.values_list("units", flat=True)) == {Decimal(0)}
        assert set(Product.objects.values_list("lifecycle", flat=True)) <= {"discontinued"}
    assert_whole(shop)
    again = send(shop, csv(UNIFIED, ROWS))
    assert (again.succeeded, again.skipped) == (3, 0)
    assert_whole(shop)


def test_an_import_whose_goods_were_sold_since_stays_and_says_why():
    shop = build_shop(stores=1)
    job = send(shop, "sku,opening_stock\nSKU-1,10\nSKU-2,10\n")
    shop.post("OUT", 4)
    before = movements(shop)
    job = undo(shop, job)
    assert job.status == "applied"
    assert "SKU-1" in job.error
    assert "SKU-2" not in job.error
    assert movements(shop) == before
    assert_whole(shop)


def test_products_get_back_what_they_were_unless_changed_since():
    shop = build_shop(stores=1)
    body = "sku,name,unit_cost\nSKU-1,Better,9\nNEW-1,New,1\n"
    undone = undo(shop, send(shop, body))
    with tenancy.scope(shop.organization.id):
        first = Product.objects.get(sku="SKU-1")
        assert (undone.status, first.name, first.unit_cost) == ("undone", "Product 1", Decimal("2.50"))
        assert not Product.objects.filter(sku="NEW-1").exists()
    job = send(shop, body)
    shop.client.patch(f"/api/products/{first.pk}/", {"unit_cost": 8})
    job = undo(shop, job)
    assert job.status == "applied"
    assert "unit_cost" in job.error
    with tenancy.scope(shop.organization.id):
        assert Product.objects.filter(sku="NEW-1").exists()


def test_history_is_not_undone():
    shop = build_shop(stores=1)
    job = send(shop, "date,store,item,sales\n2013-01-01,1,1,13\n")
    with pytest.raises(NotUndoable):
        undo(shop, job)
