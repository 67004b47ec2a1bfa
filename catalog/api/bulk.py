"""POST /api/products/bulk/: many products in one request, a verdict per row."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from catalog.services.bulk import Row
from inventory_project.kernel.errors import InvalidInput

MOST_ROWS = 1000
UPSERT = OpenApiParameter(
    "upsert", bool, description="Change the products whose SKU exists; without it their rows are rejected."
)


class ProductVerdictSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What became of one row."""

    row = serializers.IntegerField(help_text="The row's place in the request, from 0.")
    status = serializers.ChoiceField(["created", "updated", "unchanged", "rejected"])
    id = serializers.IntegerField(allow_null=True)
    sku = serializers.CharField(allow_null=True)
    code = serializers.CharField(help_text="Why it was rejected; empty otherwise.")
    fields = serializers.DictField(help_text="What is wrong, by field.")  # type: ignore[assignment]


class ProductBulkAnswerSerializer(serializers.Serializer):  # type: ignore[type-arg]
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    rejected = serializers.IntegerField()
    results = ProductVerdictSerializer(many=True)


EXAMPLE = OpenApiExample(
    "Two products",
    value=[{"sku": "TEA-001", "name": "Green tea", "sale_price": 2.99}, {"sku": "MUG-1", "name": "Mug"}],
    request_only=True,
)


def read(data: Any, serializer: Any) -> list[Row]:
    """The request's rows, each judged in its form, by one serializer: building one costs more than judging a row."""
    if not isinstance(data, list) or not 1 <= len(data) <= MOST_ROWS:
        raise InvalidInput(f"Send a JSON array of 1 to {MOST_ROWS} products.")
    return [_read_row(number, given, serializer) for number, given in enumerate(data, start=1)]


def _read_row(number: int, given: Any, serializer: Any) -> Row:
    try:
        values = serializer.run_validation(given)
    except serializers.ValidationError as error:
        sku = given.get("sku") if isinstance(given, dict) else None
        row = Row(number, {"sku": sku if isinstance(sku, str) else None}, status="rejected", code="invalid")
        row.fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        return row
    row = Row(number, dict(values))
    if "sku" not in values:
        row.values["sku"] = None
        row.reject("invalid", "sku", "This field is required.")
    return row


def answer(rows: list[Row]) -> dict[str, Any]:
    statuses = [row.status for row in rows]
    counts = {status: statuses.count(status) for status in ("created", "updated", "unchanged", "rejected")}
    return {**counts, "results": [_verdict(row) for row in rows]}


def _verdict(row: Row) -> dict[str, Any]:
    return {
        "row": row.number,
        "status": row.status,
        "id": row.product_id,
        "sku": row.values["sku"],
        "code": row.code,
        "fields": row.fields,
    }
