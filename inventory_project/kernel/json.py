"""What JSON has no words for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def number(value: Decimal | int) -> int | float:
    """A number of the ledger as JSON's, without trailing zeros."""
    return int(value) if value == int(value) else float(value)


def plain(value: Any) -> Any:
    """What orjson does not know: a Decimal as a number, the rest as text."""
    return number(value) if isinstance(value, Decimal) else str(value)
