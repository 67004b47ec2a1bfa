"""Webhooks for tests: an endpoint as its admin makes it, and the sender's turns without its pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from inventory_project.kernel import clock, tenancy
from tests.factories.stock import Shop
from tests.support.receiver import Receiver
from webhooks.models import WebhookDelivery, WebhookEndpoint
from webhooks.selectors.due import due
from webhooks.services import serving

TURNS = 400


@dataclass
class Hook:
    """One endpoint of a shop."""

    shop: Shop
    id: int
    secret: str

    @property
    def path(self) -> str:
        return f"/api/webhooks/{self.id}/"

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.shop.client.get(self.path).json()
        return found

    def stored(self) -> WebhookEndpoint:
        with tenancy.scope(self.shop.organization.id):
            found: WebhookEndpoint = WebhookEndpoint.objects.get(pk=self.id)
        return found

    def serve(self) -> bool:
        return serving.serve(organization_id=self.shop.organization.id, endpoint_id=self.id)

    def is_due(self) -> bool:
        return self.id in [found["endpoint_id"] for found in due(organization_id=self.shop.organization.id)]

    def hurry(self) -> None:
        """The pause before the next try is over."""
        with tenancy.scope(self.shop.organization.id):
            early = clock.now() - timedelta(seconds=1)
            WebhookEndpoint.objects.filter(pk=self.id, next_attempt_at__isnull=False).update(next_attempt_at=early)

    def drive(self) -> None:
        """Serve until nothing waits, however often it fails on the way."""
        for _ in range(TURNS):
            self.hurry()
            if not self.is_due():
                return
            self.serve()
        raise AssertionError(f"Still something to send: {self.read()}")

    def deliveries(self, **wanted: Any) -> list[WebhookDelivery]:
        with tenancy.scope(self.shop.organization.id):
            return list(WebhookDelivery.objects.filter(endpoint_id=self.id, **wanted).order_by("id"))


def build_hook(shop: Shop, receiver: Receiver | None = None, **values: Any) -> Hook:
    """An endpoint; with a receiver it leads there."""
    values.setdefault("url", receiver.url if receiver is not None else "https://receiver.example/hook")
    answer = shop.client.post("/api/webhooks/", values)
    assert answer.status_code == 201, answer.content
    return Hook(shop, answer.json()["id"], answer.json()["secret"])
