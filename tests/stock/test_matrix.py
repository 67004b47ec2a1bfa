"""Products against stores: side by side, whatever the number of either, and never more than the caller may see."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest

from inventory_project.api.files import File
from stock.api.matrix import MatrixViewSet
from stock.api.movement_reports import KINDS
from stock.selectors import matrix
from tests.factories.accounts import unique
from tests.factories.catalog import build_product
from tests.factories.stock import Shop, build_shop
from tests.factories.stores import build_store
from tests.support.statements import statements_sent


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=3, products=4)
    shop.post("IN", 10, store=0)
    shop.post("IN", 3, store=1)
    shop.post("IN", 7, store=1, product=1)
    return shop


def cells(answer: Any) -> dict[str, list[Any]]:
    rows = answer.json()["results"]
    return {row["sku"]: [cell and (cell["on_hand"], cell["status"]) for cell in row["cells"]] for row in rows}


def file_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


def test_each_product_stands_beside_every_store(shop: Shop) -> None:
    answer = shop.client.get("/api/stocks/matrix/")
    assert [store["code"] for store in answer.json()["stores"]] == ["S1", "S2", "S3"]
    assert cells(answer) == {"SKU-1": [(10, "in_stock"), (3, "low"), None], "SKU-2": [None, (7, "in_stock"), None]}
    assert [row["on_hand"] for row in answer.json()["results"]] == [13, 7]


def test_stores_and_products_are_chosen_by_what_people_know(shop: Shop) -> None:
    shop.client.patch(f"/api/stores/{shop.stores[1].id}/", {"region": "North"}, format="json")
    assert cells(shop.client.get("/api/stocks/matrix/?region=north&search=SKU-2")) == {"SKU-2": [(7, "in_stock")]}
    assert cells(shop.client.get("/api/stocks/matrix/?store=s2&store=S1&status=low")) == {
        "SKU-1": [(10, "in_stock"), (3, "low")]
    }
    assert cells(shop.client.get(f"/api/stocks/matrix/?store={shop.stores[2].id}")) == {}


def test_columns_left_out_are_told_and_a_file_has_them_all(shop: Shop) -> None:
    for _ in range(60):
        build_store(shop.organization, name=unique("Zone"))
    body = shop.client.get("/api/stocks/matrix/").json()
    assert (len(body["stores"]), body["stores_chosen"], body["stores_left_out"]) == (50, 63, 13)
    head, first, *_ = file_of(shop.client.get("/api/stocks/matrix/?format=csv&measure=available"))
    assert (len(head), head[:6], head[-1]) == (67, ["sku", "product", "unit", "S1", "S2", "S3"], "on_hand_of_all")
    assert (first[:6], first[-1]) == (["SKU-1", "Product 1", "each", "10", "3", ""], "13")


def test_a_wide_file_is_read_in_small_parts_and_is_whole(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(page: list[Any], store_ids: list[int]) -> None:
        read.append(len(page) * len(store_ids))
        matrix.add_cells(page, store_ids)

    whole = file_of(shop.client.get("/api/stocks/matrix/?format=csv"))
    monkeypatch.setattr(MatrixViewSet, "files", {"list": File("stock-matrix", rows_a_page=1)})
    monkeypatch.setattr("stock.api.matrix.matrix", SimpleNamespace(**{**vars(matrix), "add_cells": counted}))
    assert file_of(shop.client.get("/api/stocks/matrix/?format=csv")) == whole
    assert max(read) == 3
    assert len(read) > 1


def test_pages_go_on_where_the_last_ended(shop: Shop) -> None:
    first = shop.client.get("/api/stocks/matrix/?page_size=1").json()
    second = shop.client.get(first["next"]).json()
    assert [row["sku"] for page in (first, second) for row in page["results"]] == ["SKU-1", "SKU-2"]
    assert second["next"] is None


def test_it_costs_the_same_for_many_products_and_stores(shop: Shop) -> None:
    with statements_sent() as few:
        shop.client.get("/api/stocks/matrix/")
    for _ in range(10):
        store, product = build_store(shop.organization), build_product(shop.organization)
        body = {"store": store.id, "product": product.pk, "movement_type": "IN", "quantity": 2}
        assert shop.client.post("/api/stock-movements/bulk/", [body], format="json").json()["applied"] == 1
    with statements_sent() as many:
        assert len(shop.client.get("/api/stocks/matrix/").json()["stores"]) == 13
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("store=nowhere", "store"), ("store=%00", "store"), ("region=%00", "region"), ("region=" + "x" * 101, "region"),
        ("status=many", "status"), ("measure=cost", "measure"), ("colour=red", "colour"),
        ("category=" + "x" * 200, "category"), ("store=" + "9" * 30, "store"), ("cursor=x", "cursor"),
        ("page_size=0", "page_size"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_by_name(shop: Shop, query: str, field: str) -> None:
    for form in ("json", "csv"):
        answer = shop.client.get(f"/api/stocks/matrix/?{query}&format={form}")
        if form == "csv" and field in ("cursor", "page_size"):
            continue  # a file has no pages
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_stock_lists_come_as_files_too(shop: Shop) -> None:
    for path in ("stocks", "inventory", "reports/low-stock", "reports/stock"):
        listed = shop.client.get(f"/api/{path}/").json()["results"]
        head, *rows = file_of(shop.client.get(f"/api/{path}/?format=csv"))
        by_kind = {f"{way}_{kind}" for way in ("in", "out") for kind in KINDS if path == "reports/stock"}
        assert set(head) - by_kind == set(listed[0]) - {"in_by_kind", "out_by_kind"}, path
        assert by_kind <= set(head)
        assert [row[head.index("sku")] for row in rows] == [row["sku"] for row in listed], path
