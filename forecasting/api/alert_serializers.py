"""The shapes of alerts on the wire."""

from __future__ import annotations

from rest_framework import serializers

from forecasting.models.alerts import GOING_ON, AlertKind, AlertStatus, Severity
from forecasting.services.alerts import MOST_AT_ONCE
from inventory_project.api.fields import MAX_ID, InstantField, TextField
from stock.api.serializers import units
from stock.api.transfer_serializers import LARGEST, SMALLEST, Input

SEVERITIES = [(each.name.lower(), each.label) for each in Severity]


class AlertOpeningSerializer(serializers.Serializer):  # type: ignore[type-arg]
    severity = serializers.ChoiceField(choices=SEVERITIES)
    available = serializers.FloatField()
    position = serializers.FloatField()
    units_1 = serializers.FloatField(allow_null=True)
    units_7 = serializers.FloatField(allow_null=True)
    units_30 = serializers.FloatField(allow_null=True)


class AlertSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=AlertKind.choices)
    severity = serializers.ChoiceField(choices=SEVERITIES)
    status = serializers.ChoiceField(choices=AlertStatus.choices)
    sentence = serializers.CharField(help_text="The alert in plain words.")
    store = serializers.IntegerField()
    store_code = serializers.CharField()
    store_name = serializers.CharField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    supplier = serializers.CharField(allow_null=True)
    available = units(help_text="Units available when it was last looked at: nothing it is judged by changed since.")
    available_now = units(help_text="Units available at this moment.")
    position = units(help_text="Available, and on its way: in transit to the store and on order.")
    coming = units(help_text="The part of it that is on its way.")
    expected_on = serializers.DateField(allow_null=True, help_text="The first day some of it is expected.")
    delivery_days = serializers.IntegerField(
        help_text="Days until goods can be here: those on their way, else those of an order placed today."
    )
    units_1 = serializers.FloatField(allow_null=True, help_text="Units expected to sell in 1 day; null: no forecast.")
    units_7 = serializers.FloatField(allow_null=True)
    units_30 = serializers.FloatField(allow_null=True)
    horizons_at_risk = serializers.ListField(
        child=serializers.IntegerField(), help_text="Of 1, 7 and 30 days those that stock does not reach for."
    )
    days_of_cover = serializers.FloatField(allow_null=True, help_text="Days what is available lasts.")
    reorder_point = serializers.FloatField(allow_null=True)
    order_up_to = serializers.FloatField(allow_null=True)
    quantity = units(help_text="Recommended order: back to the order-up-to level, in packs; drafts are counted.")
    order_now = serializers.BooleanField(help_text="The policy would order today.")
    units_at_risk = serializers.FloatField(
        help_text="Units that will be missed until goods can be here; of overstock and dead stock: too many."
    )
    money_at_risk = serializers.FloatField(
        required=False, help_text="Their margin; of overstock and dead stock their cost. With the right to see costs."
    )
    at_opening = AlertOpeningSerializer(help_text="The figures when it was raised.")
    opened_at = serializers.DateTimeField()
    looked_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True, help_text="When its cause was gone.")
    snoozed_until = serializers.DateTimeField(allow_null=True)
    assignee_id = serializers.IntegerField(allow_null=True)
    assignee = serializers.CharField()
    note = serializers.CharField()
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class AlertStepSerializer(serializers.Serializer):  # type: ignore[type-arg]
    at = serializers.DateTimeField()
    action = serializers.CharField(help_text="raised, changed, closed, woken, acknowledged, snoozed, assigned ...")
    by = serializers.CharField()
    severity = serializers.CharField(allow_null=True)
    status = serializers.CharField(allow_null=True)
    note = serializers.CharField()


class AlertDetailSerializer(AlertSerializer):
    history = AlertStepSerializer(many=True, help_text="What became of it, newest first.")


class AlertSeverityCountSerializer(serializers.Serializer):  # type: ignore[type-arg]
    critical = serializers.IntegerField()
    high = serializers.IntegerField()
    medium = serializers.IntegerField()


_KINDS: dict[str, serializers.Field] = {kind: serializers.IntegerField() for kind in AlertKind.values}  # type: ignore[type-arg]
_STATUSES: dict[str, serializers.Field] = {str(status): serializers.IntegerField() for status in GOING_ON}  # type: ignore[type-arg]
AlertKindCountSerializer = type("AlertKindCountSerializer", (serializers.Serializer,), _KINDS)
AlertStatusCountSerializer = type("AlertStatusCountSerializer", (serializers.Serializer,), _STATUSES)


class AlertSummarySerializer(serializers.Serializer):  # type: ignore[type-arg]
    """How many alerts are going on in the stores the caller may see."""

    total = serializers.IntegerField()
    severity = AlertSeverityCountSerializer()
    kind = AlertKindCountSerializer()
    status = AlertStatusCountSerializer()


def _note() -> TextField:
    return TextField(max_length=300, required=False, allow_blank=True, default="")


class AlertNoteSerializer(Input):
    note = _note()


class AlertsAcknowledgeSerializer(Input):
    alerts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MAX_ID), allow_empty=False, max_length=MOST_AT_ONCE
    )
    note = _note()


class AlertsAcknowledgedSerializer(serializers.Serializer):  # type: ignore[type-arg]
    acknowledged = serializers.IntegerField(help_text="How many were not acknowledged already.")


class AlertSnoozeSerializer(Input):
    until = InstantField(help_text="A moment to come, at most 90 days away.")
    note = _note()


class AlertAssignSerializer(Input):
    user = serializers.IntegerField(
        min_value=1, max_value=MAX_ID, allow_null=True, help_text="A member's user id (`members/`); null: nobody."
    )


class AlertRestockSerializer(Input):
    quantity = units(
        min_value=SMALLEST,
        max_value=LARGEST,
        required=False,
        allow_null=True,
        default=None,
        help_text="Units to order; left out: what the current proposal has, else the recommended quantity.",
    )
