"""Orders to suppliers for tests, made through the API as people make them."""

from __future__ import annotations

from typing import Any

from catalog.models import Supplier
from inventory_project.kernel import tenancy
from tests.factories.stock import Shop


def build_supplier(shop: Shop, name: str = "Northern Foods", **values: Any) -> Supplier:
    given = {"email": "orders@northern.example", "lead_time_days": 5, **values}
    with tenancy.scope(shop.organization.id):
        supplier, _ = Supplier.objects.get_or_create(organization=shop.organization, name=name, defaults=given)
    return supplier


def ask(shop: Shop, quantities: dict[int, Any], *, client: Any = None, key: str = "", **values: Any) -> Any:
    """Draft an order for the first store: {index of the product: quantity}; the response."""
    body = {
        "supplier": values.pop("supplier", None) or build_supplier(shop).pk,
        "store": shop.stores[values.pop("at", 0)].id,
        "lines": [{"product": shop.products[n].id, "quantity": quantity} for n, quantity in quantities.items()],
        **values,
    }
    headers = {"Idempotency-Key": key} if key else {}
    return (client or shop.client).post("/api/purchase-orders/", body, format="json", headers=headers)


def draft(shop: Shop, quantities: dict[int, Any], **values: Any) -> dict[str, Any]:
    answer = ask(shop, quantities, **values)
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def step(shop: Shop, order: dict[str, Any], verb: str, body: Any = None, *, client: Any = None, key: str = "") -> Any:
    """Take one step; the response."""
    headers = {"Idempotency-Key": key} if key else {}
    path = f"/api/purchase-orders/{order['id']}/{verb}/"
    return (client or shop.client).post(path, body or {}, format="json", headers=headers)


def ordered(shop: Shop, quantities: dict[int, Any], *, sent_at: str | None = None, **values: Any) -> dict[str, Any]:
    """An order the supplier has been told of."""
    order = draft(shop, quantities, **values)
    answer = step(shop, order, "send", {"by": "other", **({"sent_at": sent_at} if sent_at else {})})
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def arrive(
    shop: Shop, order: dict[str, Any], units: dict[int, Any], *, client: Any = None, key: str = "", **v: Any
) -> Any:
    """A delivery: {index of the product: quantity, or all that is said of it}; the response."""
    lines = [
        {"product": shop.products[n].id, **(said if isinstance(said, dict) else {"quantity": said})}
        for n, said in units.items()
    ]
    return step(shop, order, "receive", {"lines": lines, **v}, client=client, key=key)


def line(order: dict[str, Any], position: int = 0) -> dict[str, Any]:
    return dict(order["lines"][position])


def read(shop: Shop, order: dict[str, Any], *, client: Any = None) -> dict[str, Any]:
    return dict((client or shop.client).get(f"/api/purchase-orders/{order['id']}/").json())
