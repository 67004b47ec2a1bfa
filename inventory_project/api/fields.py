"""Serializer fields and validators shared by the rooms."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, ClassVar

from rest_framework import serializers

from inventory_project.kernel.places import is_currency, is_time_zone

MAX_ID = 2**63 - 1
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def printable(value: str) -> None:
    """A name or code is one line of text."""
    if _CONTROL.search(value):
        raise serializers.ValidationError("Control characters are not allowed.")


def existing_time_zone(value: str) -> None:
    if not is_time_zone(value):
        raise serializers.ValidationError("Not a time zone of the IANA database, e.g. Europe/Paris.")


def existing_currency(value: str) -> None:
    if not is_currency(value):
        raise serializers.ValidationError("Not a currency code of ISO 4217, e.g. EUR.")


UNKNOWN_NAMED = 20  # of the fields that are not known


class KnownFieldsOnly:
    """Goes before Serializer: a field it does not have is an error and never dropped.

    A misspelled `scopes` would make a token of all rights, a misspelled `sale_price` a product that costs nothing.
    Fields that are only read may be sent back as they came.
    """

    def to_internal_value(self, data: Any) -> Any:
        errors: dict[str, Any] = {}
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):  # type: ignore[attr-defined]
            known = (name for name, field in self.fields.items() if not field.read_only)  # type: ignore[attr-defined]
            hint = f"This field is not known here. Known: {', '.join(known)}."
            errors = {str(name)[:64]: [hint] for name in sorted(unknown, key=str)[:UNKNOWN_NAMED]}
        try:
            values = super().to_internal_value(data)  # type: ignore[misc]
        except serializers.ValidationError as error:
            if isinstance(error.detail, dict):
                raise serializers.ValidationError({**error.detail, **errors}) from error
            raise
        if errors:
            raise serializers.ValidationError(errors)
        return values


class TextField(serializers.CharField):
    """One line of text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.validators.append(printable)


class InstantField(serializers.DateTimeField):
    """A moment to be told with its offset: without one, stores on two clocks would mean two moments by it."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": "A date and time with an offset is needed, like 2026-05-01T09:30:00Z."
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("invalid", format="")
        told: datetime = super().enforce_timezone(value)
        return told


class ReferenceField(serializers.IntegerField):
    """The id of another record. Whether it exists (and is the caller's own) is judged by the service."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(min_value=1, max_value=MAX_ID, **kwargs)  # type: ignore[arg-type]


class VersionField(serializers.IntegerField):
    """Read: the record's version. Written: the version the caller read, as If-Match."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, min_value=1, max_value=2**31 - 1, **kwargs)  # type: ignore[arg-type]
