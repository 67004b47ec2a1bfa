"""Filters of webhooks and deliveries."""

from __future__ import annotations

import django_filters

from inventory_project.api.fields import MAX_ID
from inventory_project.api.filters import FlagFilter, GivenFilterSet, RecordFilter
from webhooks.choices import DeliveryKind, DeliveryStatus, EndpointState


class WebhookFilter(RecordFilter):
    state = django_filters.MultipleChoiceFilter(choices=EndpointState.choices, distinct=False)
    is_active = FlagFilter()


class DeliveryFilter(GivenFilterSet):
    webhook = django_filters.NumberFilter("endpoint_id", min_value=1, max_value=MAX_ID, decimal_places=0)
    status = django_filters.MultipleChoiceFilter(choices=DeliveryStatus.choices, distinct=False)
    kind = django_filters.MultipleChoiceFilter(choices=DeliveryKind.choices, distinct=False)
    since = django_filters.IsoDateTimeFilter("created_at", "gte", label="Begun at or after this instant")
    until = django_filters.IsoDateTimeFilter("created_at", "lt", label="Begun before this instant")
