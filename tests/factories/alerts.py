"""Alerts for tests: worked out as a worker would, read over HTTP or from the table."""

from __future__ import annotations

from typing import Any

from forecasting.models import Alert, RestockLevel
from forecasting.services import alert_reviews
from inventory_project.kernel import tenancy
from stock.models import BalanceCall
from tests.factories.stock import Shop


def review(shop: Shop) -> None:
    """Look at everything, as after a forecast."""
    alert_reviews.request_review(organization_id=shop.organization.id)
    assert not alert_reviews.review(organization_id=shop.organization.id, seconds=600)
    answer_calls(shop)


def answer_calls(shop: Shop) -> None:
    """Look at what called, as after a movement."""
    assert not alert_reviews.answer_calls(organization_id=shop.organization.id, seconds=600)


def calls_of(shop: Shop) -> int:
    with tenancy.scope(shop.organization.id):
        return BalanceCall.objects.count()


def raised(shop: Shop, store: int = 0, product: int = 0) -> dict[str, str]:
    """Severity by kind of what is going on with one product in one store."""
    with tenancy.scope(shop.organization.id):
        found = Alert.objects.filter(
            store=shop.stores[store], product=shop.products[product], closed_at=None
        ).values_list("kind", "severity")
        return {kind: alert_reviews.severity_name(severity) or "" for kind, severity in found}


def alert_of(shop: Shop, kind: str, store: int = 0, product: int = 0) -> Alert:
    """The newest alert of a kind."""
    with tenancy.scope(shop.organization.id):
        found: Alert = Alert.objects.filter(store=shop.stores[store], product=shop.products[product], kind=kind).latest(
            "id"
        )
        return found


def set_level(shop: Shop, *, store: int = 0, product: int = 0, **values: Any) -> None:
    """What a proposal would have kept of the policy."""
    usual = {"reorder_point": 0.0, "order_up_to": 0.0, "fixed": None, "lead_days": 7}
    with tenancy.scope(shop.organization.id):
        RestockLevel.objects.update_or_create(
            organization=shop.organization,
            store=shop.stores[store],
            product=shop.products[product],
            defaults={**usual, **values},
        )
