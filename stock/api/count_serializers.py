"""The shapes of the stock counts' API."""

from __future__ import annotations

from rest_framework import serializers

from inventory_project.api.fields import ReferenceField, TextField, VersionField
from stock.api.serializers import IN_UNITS, Reference, amount, units
from stock.api.transfer_serializers import Input
from stock.choices import CYCLE_DAYS, CountKind, CountState
from stock.selectors.counts import CHOICES
from stock.services.counts import MAX_PRODUCTS

WHICH = [*CHOICES]
LINE_STATUSES = ["counted", "uncounted", "recounting", "added", *CHOICES]


def percent(**options: object) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100, **options)  # type: ignore[arg-type]


class CountChangeSerializer(Input):
    name = TextField(max_length=120, required=False, allow_blank=True)
    blind = serializers.BooleanField(required=False, help_text="Those who count do not see the book. Until it starts.")
    planned_for = serializers.DateField(required=False, allow_null=True)
    tolerance_units = units(required=False, min_value=0)
    tolerance_percent = percent(required=False, help_text="Of the book; the larger of the two tolerances holds.")
    version = VersionField()


class CountInputSerializer(Input):
    store = Reference(help_text="Store id or code.")
    kind = serializers.ChoiceField(choices=CountKind.choices)
    name = TextField(max_length=120, required=False, allow_blank=True)
    blind = serializers.BooleanField(required=False, default=True)
    planned_for = serializers.DateField(required=False, allow_null=True)
    tolerance_units = units(required=False, min_value=0)
    tolerance_percent = percent(required=False)
    products = serializers.ListField(
        child=Reference(), required=False, max_length=MAX_PRODUCTS, help_text="Ids, SKUs or barcodes; not for full."
    )
    take = serializers.IntegerField(
        required=False, min_value=1, max_value=MAX_PRODUCTS, help_text="Cycle: so many of the due."
    )


class CountSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(choices=CountKind.choices)
    state = serializers.ChoiceField(choices=CountState.choices)
    name = serializers.CharField()
    blind = serializers.BooleanField()
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    tolerance_units = units()
    tolerance_percent = percent()
    planned_for = serializers.DateField(allow_null=True)
    planned_by = serializers.CharField()
    posted_by = serializers.CharField()
    uncounted_as_zero = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    posted_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class CountLineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    round = serializers.IntegerField()
    recounting = serializers.BooleanField()
    added = serializers.BooleanField(help_text="Found without having been on the list.")
    entries = serializers.IntegerField()
    counted = units(allow_null=True)
    counted_at = serializers.DateTimeField(allow_null=True, help_text="The line's moment: its last entry's.")
    book = units(allow_null=True, required=False, help_text="At that moment, as known now; hidden in blind counts.")
    variance = units(allow_null=True, required=False, help_text="counted - book")
    moved = units(allow_null=True, required=False, help_text="What came and went between first and last entry.")
    within_tolerance = serializers.BooleanField(allow_null=True, required=False)
    variance_cost = amount(allow_null=True, required=False)


class CountEntryInputSerializer(serializers.Serializer):  # type: ignore[type-arg]
    product = Reference(help_text="Product id, SKU or barcode.")
    quantity = units(
        min_value=0, max_value=1_000_000_000, help_text=f"What is in this place; 0 when nothing is. {IN_UNITS}"
    )
    counted_at = serializers.DateTimeField(required=False, help_text="The counter's clock; now when left out.")
    place = serializers.CharField(required=False, allow_blank=True, max_length=100, help_text="Shelf, back room …")
    idempotency_key = serializers.CharField(required=False, max_length=255)


class CountEntrySerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    line = serializers.IntegerField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    round = serializers.IntegerField()
    quantity = units()
    place = serializers.CharField()
    counted_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    counter = serializers.CharField()
    voided_at = serializers.DateTimeField(allow_null=True)
    voided_by = serializers.CharField()


class CountEntryReceiptSerializer(serializers.Serializer):  # type: ignore[type-arg]
    row = serializers.IntegerField(help_text="1 is the first.")
    id = serializers.IntegerField()
    line = serializers.IntegerField()
    product = serializers.IntegerField()
    quantity = units()
    counted_at = serializers.DateTimeField()
    round = serializers.IntegerField()
    replayed = serializers.BooleanField()


