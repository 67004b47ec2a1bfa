"""The shapes of transfers on the wire."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from inventory_project.api.fields import KnownFieldsOnly, TextField, VersionField
from stock.api.serializers import IN_UNITS, REFERENCE_SCHEMA, amount, units
from stock.models.transfer_orders import TransferStatus
from stock.services.transfer_shipments import Settlement

MAX_LINES = 500
SMALLEST = Decimal("0.001")
LARGEST = Decimal(1_000_000_000)


@extend_schema_field(REFERENCE_SCHEMA)
class ReferenceInput(serializers.Field):  # type: ignore[type-arg]
    """An id or a code; what it means is judged by the service."""

    def to_internal_value(self, data: Any) -> int | str:
        if type(data) is int and 0 < data < 2**63:
            return data
        if isinstance(data, str) and 0 < len(data.strip()) <= 64 and "\x00" not in data:
            return data.strip()
        raise serializers.ValidationError("An id or a code is needed.")

    def to_representation(self, value: Any) -> Any:
        return value


class Input(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    """A body whose fields are all known: a misspelt one would otherwise be ignored without a word."""


class WantedSerializer(Input):
    product = ReferenceInput(help_text="Product id, SKU or barcode.")
    quantity = units(min_value=SMALLEST, max_value=LARGEST, help_text=IN_UNITS)


class ShippedSerializer(WantedSerializer):
    """Units of one product."""


class ReceivedSerializer(Input):
    product = ReferenceInput(help_text="Product id, SKU or barcode.")
    quantity = units(min_value=0, max_value=LARGEST, required=False, default=Decimal(0), help_text="In good order.")
    damaged = units(min_value=0, max_value=LARGEST, required=False, default=Decimal(0), help_text="Besides those.")


class TransferInputSerializer(Input):
    from_store = ReferenceInput(help_text="Store id or code.")
    to_store = ReferenceInput(help_text="Store id or code.")
    lines = WantedSerializer(many=True, allow_empty=False, max_length=MAX_LINES)
    reference = TextField(max_length=100, required=False, allow_blank=True)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    expected_on = serializers.DateField(required=False, allow_null=True, help_text="When it should arrive.")


class TransferChangeSerializer(Input):
    lines = WantedSerializer(many=True, allow_empty=False, max_length=MAX_LINES, required=False)
    reference = TextField(max_length=100, required=False, allow_blank=True)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    expected_on = serializers.DateField(required=False, allow_null=True)
    version = VersionField()


class StepSerializer(Input):
    """Nothing needs to be said."""


class CancelSerializer(Input):
    reason = TextField(max_length=200, required=False, allow_blank=True, default="")


class DispatchSerializer(Input):
    lines = ShippedSerializer(
        many=True, allow_empty=False, max_length=MAX_LINES, required=False, help_text="All as requested when left out."
    )


class ReceiveSerializer(Input):
    lines = ReceivedSerializer(
        many=True,
        allow_empty=False,
        max_length=MAX_LINES,
        required=False,
        help_text="Everything in transit, in good order, when left out.",
    )
    keep_damaged = serializers.BooleanField(
        required=False, default=False, help_text="Damaged units are put on hold as damaged, not written off."
    )


class SettleSerializer(Input):
    outcome = serializers.ChoiceField(choices=[outcome.value for outcome in Settlement])
    reason = TextField(max_length=200)
    lines = ShippedSerializer(
        many=True, allow_empty=False, max_length=MAX_LINES, required=False, help_text="All in transit when left out."
    )


class TransferLineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """dispatched = received + damaged + short + returned + in_transit, always."""

    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    requested = units()
    dispatched = units()
    received = units(help_text="Arrived in good order.")
    damaged = units(help_text="Arrived damaged: written off, or put on hold.")
    short = units(help_text="Never arrived, written off.")
    returned = units(help_text="Sent back to the source.")
    settled = units(help_text="short + returned")
    over = units(help_text="Arrived beyond what was dispatched.")
    in_transit = units(help_text="Dispatched, and neither received nor settled.")


class TransferHeadSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField(help_text="The transfer_id of the movements it posts.")
    number = serializers.CharField(help_text="What people call it, e.g. T-000123.")
    status = serializers.ChoiceField(choices=TransferStatus.choices)
    from_store = serializers.IntegerField()
    from_store_name = serializers.CharField()
    from_store_code = serializers.CharField()
    to_store = serializers.IntegerField()
    to_store_name = serializers.CharField()
    to_store_code = serializers.CharField()
    reference = serializers.CharField()
    note = serializers.CharField()
    expected_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    dispatched_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class TransferSerializer(TransferHeadSerializer):
    lines = TransferLineSerializer(many=True)


class TransferRowSerializer(TransferHeadSerializer):
    line_count = serializers.IntegerField()
    units_requested = units()
    units_dispatched = units()
    units_in_transit = units()


class UnsettledRowSerializer(TransferHeadSerializer):
    days_in_transit = serializers.IntegerField()
    is_late = serializers.BooleanField(help_text="Past its expected date, by the destination's clock.")
    units_in_transit = units()
    retail_value = amount()
    cost_value = amount(required=False, help_text="As dispatched; only for callers who may see costs.")


class InTransitRowSerializer(serializers.Serializer):  # type: ignore[type-arg]
    store_id = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    product_id = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    units = units()
    transfers = serializers.IntegerField()
    next_expected_on = serializers.DateField(allow_null=True)
