"""The shapes of orders to suppliers on the wire."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from inventory_project.api.fields import InstantField, ReferenceField, TextField, VersionField, existing_currency
from stock.api.serializers import amount, units
from stock.api.transfer_serializers import LARGEST, MAX_LINES, SMALLEST, Input, ReferenceInput, StepSerializer
from stock.models.purchase_orders import LetterState, PurchaseSource, PurchaseStatus, SentBy

__all__ = ["Input", "StepSerializer"]
MOST_COST = 1_000_000_000
HIDDEN = "Only for callers who may see costs."


class BoughtSerializer(Input):
    product = ReferenceInput(help_text="Product id, SKU or barcode.")
    quantity = units(min_value=SMALLEST, max_value=LARGEST, required=False, help_text="In units; or give packs.")
    packs = units(min_value=SMALLEST, max_value=LARGEST, required=False, help_text="Of the product's pack size.")
    unit_cost = amount(
        min_value=0,
        max_value=MOST_COST,
        required=False,
        help_text="Of one unit, in the order's currency; the product's when left out. Needs the right to see costs.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Ten packs and seven units",
            value={
                "supplier": 1,
                "store": "DOWNTOWN",
                "expected_on": "2026-12-01",
                "lines": [{"product": "TEA-001", "packs": 10}, {"product": "TEA-002", "quantity": 7}],
            },
            request_only=True,
        )
    ]
)
class PurchaseInputSerializer(Input):
    supplier = ReferenceField(help_text="The supplier's id.")
    store = ReferenceInput(help_text="Where it is delivered: store id or code.")
    lines = BoughtSerializer(many=True, allow_empty=False, max_length=MAX_LINES)
    currency = serializers.CharField(
        max_length=3, required=False, validators=[existing_currency], help_text="Your organisation's when left out."
    )
    expected_on = serializers.DateField(
        required=False,
        allow_null=True,
        help_text="When left out it is reckoned from lead times when the order is sent.",
    )
    reference = TextField(max_length=100, required=False, allow_blank=True)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, help_text="The supplier reads it.")
    proposal = TextField(max_length=100, required=False, allow_blank=True, help_text="What it was accepted from.")


class PurchaseChangeSerializer(Input):
    """Of an order that was sent only expected_on, reference and note can be changed."""

    supplier = ReferenceField(required=False)
    store = ReferenceInput(required=False)
    lines = BoughtSerializer(many=True, allow_empty=False, max_length=MAX_LINES, required=False)
    currency = serializers.CharField(max_length=3, required=False, validators=[existing_currency])
    expected_on = serializers.DateField(required=False, allow_null=True)
    reference = TextField(max_length=100, required=False, allow_blank=True)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    version = VersionField()


class SendSerializer(Input):
    by = serializers.ChoiceField(
        choices=SentBy.choices,
        required=False,
        help_text="email: mailed to the supplier's address. other: told in another way. Left out: email if there is an "
        "address.",
    )
    sent_at = InstantField(required=False, help_text="When it was told in another way; now when left out.")


class CloseSerializer(Input):
    reason = TextField(
        max_length=300, required=False, allow_blank=True, default="", help_text="Needed when units are missing."
    )


class CancelPurchaseSerializer(Input):
    reason = TextField(max_length=300, required=False, allow_blank=True, default="")


class ArrivedSerializer(Input):
    product = ReferenceInput(help_text="Product id, SKU or barcode.")
    quantity = units(min_value=0, max_value=LARGEST, required=False, help_text="In good order.")
    damaged = units(
        min_value=0, max_value=LARGEST, required=False, help_text="Besides those: kept, on hold as damaged."
    )
    rejected = units(
        min_value=0, max_value=LARGEST, required=False, help_text="Besides those: handed back at the door, still owed."
    )
    unit_cost = amount(
        min_value=0, max_value=MOST_COST, required=False, help_text="As invoiced; as ordered when left out."
    )


class DeliverySerializer(Input):
    lines = ArrivedSerializer(
        many=True,
        allow_empty=False,
        max_length=MAX_LINES,
        required=False,
        help_text="All that is outstanding, in good order, when left out.",
    )
    delivery_note = TextField(
        max_length=100, required=False, allow_blank=True, help_text="The same one is not taken in twice."
    )
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    received_at = InstantField(required=False, help_text="When the goods came in; now when left out.")


class WarningSerializer(serializers.Serializer):  # type: ignore[type-arg]
    code = serializers.ChoiceField(choices=["not_whole_packs", "below_minimum", "other_supplier", "running_out"])
    message = serializers.CharField()


class PurchaseLineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """ordered = received + cancelled + outstanding, always."""

    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    ordered = units()
    pack_size = units(help_text="Units in a pack when it was ordered.")
    packs = units(help_text="ordered / pack_size")
    received = units(help_text="Taken in, of what was ordered.")
    over = units(help_text="Taken in beyond what was ordered.")
    damaged = units(help_text="The part of received and over that arrived damaged.")
    rejected = units(help_text="Handed back at the door, and still owed.")
    cancelled = units(help_text="No longer expected.")
    outstanding = units(help_text="Neither received nor cancelled: on order, once the order was sent.")
    unit_cost = amount(required=False, help_text=HIDDEN)
    cost = amount(required=False, help_text=HIDDEN)
    warnings = WarningSerializer(many=True, help_text="What to look at before sending; of drafts only.")


class PurchaseLetterSerializer(serializers.Serializer):  # type: ignore[type-arg]
    to = serializers.EmailField()
    state = serializers.ChoiceField(choices=LetterState.choices)
    attempts = serializers.IntegerField()
    error = serializers.CharField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class PurchaseReceiptSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    number = serializers.CharField()
    delivery_note = serializers.CharField()
    received_at = serializers.DateTimeField()
    received_by = serializers.CharField()
    reversed_at = serializers.DateTimeField(allow_null=True)


class PurchaseHeadSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    number = serializers.CharField(help_text="What people call it, e.g. P-000123.")
    status = serializers.ChoiceField(choices=PurchaseStatus.choices)
    supplier = serializers.IntegerField()
    supplier_name = serializers.CharField()
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    currency = serializers.CharField()
    expected_on = serializers.DateField(allow_null=True)
    is_late = serializers.BooleanField(help_text="Past its expected date, by the store's clock, and not all here.")
    days_late = serializers.IntegerField()
    reference = serializers.CharField()
    note = serializers.CharField()
    source = serializers.ChoiceField(choices=PurchaseSource.choices)
    proposal = serializers.CharField()
    created_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    sent_by = serializers.ChoiceField(choices=SentBy.choices, allow_blank=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    end_reason = serializers.CharField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    total_cost = amount(required=False, help_text=f"Of all that was ordered. {HIDDEN}")


class PurchaseSerializer(PurchaseHeadSerializer):
    lines = PurchaseLineSerializer(many=True)
    letters = PurchaseLetterSerializer(many=True)
    receipts = PurchaseReceiptSerializer(many=True)


class PurchaseRowSerializer(PurchaseHeadSerializer):
    line_count = serializers.IntegerField()
    units_ordered = units()
    units_received = units(help_text="Taken in, over-delivery included.")
    units_outstanding = units()


class ReverseSerializer(Input):
    line = serializers.IntegerField(min_value=1, max_value=32767, help_text="Its position in the goods receipt.")
    reason = TextField(max_length=300)


class GoodsReceiptLineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    position = serializers.IntegerField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    ordered = units()
    quantity = units(help_text="In good order.")
    damaged = units(help_text="Kept, on hold as damaged.")
    rejected = units(help_text="Handed back at the door.")
    unit_cost = amount(required=False, help_text=f"As invoiced. {HIDDEN}")
    ordered_unit_cost = amount(required=False, help_text=HIDDEN)
    movement_id = serializers.UUIDField(allow_null=True)
    damaged_movement_id = serializers.UUIDField(allow_null=True)
    reversed_at = serializers.DateTimeField(allow_null=True)
    reversed_by = serializers.CharField()
    reversal_reason = serializers.CharField()


class GoodsReceiptHeadSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    number = serializers.CharField(help_text="What people call it, e.g. G-000123.")
    order = serializers.UUIDField()
    order_number = serializers.CharField()
    supplier = serializers.IntegerField()
    supplier_name = serializers.CharField()
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    currency = serializers.CharField()
    delivery_note = serializers.CharField()
    note = serializers.CharField()
    received_at = serializers.DateTimeField()
    received_by = serializers.CharField()
    reversed_at = serializers.DateTimeField(allow_null=True, help_text="When its last line was reversed.")
    created_at = serializers.DateTimeField()


class GoodsReceiptSerializer(GoodsReceiptHeadSerializer):
    lines = GoodsReceiptLineSerializer(many=True)


class GoodsReceiptRowSerializer(GoodsReceiptHeadSerializer):
    line_count = serializers.IntegerField(help_text="Lines that were not reversed; so the sums.")
    units_received = units(help_text="In good order.")
    units_damaged = units()
    units_rejected = units()


class MeasuredSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Days from sending an order to its goods. Spread: sample standard deviation, null of fewer than two."""

    first_count = serializers.IntegerField(help_text="Measurements of the first arrival.")
    first_mean = serializers.FloatField(allow_null=True)
    first_spread = serializers.FloatField(allow_null=True)
    full_count = serializers.IntegerField(help_text="Measurements of the arrival of all that was ordered.")
    full_mean = serializers.FloatField(allow_null=True)
    full_spread = serializers.FloatField(allow_null=True)
    last_days = serializers.FloatField(allow_null=True, help_text="The most recent first arrival's.")
    last_received_at = serializers.DateTimeField(allow_null=True)


class SupplierLeadTimeSerializer(MeasuredSerializer):
    id = serializers.IntegerField(help_text="The supplier's.")
    name = serializers.CharField()
    planned_days = serializers.IntegerField(help_text="What the catalogue says.")


class ProductLeadTimeSerializer(MeasuredSerializer):
    id = serializers.IntegerField(help_text="The product's.")
    sku = serializers.CharField()
    name = serializers.CharField()
    planned_days = serializers.IntegerField(help_text="What the catalogue says: the product's own, or the supplier's.")
