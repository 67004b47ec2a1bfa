"""Filters of the list of alerts."""

from __future__ import annotations

from typing import Any

import django_filters
from rest_framework.exceptions import ValidationError

from catalog.api.filters import id_or_name
from forecasting.api.alert_serializers import SEVERITIES
from forecasting.models.alerts import AlertKind, AlertStatus, Severity
from inventory_project.api.filters import FlagFilter, is_id
from stock.api.filters import OfStoreFilter, by_product


class AlertFilter(OfStoreFilter):
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    category = django_filters.CharFilter(method="by_category", max_length=120, label="Category id or name")
    supplier = django_filters.CharFilter(method="by_supplier", max_length=200, label="Supplier id or name")
    region = django_filters.CharFilter("store__region", "iexact", max_length=100)
    severity = django_filters.MultipleChoiceFilter(choices=SEVERITIES, method="by_severity", distinct=False)
    kind = django_filters.MultipleChoiceFilter(choices=AlertKind.choices, distinct=False)
    status = django_filters.MultipleChoiceFilter(
        choices=AlertStatus.choices, distinct=False, label="Left out: all but those that are resolved"
    )
    order_now = FlagFilter(label="The policy would order today")
    assignee = django_filters.CharFilter(method="by_assignee", max_length=18, label="A member's user id")
    since = django_filters.IsoDateTimeFilter("opened_at", "gte", label="Raised at or after this instant")
    until = django_filters.IsoDateTimeFilter("opened_at", "lt", label="Raised before this instant")
    updated_since = django_filters.IsoDateTimeFilter("updated_at", "gte", label="Changed at or after this instant")

    def by_category(self, alerts: Any, name: str, value: str) -> Any:
        return id_or_name(alerts, "product__category", value)

    def by_supplier(self, alerts: Any, name: str, value: str) -> Any:
        return id_or_name(alerts, "product__supplier", value)

    def by_assignee(self, alerts: Any, name: str, value: str) -> Any:
        if not is_id(value):
            raise ValidationError({name: ["The user id of a member is needed."]})
        return alerts.filter(assignee_id=int(value))

    def by_severity(self, alerts: Any, name: str, value: list[str]) -> Any:
        return alerts.filter(severity__in=[Severity[each.upper()] for each in value]) if value else alerts
