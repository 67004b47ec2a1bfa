"""The shapes of the ledger's API. They describe; services.intake reads and checks what is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from inventory_project.api.fields import KnownFieldsOnly, VersionField
from stock.choices import ALIASES, SUBMITTABLE, AppliedVia, Bucket, Kind, MovementStatus, StockStatus
from stock.services import intake

# Nobody books a case as one unit because the sentence was on another page.
IN_UNITS = "In the product's own unit, also where a case's barcode names it: 24 for two cases of 12."
WRITABLE_KINDS = [*ALIASES, *sorted(str(kind) for kind in SUBMITTABLE)]


class Reference(serializers.JSONField):
    """An id (a number) or a code (a text)."""

    def to_internal_value(self, data: object) -> intake.Reference:
        errors: intake.Errors = {}
        found = intake.read_reference(data, "reference", errors)
        if errors:
            raise serializers.ValidationError(errors["reference"])
        return found


REFERENCE_SCHEMA = {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "minLength": 1, "maxLength": 64}]}


class ExactNumberField(serializers.DecimalField):
    """A number as every door of the ledger reads it: Python would also take 1_000 and the digits of other scripts."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) and not intake.NUMBER.fullmatch(data.strip()):
            self.fail("invalid")
        return super().to_internal_value(data)


def units(**options: object) -> serializers.DecimalField:
    return ExactNumberField(max_digits=14, decimal_places=3, **options)  # type: ignore[arg-type]


def amount(**options: object) -> serializers.DecimalField:
    return ExactNumberField(max_digits=24, decimal_places=4, **options)  # type: ignore[arg-type]


class MovementInputSerializer(serializers.Serializer):  # type: ignore[type-arg]
    store = Reference(help_text="Store id or code.")
    product = Reference(help_text="Product id, SKU or barcode.")
    movement_type = serializers.ChoiceField(choices=WRITABLE_KINDS, help_text="IN, OUT, REM or a kind.")
    quantity = units(
        min_value=-1_000_000_000,
        max_value=1_000_000_000,
        help_text=f"Greater than zero; adjustments are signed. At most 3 decimals. {IN_UNITS}",
    )
    reason = serializers.CharField(required=False, max_length=300, allow_blank=True)
    effective_at = serializers.DateTimeField(required=False, help_text="The store's clock; now when left out.")
    unit_price = amount(required=False, min_value=0, max_value=1_000_000_000)
    unit_cost = amount(
        required=False,
        min_value=0,
        max_value=1_000_000_000,
        help_text="What a unit has cost, of a receipt or an opening; left out: the average cost. Needs the right to see"
        " costs.",
    )
    reference = serializers.CharField(required=False, max_length=100, allow_blank=True)
    idempotency_key = serializers.CharField(required=False, max_length=255, help_text="As the header, for one row.")


class MovementSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=MovementStatus.choices)
    reason = serializers.CharField(help_text="Why it was rejected; else the note it was sent with.")
    rejection_code = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]
        help_text="What was wrong with a rejected movement, by field, when it was a field of it."
    )
    note = serializers.CharField()
    balance_after = units(allow_null=True)
    applied_via = serializers.ChoiceField(choices=AppliedVia.choices, allow_null=True)
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    movement_type = serializers.ChoiceField(choices=Kind.choices)
    quantity = units(help_text="As submitted.")
    delta = units(help_text="Signed: what it adds to the balance.")
    bucket = serializers.ChoiceField(choices=Bucket.choices, allow_null=True, help_text="Of goods on hold.")
    held = units(allow_null=True, help_text="Signed: what it adds to what is on hold in the bucket.")
    unit_price = amount(allow_null=True)
    unit_cost = amount(allow_null=True, required=False, help_text="Only for callers who may see costs.")
    effective_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    applied_at = serializers.DateTimeField(allow_null=True)
    actor = serializers.IntegerField(allow_null=True)
    source = serializers.CharField()
    reference = serializers.CharField()
    transfer_id = serializers.UUIDField(allow_null=True)
    reverses_id = serializers.UUIDField(allow_null=True)


class BulkReceiptSerializer(serializers.Serializer):  # type: ignore[type-arg]
    row = serializers.IntegerField(help_text="1 is the first.")
    id = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(choices=[*MovementStatus.choices, ("invalid", "Invalid")])
    reason = serializers.CharField()
    code = serializers.CharField(help_text="invalid, idempotency_key_reused, insufficient_stock …")
    balance_after = units(allow_null=True)
    replayed = serializers.BooleanField()
    fields = serializers.DictField(help_text="What is wrong, by field.")  # type: ignore[assignment]


class BulkAnswerSerializer(serializers.Serializer):  # type: ignore[type-arg]
    results = BulkReceiptSerializer(many=True)
    accepted = serializers.IntegerField()
    applied = serializers.IntegerField()
    rejected = serializers.IntegerField()
    invalid = serializers.IntegerField()
    replayed = serializers.IntegerField()


class ReversalInputSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    reason = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")


class InventoryUpdateSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    store_id = Reference(help_text="Store id or code.")
    product_id = Reference(help_text="Product id, SKU or barcode.")
    delta = units(help_text="Signed, not zero.")
    expected = units(
        required=False,
        allow_null=True,
        help_text="What is on hand as far as you know. When it is not, nothing is booked: 409 `quantity_changed`.",
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class InventoryTransferSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    from_store = Reference(help_text="Store id or code.")
    to_store = Reference(help_text="Store id or code.")
    product_id = Reference(help_text="Product id, SKU or barcode.")
    quantity = units(min_value=Decimal("0.001"))
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class InventoryRowSerializer(serializers.Serializer):  # type: ignore[type-arg]
    store_id = serializers.IntegerField()
    store = serializers.CharField()
    store_code = serializers.CharField()
    product_id = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    on_hand = units()
    reserved = units(help_text="Promised to orders.")
    on_hold = units(help_text="Not for sale: on_hold_damaged + on_hold_quality")
    on_hold_damaged = units()
    on_hold_quality = units()
    available = units(help_text="on_hand - reserved - on_hold")
    in_transit_in = units(help_text="On the way to this store, and not on hand anywhere.")
    in_transit_out = units(help_text="Sent off from this store, and neither received nor settled.")
    on_order = units(help_text="Ordered from suppliers for this store, and neither received nor cancelled.")
    reorder_level = units()
    order_up_to = units(allow_null=True, help_text="More than this on hand is overstock; null: no such level.")
    status = serializers.ChoiceField(choices=StockStatus.choices)
    updated_at = serializers.DateTimeField()


class StockRowSerializer(InventoryRowSerializer):
    id = serializers.IntegerField()
    unit = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    supplier = serializers.CharField(allow_null=True)
    reorder_level_override = units(allow_null=True)
    version = serializers.IntegerField(help_text="Of the levels set here; movements leave it as it is.")
    order_up_to_override = units(allow_null=True)


class LowStockRowSerializer(StockRowSerializer):
    shortfall = units(help_text="Units missing to the reorder level.")


class MovementFiguresSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """opening + units_in - units_out = closing"""

    opening = units(help_text="Held before the first day.")
    units_in = units()
    units_out = units()
    units_sold = units()
    closing = units(help_text="Held after the last day.")
    movements = serializers.IntegerField()


class MovementKindsSerializer(serializers.Serializer):  # type: ignore[type-arg]
    in_by_kind = serializers.DictField(child=units(), help_text="Adds up to units_in.")
    out_by_kind = serializers.DictField(child=units(), help_text="Adds up to units_out.")


class MovementReportRowSerializer(MovementKindsSerializer, MovementFiguresSerializer, StockRowSerializer):
    pass


class ProductMovementsSerializer(MovementKindsSerializer, MovementFiguresSerializer):
    id = serializers.IntegerField(help_text="The product's.")
    sku = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()


class StoreMovementsSerializer(MovementFiguresSerializer):
    in_by_kind = serializers.DictField(child=units(), required=False, help_text="With by_kind=true.")
    out_by_kind = serializers.DictField(child=units(), required=False, help_text="With by_kind=true.")
    id = serializers.IntegerField(help_text="The store's.")
    code = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField()


class LevelsSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    """A store's own levels of a product; at least one of them is given."""

    reorder_level_override = units(required=False, allow_null=True, min_value=0, help_text="null: the product's level.")
    order_up_to_override = units(required=False, allow_null=True, min_value=0, help_text="null: the product's level.")
    version = VersionField()

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        if not attrs.keys() - {"version"}:
            raise serializers.ValidationError("Give reorder_level_override, order_up_to_override or both.")
        return attrs


class DaySerializer(serializers.Serializer):  # type: ignore[type-arg]
    date = serializers.DateField()
    movements = serializers.IntegerField()
    units_in = serializers.FloatField()
    units_out = serializers.FloatField()
    units_sold = serializers.FloatField()
    revenue = serializers.FloatField()


class DashboardSerializer(serializers.Serializer):  # type: ignore[type-arg]
    products = serializers.IntegerField()
    stores = serializers.IntegerField()
    balances = serializers.IntegerField()
    units = serializers.FloatField()
    cost_value = serializers.FloatField(required=False, help_text="Only for callers who may see costs.")
    retail_value = serializers.FloatField()
    low_stock = serializers.IntegerField()
    out_of_stock = serializers.IntegerField()
    negative_stock = serializers.IntegerField()
    over_stock = serializers.IntegerField()
    today = DaySerializer()
    days = DaySerializer(many=True)
    last_movement_at = serializers.DateTimeField(allow_null=True)
    computed_at = serializers.DateTimeField()


MATRIX_CELL = {
    "type": "object",
    "nullable": True,
    "properties": {
        "store_id": {"type": "integer"},
        "on_hand": {"type": "number"},
        "available": {"type": "number"},
        "status": {"type": "string", "enum": StockStatus.values},
    },
}


@extend_schema_field({"type": "array", "items": MATRIX_CELL})
class MatrixCellsField(serializers.ListField):
    """One cell for each store."""


class MatrixRowSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField(help_text="The product's.")
    sku = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    category_name = serializers.CharField(allow_null=True)
    on_hand = units(help_text="Sum over the stores shown.")
    available = units(help_text="Sum over the stores shown.")
    cells = MatrixCellsField(help_text="One for each of `stores`, in their order; null: never held.")
