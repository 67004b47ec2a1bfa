"""The numbers of lines as they would be with the stock of this moment, beside those that were proposed.

A proposal is one plan: what was accepted of it already is left out of the position, else the second line of a product
would find the need met by the first. All else that moved since counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from forecasting.models import RestockLine
from forecasting.models.proposals import LineSource, LineStatus
from forecasting.restock import replay
from forecasting.restock.decision import Binding
from forecasting.restock.inputs import Kind
from forecasting.selectors import restock
from forecasting.selectors.restock import NOTHING
from stock.models.purchase_orders import PurchaseStatus
from stock.models.transfer_orders import TransferStatus

THOUSANDTH = Decimal("0.001")
Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A line's inventory position when it was made and now, and the quantity that follows now."""

    line: RestockLine
    position: float
    position_now: float
    quantity: Decimal

    @property
    def changed(self) -> bool:
        return self.quantity != self.line.quantity

    def said(self) -> dict[str, Any]:
        return {
            "position": self.position,
            "position_now": self.position_now,
            "quantity": self.line.quantity,
            "quantity_now": self.quantity,
        }


@dataclass
class _Plan:
    """Units by (proposal, store, product): accepted for it, accepted from it, coming to it from other stores."""

    arriving: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    leaving: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    moving: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def replayed(line: RestockLine) -> dict[str, Any]:
    """Quantity, levels and binding once more, from the stored inputs alone."""
    if line.source == LineSource.TRANSFER:
        return replay.moved(Kind(line.kind), line.inputs)
    return replay.bought([Kind(line.kind)], [line.inputs])[0]


def compared(line: RestockLine) -> dict[str, Any]:
    """The line once more, and whether every number is the stored one, bit for bit. A line the budget left out was
    bound by that and not by the rounding that is replayed."""
    again = replayed(line)
    stored = {name: getattr(line, name) for name in ("wanted", "reorder_point", "order_up_to", "safety_stock")}
    if not line.within_budget:
        again["binding"] = int(Binding.BUDGET)
    same = all(again[name] == value for name, value in stored.items()) and again["binding"] == line.binding
    return {"same": same and units(again["quantity"]) == line.quantity, "replayed": again}


def fresh(lines: Sequence[RestockLine]) -> list[Fresh]:
    """With the stock of now, all else as it was: three queries for any number of lines."""
    if not lines:
        return []
    stores = {line.store_id for line in lines} | {line.from_store_id for line in lines if line.from_store_id}
    held = restock.stock(store_ids=list(stores), product_ids=list({line.product_id for line in lines}))
    plan = _plan_of(lines)
    now = [
        float(_position(held.get((line.store_id, line.product_id), NOTHING)) - plan.arriving[_key(line, line.store_id)])
        for line in lines
    ]
    kept = [
        {**line.inputs, "position": position, "transferred": _transferred(line, plan)}
        for line, position in zip(lines, now, strict=True)
    ]
    needed = replay.bought([Kind(line.kind) for line in lines], kept)
    out, taken = [], dict(plan.leaving)
    for line, position, need in zip(lines, now, needed, strict=True):
        if line.source == LineSource.BUY:
            quantity = units(need["quantity"])
        else:
            place = _key(line, line.from_store_id or 0)
            row = held.get((line.from_store_id or 0, line.product_id), NOTHING)
            spare = _spare(line, row, plan.leaving[place]) - taken.get(place, Decimal(0))
            wanted = units(need["wanted"]).to_integral_value("ROUND_CEILING")
            quantity = max(Decimal(0), min(line.quantity, spare, wanted))
            taken[place] = taken.get(place, Decimal(0)) + quantity
        out.append(Fresh(line, float(line.inputs["position"]), position, quantity))
    return out


def _plan_of(lines: Sequence[RestockLine]) -> _Plan:
    """What became of the other lines of the same proposals and products: one query."""
    rows = RestockLine.objects.filter(
        proposal_id__in={line.proposal_id for line in lines}, product_id__in={line.product_id for line in lines}
    ).values_list(
        "proposal_id", "store_id", "product_id", "from_store_id", "source", "status", "quantity", "chosen", "accepted",
        "purchase__status", "transfer__status",
    )  # fmt: skip
    plan = _Plan()
    for proposal, store, product, giver, source, status, quantity, chosen, accepted, purchase, transfer in rows:
        here = (proposal, store, product)
        cancelled = purchase == PurchaseStatus.CANCELLED or transfer == TransferStatus.CANCELLED
        if status == LineStatus.ACCEPTED and not cancelled:
            plan.arriving[here] += accepted
            if source == LineSource.TRANSFER:
                plan.leaving[(proposal, giver, product)] += accepted
                plan.moving[here] += accepted
        elif status == LineStatus.PROPOSED and source == LineSource.TRANSFER:
            plan.moving[here] += quantity if chosen is None else chosen
    return plan


def _transferred(line: RestockLine, plan: _Plan) -> float:
    return float(plan.moving[_key(line, line.store_id)]) if line.source == LineSource.BUY else 0.0


def _spare(line: RestockLine, row: dict[str, Any], given: Decimal) -> Decimal:
    """What the giver could spare now, had nothing of this proposal been taken from it yet."""
    available = row["on_hand"] - row["reserved"] - row["on_hold"] - row["planned_out"] + given
    there = {**line.inputs["giver"], "available": float(available), "position": float(_position(row) + given)}
    return units(replay.spare({"giver": there}))


def _position(row: dict[str, Any]) -> Decimal:
    return Decimal(row["inventory_position"] + row["planned_in"] - row["planned_out"])


def _key(line: RestockLine, store_id: int) -> Key:
    return line.proposal_id, store_id, line.product_id


def units(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(THOUSANDTH)
