"""The shapes of reservations and of goods on hold on the wire."""

from __future__ import annotations

from rest_framework import serializers

from inventory_project.api.fields import InstantField, TextField
from stock.api.serializers import amount, units
from stock.api.transfer_serializers import LARGEST, MAX_LINES, SMALLEST, Input, ReferenceInput, WantedSerializer
from stock.choices import Bucket, Kind
from stock.models.reservations import ReservationStatus

ALL_WHEN_LEFT_OUT = "All that is open when left out."


class ReservationInputSerializer(Input):
    store = ReferenceInput(help_text="Store id or code.")
    lines = WantedSerializer(many=True, allow_empty=False, max_length=MAX_LINES)
    reference = TextField(max_length=100, required=False, allow_blank=True, help_text="The order it is for.")
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, help_text="About the customer.")
    expires_at = InstantField(required=False, help_text="The organisation's usual time when left out.")
    partial = serializers.BooleanField(required=False, default=False, help_text="What is there; else all or none.")


class ExtendSerializer(Input):
    expires_at = InstantField(
        required=False, default=None, help_text="The organisation's usual time from now when left out."
    )


class ReleaseSerializer(Input):
    lines = WantedSerializer(
        many=True, allow_empty=False, max_length=MAX_LINES, required=False, help_text=ALL_WHEN_LEFT_OUT
    )
    reason = TextField(max_length=200, required=False, allow_blank=True, default="")


class FulfilledSerializer(Input):
    product = ReferenceInput(help_text="Product id, SKU or barcode.")
    quantity = units(min_value=SMALLEST, max_value=LARGEST)
    unit_price = amount(required=False, min_value=0, max_value=LARGEST, help_text="The product's price when left out.")


class FulfilSerializer(Input):
    lines = FulfilledSerializer(
        many=True, allow_empty=False, max_length=MAX_LINES, required=False, help_text=ALL_WHEN_LEFT_OUT
    )
    kind = serializers.ChoiceField(choices=[Kind.SALE.value, Kind.REMOVAL.value], required=False, default="sale")
    reason = TextField(max_length=200, required=False, allow_blank=True, default="")


class ReservationLineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """quantity = fulfilled + released + open, always."""

    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    quantity = units(help_text="Reserved.")
    fulfilled = units(help_text="Handed over.")
    released = units(help_text="Given back: released, or expired.")
    open = units(help_text="Still reserved.")


class ReservationHeadSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ReservationStatus.choices)
    is_overdue = serializers.BooleanField(help_text="Its time is over; its units are being given back.")
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    reference = serializers.CharField()
    note = serializers.CharField()
    expires_at = serializers.DateTimeField()
    reserved_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class ReservationSerializer(ReservationHeadSerializer):
    lines = ReservationLineSerializer(many=True)


class ShortSerializer(serializers.Serializer):  # type: ignore[type-arg]
    row = serializers.IntegerField(help_text="1 is the first line that was sent.")
    product = serializers.IntegerField()
    sku = serializers.CharField()
    wanted = units()
    reserved = units()


class ReservedSerializer(ReservationSerializer):
    short = ShortSerializer(many=True, help_text="With `partial`: the lines that got less than they wanted.")


class ReservationRowSerializer(ReservationHeadSerializer):
    line_count = serializers.IntegerField()
    units_reserved = units()
    units_open = units()


class BookingSerializer(Input):
    store = ReferenceInput(help_text="Store id or code.")
    bucket = serializers.ChoiceField(choices=Bucket.choices)
    lines = WantedSerializer(many=True, allow_empty=False, max_length=MAX_LINES)
    reason = TextField(max_length=300, required=False, allow_blank=True, default="")
    reference = TextField(max_length=100, required=False, allow_blank=True, default="")


class HoldSerializer(BookingSerializer):
    from_bucket = serializers.ChoiceField(
        choices=Bucket.choices, required=False, default=None, help_text="Units on hold already; else available ones."
    )


class DisposeSerializer(BookingSerializer):
    kind = serializers.ChoiceField(
        choices=[Kind.REMOVAL.value, Kind.SUPPLIER_RETURN.value], required=False, default="removal"
    )


class BookedLineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    product = serializers.IntegerField()
    sku = serializers.CharField()
    quantity = units()
    movements = serializers.ListField(child=serializers.UUIDField())  # type: ignore[assignment]
    on_hand = units()
    reserved = units()
    on_hold = units()
    on_hold_damaged = units()
    on_hold_quality = units()
    available = units()


class BookedSerializer(serializers.Serializer):  # type: ignore[type-arg]
    store = serializers.IntegerField()
    bucket = serializers.ChoiceField(choices=Bucket.choices)
    lines = BookedLineSerializer(many=True)
