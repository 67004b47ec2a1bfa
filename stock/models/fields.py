"""The numbers of the ledger: quantities to a thousandth (weighed goods), money to a hundredth of a cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models


def quantity(**options: Any) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(max_digits=14, decimal_places=3, **options)


def money(**options: Any) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(max_digits=14, decimal_places=4, **options)


def total(**options: Any) -> models.DecimalField[Decimal, Decimal]:
    """A sum over many rows."""
    return models.DecimalField(max_digits=24, decimal_places=4, **options)


def amount(**options: Any) -> models.DecimalField[Decimal, Decimal]:
    """A sum of quantity times money, to its last digit: three of the one and four of the other."""
    return models.DecimalField(max_digits=24, decimal_places=7, **options)