class CountEntriesAnswerSerializer(serializers.Serializer):  # type: ignore[type-arg]
    results = CountEntryReceiptSerializer(many=True)
    recorded = serializers.IntegerField()
    replayed = serializers.IntegerField()


class VoidInputSerializer(Input):
    entries = serializers.ListField(child=ReferenceField(), min_length=1, max_length=500)


class VoidedSerializer(serializers.Serializer):  # type: ignore[type-arg]
    voided = serializers.IntegerField(help_text="How many were voided now.")


class RecountInputSerializer(Input):
    products = serializers.ListField(child=Reference(), required=False, max_length=MAX_PRODUCTS)
    which = serializers.ChoiceField(choices=WHICH, required=False, help_text="Instead of naming products.")


class ApprovalInputSerializer(Input):
    uncounted_as_zero = serializers.BooleanField(default=False, help_text="Lines nobody counted hold nothing.")
    accept_moved = serializers.BooleanField(default=False, help_text="Take the last entry's moment for moved lines.")


class CorrectionSerializer(serializers.Serializer):  # type: ignore[type-arg]
    count = serializers.IntegerField(help_text="This count, or a later one of the same product.")
    line = serializers.IntegerField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    quantity = units()
    movement = serializers.UUIDField()


class CorrectionsSerializer(serializers.Serializer):  # type: ignore[type-arg]
    corrections = CorrectionSerializer(many=True)


class CountedProductSerializer(serializers.Serializer):  # type: ignore[type-arg]
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()


class ShrinkageSerializer(serializers.Serializer):  # type: ignore[type-arg]
    accurate = serializers.IntegerField(required=False, help_text="Counted lines within tolerance.")
    accuracy = serializers.FloatField(required=False, allow_null=True, help_text="accurate / counted")
    book_units = units(required=False)
    overage_units = units(required=False)
    shortage_units = units(required=False)
    shrinkage_units = units(required=False, help_text="shortage - overage: what is missing.")
    overage_cost = amount(required=False, help_text="Costs only for callers who may see them.")
    shortage_cost = amount(required=False)
    shrinkage_cost = amount(required=False)


class CountSummarySerializer(ShrinkageSerializer):
    count = serializers.IntegerField()
    state = serializers.ChoiceField(choices=CountState.choices)
    lines = serializers.IntegerField()
    counted = serializers.IntegerField()
    uncounted = serializers.IntegerField()
    recounting = serializers.IntegerField()
    added = serializers.IntegerField()
    entries = serializers.IntegerField()
    uncounted_products = CountedProductSerializer(many=True, help_text="The first 100.")
    as_of = serializers.DateTimeField()
    moved = serializers.IntegerField(required=False, help_text="Lines whose units moved while they were counted.")
    counted_units = units(required=False)
    adjustments = serializers.IntegerField(required=False)
    late_adjustments = serializers.IntegerField(required=False)
    late_units = units(required=False)


class AccuracyFiguresSerializer(ShrinkageSerializer):
    counts = serializers.IntegerField()
    lines = serializers.IntegerField()
    counted = serializers.IntegerField()
    uncounted = serializers.IntegerField()


class StoreAccuracySerializer(AccuracyFiguresSerializer):
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()


class AccuracySerializer(serializers.Serializer):  # type: ignore[type-arg]
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    total = AccuracyFiguresSerializer()
    stores = StoreAccuracySerializer(many=True)


class DueSerializer(serializers.Serializer):  # type: ignore[type-arg]
    product_id = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    # `class` is no word for a Python attribute.
    abc_class = serializers.ChoiceField(choices=[*CYCLE_DAYS], help_text="By value sold at cost in 90 days: 80/16/4.")
    last_counted_at = serializers.DateTimeField(allow_null=True)
    days_since_counted = serializers.IntegerField(allow_null=True)
    cycle_days = serializers.IntegerField(help_text="The days within which the class is counted again.")
    due = serializers.BooleanField()
    in_open_count = serializers.BooleanField()
    units_sold = units()
    value_at_cost = amount(required=False, help_text="Only for callers who may see costs.")
