"""The shapes of webhooks on the wire."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from inventory_project.api.fields import KnownFieldsOnly, ReferenceField, TextField, VersionField
from webhooks.choices import DeliveryKind, DeliveryStatus, EndpointState
from webhooks.models import LONGEST_URL, MOST_EVENTS, WebhookDelivery, WebhookEndpoint

ONCE = "Shown this once: keep it where your receiver finds it."
MOST_TYPES, MOST_STORES = 50, 1000


class WebhookSerializer(KnownFieldsOnly, serializers.ModelSerializer):  # type: ignore[type-arg]
    url = TextField(max_length=LONGEST_URL, help_text="https, a public address, port 443 or one from 1024 on.")
    description = TextField(max_length=200, required=False, allow_blank=True)
    types = serializers.ListField(
        child=TextField(max_length=100),
        allow_empty=False,
        max_length=MOST_TYPES,
        default=lambda: ["stock."],
        help_text="Events, or prefixes that end in a dot: see event-types/. Each change of stock is a "
        "`stock.movement.applied`.",
    )
    stores = serializers.ListField(
        child=ReferenceField(),
        allow_null=True,
        allow_empty=False,
        max_length=MOST_STORES,
        required=False,
        help_text="Only events of these stores; null: all, and what belongs to no store.",
    )
    includes_costs = serializers.BooleanField(
        required=False, help_text="Whether costs are in the events; only who may see them may say so."
    )
    batch_size = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_EVENTS, help_text="Most events of one request."
    )
    state = serializers.ChoiceField(choices=EndpointState.choices, read_only=True)
    reason = serializers.CharField(read_only=True, help_text="What went wrong last.")
    cursor = serializers.CharField(read_only=True, help_text="Its place in the log, as in GET /api/changes.")
    previous_secret_until = serializers.DateTimeField(
        source="previous_until",
        read_only=True,
        allow_null=True,
        help_text="Until then the secret before signs too.",
    )
    version = VersionField()

    class Meta:
        model = WebhookEndpoint
        fields = [
            "id", "url", "description", "types", "stores", "includes_costs", "batch_size", "is_active", "state",
            "reason", "failures", "failing_since", "next_attempt_at", "last_delivered_at", "cursor",
            "previous_secret_until", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "id", "failures", "failing_since", "next_attempt_at", "last_delivered_at", "created_at", "updated_at",
        ]  # fmt: skip


class IssuedWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(read_only=True, help_text=ONCE)

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class RotateSecretSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    overlap_hours = serializers.IntegerField(
        min_value=0, max_value=168, required=False, default=24, help_text="How long the old secret signs as well."
    )


class ReplaySerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    since = serializers.CharField(
        max_length=64,
        allow_blank=True,
        help_text="A cursor, an ISO 8601 timestamp, `now`, or empty for the beginning, as in GET /api/changes.",
    )


class ResumeSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    skip = serializers.BooleanField(
        required=False, default=False, help_text="Go on behind the batch that is not taken, which is then never sent."
    )


class DeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    webhook = serializers.IntegerField(source="endpoint_id")
    url = serializers.CharField(source="endpoint.url")
    kind = serializers.ChoiceField(choices=DeliveryKind.choices)
    status = serializers.ChoiceField(choices=DeliveryStatus.choices)
    events = serializers.IntegerField(help_text="How many events it holds.")
    after = serializers.CharField(help_text="It holds what comes after this cursor,")
    until = serializers.CharField(help_text="up to and with this one.")
    response_status = serializers.IntegerField(allow_null=True, help_text="The receiver's last; null: there was none.")
    answer = serializers.CharField(help_text="The beginning of the receiver's answer.")
    error = serializers.CharField(help_text="Why there was no answer.")

    class Meta:
        model = WebhookDelivery
        fields = [
            "id", "webhook", "url", "kind", "status", "events", "after", "until", "attempts", "response_status",
            "duration_ms", "answer", "error", "created_at", "attempted_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields


class EventTypeSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="What `types` takes; its first words with a dot are a prefix.")
    description = serializers.CharField()


class EventTypesSerializer(serializers.Serializer[Any]):
    results = EventTypeSerializer(many=True)
