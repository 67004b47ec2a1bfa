"""Transfers for tests, made through the API as people make them."""

from __future__ import annotations

from typing import Any

from tests.factories.stock import Shop


def draft(shop: Shop, quantities: dict[int, Any], *, client: Any = None, **values: Any) -> dict[str, Any]:
    """A draft from the first store to the second: {index of the product: quantity}."""
    body = {
        "from_store": shop.stores[0].id,
        "to_store": shop.stores[1].id,
        "lines": [{"product": shop.products[n].id, "quantity": quantity} for n, quantity in quantities.items()],
        **values,
    }
    answer = (client or shop.client).post("/api/transfers/", body, format="json")
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def step(
    shop: Shop, transfer: dict[str, Any], verb: str, body: Any = None, *, client: Any = None, key: str = ""
) -> Any:
    """Take one step; the response."""
    headers = {"Idempotency-Key": key} if key else {}
    path = f"/api/transfers/{transfer['id']}/{verb}/"
    return (client or shop.client).post(path, body or {}, format="json", headers=headers)


def shipped(shop: Shop, quantities: dict[int, Any], **values: Any) -> dict[str, Any]:
    """The first store's goods, in transit to the second."""
    for product, quantity in quantities.items():
        shop.post("IN", quantity, product=product)
    transfer = draft(shop, quantities, **values)
    assert step(shop, transfer, "request").status_code == 200
    answer = step(shop, transfer, "dispatch")
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def line(transfer: dict[str, Any], position: int = 0) -> dict[str, Any]:
    return dict(transfer["lines"][position])
