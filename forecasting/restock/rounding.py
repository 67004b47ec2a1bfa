"""From what is wanted to what a supplier sells: whole packs, and no fewer units than the least it accepts."""

from __future__ import annotations

import numpy as np

from forecasting.restock.inputs import FloatArray

_SLACK = 1e-9
"""A quantity that is whole packs but for the last bits of a float is whole packs."""


def to_packs(quantity: FloatArray, pack: FloatArray) -> FloatArray:
    """(N,) rounded up to whole packs; nothing stays nothing. To a thousandth of a unit, as the ledger counts."""
    whole = np.ceil(np.maximum(quantity, 0.0) / pack - _SLACK)
    return np.asarray(np.round(np.maximum(whole, 0.0) * pack, 3))


def orderable(quantity: FloatArray, pack: FloatArray, moq: FloatArray) -> FloatArray:
    """(N,) the least number of whole packs that is both what is wanted and what the supplier accepts."""
    wanted = quantity > _SLACK
    return np.asarray(np.where(wanted, to_packs(np.maximum(quantity, moq), pack), 0.0))
