"""The shape of a store on the wire."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from inventory_project.api.fields import (
    KnownFieldsOnly,
    TextField,
    VersionField,
    existing_currency,
    existing_time_zone,
)
from stores.models import Store


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A shop",
            value={
                "code": "DT",
                "name": "Downtown",
                "kind": "shop",
                "location": "12 Main Street",
                "region": "North",
                "time_zone": "Europe/Paris",
                "currency": "EUR",
            },
            request_only=True,
        )
    ]
)
class StoreSerializer(KnownFieldsOnly, serializers.ModelSerializer):  # type: ignore[type-arg]
    code = TextField(max_length=40)
    name = TextField(max_length=200)
    location = TextField(max_length=300, required=False, allow_blank=True)
    region = TextField(max_length=100, required=False, allow_blank=True)
    time_zone = TextField(max_length=64, required=False, validators=[existing_time_zone])
    currency = TextField(max_length=3, required=False, validators=[existing_currency])
    version = VersionField()

    class Meta:
        model = Store
        fields = [
            "id", "code", "name", "kind", "location", "region", "time_zone", "currency", "is_active",
            "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["id", "created_at", "updated_at"]
        validators: list[object] = []
