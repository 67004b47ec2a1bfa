"""Webhooks for tests: an endpoint as its admin makes it, and the sender's turns without its pauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connections

from audit.models import AuditEntry
from audit.selectors import lines
from inventory_project.kernel import clock, tenancy
from tests.factories.stock import Shop
from tests.support.instances import eventually
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
        self.settle()
        return serving.serve(organization_id=self.shop.organization.id, endpoint_id=self.id)

    def settle(self) -> None:
        """Wait until the feed serves all that was written: some other transaction may hold it back for a moment."""
        with tenancy.scope(self.shop.organization.id):
            newest = AuditEntry.objects.order_by("-xid").first()
        eventually(lambda: newest is None or lines.horizon().position > newest.xid)

    def is_due(self) -> bool:
        self.settle()
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


def trade(shop: Shop, changes: int, store: int = 0) -> None:
    """So many movements, in one request."""
    rows = [shop.movement("IN", 1, store=store) for _ in range(changes)]
    assert shop.client.post("/api/stock-movements/bulk/", rows).json()["applied"] == changes


def feed(shop: Shop, since: str, **wanted: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in {"since": since, "limit": "1000", **wanted}.items())
    found: list[dict[str, Any]] = shop.client.get(f"/api/changes/?{query}").json()["results"]
    return found


def firsts(cursors: list[str]) -> list[str]:
    return list(dict.fromkeys(cursors))


def closing(serve: Callable[[], bool]) -> bool:
    """In a thread of its own, whose connections end with it."""
    try:
        return serve()
    finally:
        connections.close_all()
