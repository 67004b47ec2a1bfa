"""A stock count on its way, over HTTP, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rest_framework.test import APIClient

from inventory_project.kernel import clock
from tests.factories.stock import Shop, build_shop


@dataclass
class Counting:
    """One count of a shop; `client` is the manager's."""

    shop: Shop
    client: APIClient
    id: int
    path: str

    def verb(self, name: str, body: Any = None, client: APIClient | None = None, **headers: Any) -> Any:
        return (client or self.client).post(f"{self.path}{name}/", body or {}, format="json", **headers)

    def ok(self, name: str, body: Any = None, **headers: Any) -> Any:
        answer = self.verb(name, body, **headers)
        assert answer.status_code in (200, 201), answer.content
        return answer.json()

    def enter(self, product: int, quantity: Any, at: datetime | None = None, **more: Any) -> Any:
        body = {"product": self.shop.products[product].id, "quantity": quantity, **more}
        if at:
            body["counted_at"] = at.isoformat()
        return self.ok("entries", body)

    def get(self, name: str = "", client: APIClient | None = None, **params: Any) -> Any:
        answer = (client or self.client).get(f"{self.path}{name}{'/' if name else ''}", params)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def lines(self, client: APIClient | None = None, **params: Any) -> dict[int, dict[str, Any]]:
        """Every line by the number of its product."""
        numbers = {product.id: number for number, product in enumerate(self.shop.products)}
        page = self.get("lines", client, page_size=500, **params)
        assert page["next"] is None
        return {numbers[line["product"]]: line for line in page["results"]}

    def variances(self) -> dict[int, Any]:
        return {product: line["variance"] for product, line in self.lines().items()}


def plan_count(shop: Shop, kind: str = "full", client: APIClient | None = None, **values: Any) -> Counting:
    client = client or shop.client
    body = {"store": shop.stores[0].id, "kind": kind, **values}
    answer = client.post("/api/counts/", body, format="json")
    assert answer.status_code == 201, answer.content
    count_id = answer.json()["id"]
    return Counting(shop, client, count_id, f"/api/counts/{count_id}/")


def started_count(shop: Shop, kind: str = "full", **values: Any) -> Counting:
    counting = plan_count(shop, kind, **values)
    counting.ok("start")
    return counting


def post_movements(shop: Shop, rows: Sequence[dict[str, Any]]) -> None:
    """Movements in bulk, every one of them applied."""
    for start in range(0, len(rows), 1000):
        answer = shop.client.post("/api/stock-movements/bulk/", list(rows[start : start + 1000]), format="json")
        assert answer.status_code == 200, answer.content
        assert answer.json()["applied"] == len(rows[start : start + 1000]), answer.json()


def stocked_shop(products: int, units: int = 100, stores: int = 2, at: datetime | None = None, **values: Any) -> Shop:
    """A shop whose first store holds `units` of every product, since `at`."""
    shop = build_shop(stores=stores, products=products, **values)
    when = (at or clock.now()).isoformat()
    post_movements(shop, [shop.movement("IN", units, 0, number, effective_at=when) for number in range(products)])
    return shop
