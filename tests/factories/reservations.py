"""Reservations for tests, made through the API as people make them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from inventory_project.kernel import clock, tenancy
from stock.models import Reservation, Stock
from tests.factories.stock import Shop


def ask(shop: Shop, quantities: dict[int, Any], *, client: Any = None, key: str = "", **values: Any) -> Any:
    """Reserve in the first store: {index of the product: quantity}; the response."""
    body = {
        "store": shop.stores[0].id,
        "lines": [{"product": shop.products[n].id, "quantity": quantity} for n, quantity in quantities.items()],
        **values,
    }
    headers = {"Idempotency-Key": key} if key else {}
    return (client or shop.client).post("/api/reservations/", body, format="json", headers=headers)


def reserve(shop: Shop, quantities: dict[int, Any], **values: Any) -> dict[str, Any]:
    """A reservation in the first store."""
    answer = ask(shop, quantities, **values)
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def take(
    shop: Shop, reservation: dict[str, Any], verb: str, body: Any = None, *, client: Any = None, key: str = ""
) -> Any:
    """Take one step; the response."""
    headers = {"Idempotency-Key": key} if key else {}
    path = f"/api/reservations/{reservation['id']}/{verb}/"
    return (client or shop.client).post(path, body or {}, format="json", headers=headers)


def now(shop: Shop, reservation: dict[str, Any]) -> dict[str, Any]:
    """The reservation as it stands."""
    return dict(shop.client.get(f"/api/reservations/{reservation['id']}/").json())


def let_run_out(shop: Shop, *reservations: dict[str, Any]) -> None:
    """Their time is over, and nobody has noticed yet."""
    with tenancy.scope(shop.organization.id):
        found = Reservation.objects.filter(pk__in=[each["id"] for each in reservations])
        long_ago = clock.now() - timedelta(days=2)
        assert found.update(created_at=long_ago, expires_at=clock.now() - timedelta(seconds=1)) == len(reservations)


def figures(shop: Shop, store: int = 0, product: int = 0) -> tuple[int, int, int, int]:
    """On hand, reserved, damaged and in quality control, read from the database."""
    with tenancy.scope(shop.organization.id):
        stock = Stock.objects.get(store=shop.stores[store], product=shop.products[product])
    values = (stock.on_hand, stock.reserved, stock.on_hold_damaged, stock.on_hold_quality)
    assert stock.on_hold == stock.on_hold_damaged + stock.on_hold_quality
    return (int(values[0]), int(values[1]), int(values[2]), int(values[3]))


def book(shop: Shop, verb: str, quantities: dict[int, Any], *, key: str = "", client: Any = None, **values: Any) -> Any:
    """Put on hold, release or dispose of goods in the first store; the response."""
    body = {
        "store": shop.stores[0].id,
        "bucket": "damaged",
        "lines": [{"product": shop.products[n].id, "quantity": quantity} for n, quantity in quantities.items()],
        **values,
    }
    headers = {"Idempotency-Key": key} if key else {}
    return (client or shop.client).post(f"/api/stocks/{verb}/", body, format="json", headers=headers)
