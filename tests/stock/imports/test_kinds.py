"""Each kind of file, recognised by its header (E1, E2)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.models import Product, Supplier
from inventory_project.kernel import tenancy
from stock.models import ImportMapping, SalesHistory
from tests.factories.imports import csv, movements, problems, read, send
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole


def products_of(shop: Shop) -> dict[str, Product]:
    with tenancy.scope(shop.organization.id):
        return {product.sku: product for product in Product.objects.select_related("category")}


def test_sales_lower_the_stock_and_what_is_not_there_is_not_sold():
    shop = build_shop(stores=1)
    shop.post("IN", 5)
    first = shop.products[0].pk
    job = send(
        shop,
        f"product_id,quantity,price,sale_date\n{first},3,4.50,2025-10-01\nSKU-1,3,4.50,2025-10-02\nSKU-1,2,4,2025-10-03\n",
    )
    assert (job.kind, job.status, job.succeeded, job.failed) == ("sales", "applied", 2, 1)
    assert problems(shop, job) == [(3, "quantity", "3", "failed")]
    assert movements(shop) == [("SKU-1", "receipt", 5, 5), ("SKU-1", "sale", -3, 2), ("SKU-1", "sale", -2, 0)]
    assert_whole(shop)


def test_sales_that_todays_stock_reflects_leave_it_as_it_is():
    shop = build_shop(stores=1)
    shop.post("IN", 5)
    job = send(
        shop, "product_id,quantity,price,sale_date\nSKU-1,30,4.50,2025-10-01\nSKU-1,3,4,2025-10-02\n", keeps_stock=True
    )
    assert (job.succeeded, job.failed) == (2, 0)
    assert shop.on_hand() == 5
    assert_whole(shop)


def test_inventory_sets_adds_and_removes_in_order_of_date():
    shop = build_shop(stores=1)
    rows = ["SKU-1,7,remove,2025-10-03", "SKU-1,10,set,2025-10-01", "SKU-1,5,add,2025-10-02", "SKU-2,4,in,2025-10-01"]
    job = send(shop, csv("product_id,quantity,operation,date", rows))
    assert (job.kind, job.succeeded) == ("inventory", 4)
    assert movements(shop) == [
        ("SKU-1", "opening", 10, 10),
        ("SKU-1", "receipt", 5, 15),
        ("SKU-1", "removal", -7, 8),
        ("SKU-2", "receipt", 4, 4),
    ]
    assert_whole(shop)


def test_a_set_after_a_refused_removal_still_sets():
    shop = build_shop(stores=1)
    rows = ["SKU-1,3,set,2025-10-01", "SKU-1,9,remove,2025-10-02", "SKU-1,20,set,2025-10-03"]
    job = send(shop, csv("product_id,quantity,operation,date", rows))
    assert (job.succeeded, job.failed) == (2, 1)
    assert shop.on_hand() == 20
    assert_whole(shop)


def test_products_are_added_and_changed_with_their_stock():
    shop = build_shop(stores=1)
    rows = ["Product 1,Toys,3.25,12", "Kite,Toys,1.5,", "Product 2,,2.50,"]
    job = send(shop, csv("name,category,unit_cost,current_stock", rows))
    assert (job.kind, job.status, job.succeeded, job.skipped, job.failed) == ("products", "applied", 2, 1, 0)
    found = products_of(shop)
    assert found["SKU-1"].unit_cost == Decimal("3.25")
    assert found["SKU-1"].category.name == "Toys"
    assert found["KITE"].name == "Kite"
    assert shop.on_hand() == 12
    again = send(shop, csv("name,category,unit_cost,current_stock", rows))
    assert (again.succeeded, again.skipped) == (0, 3)
    assert_whole(shop)


def test_opening_stock_by_sku_and_store():
    shop = build_shop(stores=2)
    job = send(shop, "sku;location;opening stock\nsku-1;S1;7\nSKU-1;Store 2;8,5\nSKU-9;S1;1\n")
    assert (job.kind, job.succeeded, job.failed) == ("opening", 2, 1)
    assert (shop.on_hand(), shop.on_hand(store=1)) == (7, Decimal("8.5"))
    assert problems(shop, job) == [(4, "sku", "SKU-9", "failed")]


def test_suppliers_by_name():
    shop = build_shop(stores=1)
    rows = "Supplier Name,Email,Phone,Lead time\nAcme,a@acme.test,1,5\nBolt,nonsense,2,3\nAcme,a@acme.test,1,5\n"
    job = send(shop, rows)
    assert (job.kind, job.succeeded, job.skipped, job.failed) == ("suppliers", 1, 1, 1)
    with tenancy.scope(shop.organization.id):
        assert list(Supplier.objects.values_list("name", "email", "lead_time_days")) == [("Acme", "a@acme.test", 5)]


def test_history_is_demand_and_no_stock():
    shop = build_shop(stores=1)
    job = send(shop, "date,store,item,sales\n2013-01-01,1,1,13\n2013-01-02,1,1,11\n")
    assert (job.kind, job.status, job.rows, job.succeeded) == ("history", "applied", 2, 2)
    with tenancy.scope(shop.organization.id):
        assert SalesHistory.objects.count() == 1
    assert movements(shop) == []


SHOPIFY_STOCK = [
    "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),"
    "Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)",
    "shirt,Shirt,Size,S,SH-S,,,S1,,0,0,1,4,5,",
    "shirt,,Size,M,SH-M,,,S1,,0,0,0,7,7,9",
    "shirt,,Size,M,SH-M,,,Nowhere,,0,0,0,7,7,",
]


def test_shopifys_inventory_export_sets_what_is_on_hand():
    shop = build_shop(stores=2, products=0)
    job = send(shop, "\n".join(SHOPIFY_STOCK) + "\n")
    assert (job.kind, job.succeeded, job.failed) == ("shopify_inventory", 2, 1)
    assert sorted(movements(shop)) == [("SH-M", "opening", 9, 9), ("SH-S", "opening", 5, 5)]
    assert {product.name for product in products_of(shop).values()} == {"Shirt / S", "Shirt / M"}


def test_shopifys_products_export_adds_variants():
    shop = build_shop(stores=1, products=0)
    rows = [
        "Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,"
        "Variant Price,Variant Barcode,Image Src,Cost per item,Status",
        'shirt,Shirt,"<p>soft,\nwarm</p>",Weavers,Clothes,Size,S,SH-S,5,19.90,400,x.jpg,8.00,active',
        "shirt,,,,,,M,SH-M,2,19.90,401,,8.00,",
        "shirt,,,,,,,,,,,y.jpg,,",
        "mug,Mug,,Potters,Kitchen,Title,Default Title,MUG,,7.50,402,,3.00,active",
    ]
    job = send(shop, "\n".join(rows) + "\n")
    assert (job.kind, job.status, job.rows, job.succeeded, job.failed) == ("shopify_products", "applied", 3, 3, 0)
    found = products_of(shop)
    assert {sku: product.name for sku, product in found.items()} == {
        "SH-S": "Shirt / S",
        "SH-M": "Shirt / M",
        "MUG": "Mug",
    }
    assert found["SH-S"].sale_price == Decimal("19.90")
    assert sorted(movements(shop)) == [("SH-M", "opening", 2, 2), ("SH-S", "opening", 5, 5)]


def test_a_mapping_is_remembered_for_the_next_file_with_the_same_header():
    shop = build_shop(stores=1)
    shop.post("IN", 9)
    mapping = {"product": "Artikel", "quantity": "Menge", "price": "VK", "date": "Datum"}
    first = send(shop, "Artikel;Menge;VK;Datum\nSKU-1;2;1,50;31.10.2025\n", kind="sales", mapping=mapping)
    assert (first.status, first.succeeded) == ("applied", 1)
    second = send(shop, "ARTIKEL;Menge;VK;Datum\nSKU-1;1;1,50;01.11.2025\n")
    assert (second.kind, second.succeeded) == ("sales", 1)
    assert shop.on_hand() == 6
    with tenancy.scope(shop.organization.id):
        assert ImportMapping.objects.count() == 1


def test_a_check_writes_nothing_and_shows_what_would_happen():
    shop = build_shop(stores=1)
    job = send(shop, "sku,opening_stock\nSKU-1,7\nSKU-2,x\n", applies=False)
    assert (job.status, job.succeeded, job.failed) == ("ready", 1, 1)
    assert movements(shop) == []
    assert job.preview[0]["stock"] == "7"
    assert read(shop, job.pk).status == "ready"


@pytest.mark.parametrize("header", ["a,b,c", "name,colour", "quantity,sale_date"])
def test_a_header_nobody_understands_is_refused_by_its_columns(header):
    from inventory_project.kernel.errors import InvalidInput

    shop = build_shop(stores=1)
    with pytest.raises(InvalidInput) as refused:
        send(shop, f"{header}\n1,2,3\n")
    assert header.split(",")[0] in refused.value.detail
