"""What a policy answers, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.restock.inputs import FloatArray, Inputs
from forecasting.restock.rounding import orderable, to_packs


class Binding(IntEnum):
    """What set the quantity."""

    ENOUGH = 0
    """The position is above the reorder point: nothing is ordered."""
    DEMAND = 1
    """As much as the policy wants, which happens to be orderable."""
    PACK = 2
    """Rounded up to whole packs."""
    MOQ = 3
    """Raised to the least the supplier accepts."""
    BUDGET = 4
    """Left out: the money went to lines with more margin at risk."""
    TRANSFER = 5
    """What another store has beyond its own needs, as far as it is needed here."""


@dataclass(frozen=True)
class Levels:
    """(N,) units: order when the position is at or below `reorder_point`. `order_up_to` is the position returned to,
    unless the policy orders a `fixed` quantity (NaN: it does not). `safety_stock` is what the reorder point holds
    beyond expected demand."""

    reorder_point: FloatArray
    order_up_to: FloatArray
    safety_stock: FloatArray
    fixed: FloatArray


@dataclass(frozen=True)
class Decision:
    """(N,) `quantity` to order, `wanted` before rounding, the levels it follows from, and what bound it."""

    quantity: FloatArray
    wanted: FloatArray
    reorder_point: FloatArray
    order_up_to: FloatArray
    safety_stock: FloatArray
    binding: NDArray[np.int8]

    def row(self, place: int) -> dict[str, Any]:
        return {
            name: float(getattr(self, name)[place])
            for name in ("quantity", "wanted", "reorder_point", "order_up_to", "safety_stock")
        } | {"binding": int(self.binding[place])}


def levels_of(
    reorder_point: FloatArray, order_up_to: FloatArray, safety_stock: FloatArray, fixed: FloatArray | None = None
) -> Levels:
    return Levels(
        np.asarray(reorder_point),
        np.asarray(np.maximum(order_up_to, reorder_point)),
        np.asarray(safety_stock),
        np.full(len(reorder_point), np.nan) if fixed is None else fixed,
    )


def decide(levels: Levels, inputs: Inputs) -> Decision:
    """Order what is missing, if the position is at or below the reorder point."""
    wanted = wanted_of(levels, inputs.position)
    quantity = orderable(wanted, inputs.pack, inputs.moq)
    return Decision(
        quantity,
        wanted,
        levels.reorder_point,
        levels.order_up_to,
        levels.safety_stock,
        bound(wanted, quantity, inputs),
    )


def wanted_of(levels: Levels, position: FloatArray) -> FloatArray:
    """(N,) units a policy wants before anything is rounded."""
    missing = np.where(np.isnan(levels.fixed), levels.order_up_to - position, levels.fixed)
    return np.asarray(np.where(position <= levels.reorder_point, np.maximum(missing, 0.0), 0.0))


def bound(wanted: FloatArray, quantity: FloatArray, inputs: Inputs) -> NDArray[np.int8]:
    """(N,) `Binding` of quantities that were rounded from what is wanted."""
    packed = to_packs(wanted, inputs.pack)
    found = np.where(packed > wanted + 1e-9, Binding.PACK, Binding.DEMAND)
    found = np.where(quantity > packed + 1e-9, Binding.MOQ, found)
    return np.where(quantity > 0, found, Binding.ENOUGH).astype(np.int8)
