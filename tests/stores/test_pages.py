"""Pages stay small and their cursors work, whatever is asked for."""

from __future__ import annotations

import pytest

from tests.factories.stock import Shop, build_shop


@pytest.fixture(scope="module")
def shop() -> Shop:
    return build_shop()


@pytest.mark.parametrize("size", ["000000001000000", "0" * 40 + "1", "1" * 5000])
def test_page_size_cannot_be_smuggled_past_its_limit(shop: Shop, size: str) -> None:
    answer = shop.client.get(f"/api/stores/?page_size={size}")
    assert answer.status_code == 400
    assert "page_size" in answer.json()["fields"]


@pytest.mark.parametrize("path", ["stores", "products", "stocks", "stock-movements"])
def test_a_field_named_a_thousand_times_orders_once(shop: Shop, path: str) -> None:
    for product in range(2):
        for store in range(2):
            shop.post("IN", 1, store, product)
    answer = shop.client.get(f"/api/{path}/?page_size=1&ordering={','.join(['id', '-id'] * 500)}")
    assert answer.status_code == 200
    following = shop.client.get(answer.json()["next"])
    assert following.status_code == 200
    assert following.json()["results"][0]["id"] != answer.json()["results"][0]["id"]
