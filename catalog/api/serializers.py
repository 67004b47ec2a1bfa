"""The shapes of the catalogue on the wire."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from catalog.models import Category, Product, Supplier
from inventory_project.api.fields import KnownFieldsOnly, ReferenceField, TextField, VersionField
from inventory_project.kernel.errors import PermissionRefused

MOST_BARCODES = 50
DAYS = {"min_value": 0, "max_value": 3650}


@extend_schema_serializer(examples=[OpenApiExample("Drinks", value={"name": "Drinks"}, request_only=True)])
class CategorySerializer(KnownFieldsOnly, serializers.ModelSerializer):  # type: ignore[type-arg]
    name = TextField(max_length=120)
    version = VersionField()

    class Meta:
        model = Category
        fields = ["id", "name", "version", "created_at", "updated_at"]
        read_only_fields = ["id", "created_at", "updated_at"]
        validators: list[object] = []


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A supplier",
            value={"name": "Northern Foods", "email": "orders@northern.example", "lead_time_days": 5},
            request_only=True,
        )
    ]
)
class SupplierSerializer(KnownFieldsOnly, serializers.ModelSerializer):  # type: ignore[type-arg]
    name = TextField(max_length=200)
    contact_name = TextField(max_length=200, required=False, allow_blank=True)
    phone = TextField(max_length=50, required=False, allow_blank=True)
    version = VersionField()

    class Meta:
        model = Supplier
        fields = [
            "id", "name", "contact_name", "email", "phone", "address", "lead_time_days", "is_active",
            "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["id", "created_at", "updated_at"]
        extra_kwargs = {"lead_time_days": DAYS}
        validators: list[object] = []


class BarcodeSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    """A scannable code; `units` says how many units it stands for: the till multiplies, a movement never."""

    code = serializers.RegexField(
        r"^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$",
        max_length=64,
        error_messages={"invalid": "A barcode is 1 to 64 printable ASCII characters."},
    )
    units = serializers.DecimalField(max_digits=14, decimal_places=3, min_value=Decimal("0.001"), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        # A PATCH of the product makes its fields optional, and these with them.
        if "code" not in attrs:
            raise serializers.ValidationError({"code": ["This field is required."]})
        return {"units": Decimal(1), **attrs}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A product",
            value={
                "sku": "TEA-001",
                "name": "Green tea 20 bags",
                "category": 1,
                "supplier": 1,
                "unit": "each",
                "unit_cost": 1.25,
                "sale_price": 2.99,
                "reorder_level": 24,
                "order_up_to": 96,
                "pack_size": 12,
                "moq": 12,
                "lead_time_days": 5,
                "barcodes": [{"code": "4006381333931"}, {"code": "14006381333938", "units": 12}],
            },
            request_only=True,
        )
    ]
)
class ProductSerializer(KnownFieldsOnly, serializers.ModelSerializer):  # type: ignore[type-arg]
    """`unit_cost` is shown to, and accepted from, callers with the right to see costs only."""

    sku = TextField(max_length=64)
    name = TextField(max_length=200)
    category = ReferenceField(source="category_id", required=False, allow_null=True)
    category_name = serializers.SerializerMethodField()
    supplier = ReferenceField(source="supplier_id", required=False, allow_null=True)
    supplier_name = serializers.SerializerMethodField()
    unit = TextField(max_length=20, required=False)
    barcodes = BarcodeSerializer(many=True, required=False, max_length=MOST_BARCODES)
    version = VersionField()

    class Meta:
        model = Product
        fields = [
            "id", "sku", "name", "category", "category_name", "supplier", "supplier_name", "unit", "unit_cost",
            "sale_price", "reorder_level", "order_up_to", "pack_size", "moq", "lead_time_days", "lifecycle", "barcodes",
            "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["id", "created_at", "updated_at"]
        extra_kwargs = {
            "unit_cost": {"min_value": 0},
            "sale_price": {"min_value": 0},
            "reorder_level": {"min_value": 0},
            "order_up_to": {"min_value": 0, "help_text": "More than this on hand is overstock; null: no such level."},
            "pack_size": {"min_value": Decimal("0.001")},
            "moq": {"min_value": Decimal("0.001")},
            "lead_time_days": DAYS,
        }
        validators: list[object] = []

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if not self._sees_costs():
            del fields["unit_cost"]
        return fields

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and "unit_cost" in data and not self._sees_costs():
            raise PermissionRefused(
                "You do not have the right to see or set costs.",
                fields={"unit_cost": ["Needs the right to see costs."]},
            )
        return super().to_internal_value(data)

    def validate_barcodes(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        codes = [row["code"] for row in rows]
        if len(set(codes)) < len(codes):
            raise serializers.ValidationError("The same barcode is given twice.")
        return rows

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_category_name(self, product: Product) -> str | None:
        return product.category.name if product.category else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_supplier_name(self, product: Product) -> str | None:
        return product.supplier.name if product.supplier else None

    def _sees_costs(self) -> bool:
        """The view says; the schema generator, which has no caller, is shown everything."""
        return bool(self.context.get("sees_costs", True))
