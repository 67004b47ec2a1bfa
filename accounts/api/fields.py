"""Fields that several serializers of this room share."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from rest_framework import serializers

MAX_STORES = 10_000
MAX_PASSWORD = 256  # Argon2id's cost must not grow with what a stranger sends


class UsernameField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, validators=[UnicodeUsernameValidator()], **kwargs)


class PasswordField(serializers.CharField):
    """Taken as typed, spaces included; never in an answer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            write_only=True, trim_whitespace=False, max_length=MAX_PASSWORD, style={"input_type": "password"}, **kwargs
        )


class StoresField(serializers.ListField):
    """Store ids, or null for every store."""

    child = serializers.IntegerField(min_value=1, max_value=2**63 - 1)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, allow_empty=False, max_length=MAX_STORES, **kwargs)
