"""Serializer fields and validators shared by the rooms."""

from __future__ import annotations

import re

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


class TextField(serializers.CharField):
    """One line of text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.validators.append(printable)


class ReferenceField(serializers.IntegerField):
    """The id of another record. Whether it exists (and is the caller's own) is judged by the service."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(min_value=1, max_value=MAX_ID, **kwargs)  # type: ignore[arg-type]


class VersionField(serializers.IntegerField):
    """Read: the record's version. Written: the version the caller read, as If-Match."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, min_value=1, max_value=2**31 - 1, **kwargs)  # type: ignore[arg-type]
