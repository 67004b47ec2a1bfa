"""The numbers of forecasts: expectations, not amounts, so floats do; four bytes where there are many."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Real(models.FloatField):
    """A float of four bytes: seven digits, which is more than any forecast knows."""

    def db_type(self, connection: Any) -> str:
        return "real"


def reals(**options: Any) -> ArrayField[Any, Any]:
    return ArrayField(Real(), **options)


def floats(**options: Any) -> ArrayField[Any, Any]:
    return ArrayField(models.FloatField(), **options)


def ids() -> ArrayField[Any, Any]:
    return ArrayField(models.BigIntegerField())
