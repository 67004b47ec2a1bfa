"""The numbers of lines as they would be with the stock of this moment, beside those that were proposed.

A proposal is one plan: what was accepted of it already is left out of the position, else the second line of a product
would find the need met by the first. All else that moved since counts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A line's inventory position when it was made and now, and the quantity that follows now: a person's own, where
    they chose one, but of another store's goods no more than it can spare."""

    line: RestockLine
    position: float
    position_now: float
    quantity: Decimal

    @property
    def asked(self) -> Decimal:
        """What would be ordered had nothing moved."""
        return self.line.quantity if self.line.chosen is None else self.line.chosen

    @property
    def changed(self) -> bool:
        return self.quantity != self.asked

    def said(self) -> dict[str, Any]:
        return {
            "position": self.position,
            "position_now": self.position_now,
            "quantity": self.asked,
            "quantity_now": self.quantity,
        }


@dataclass
class _Plan:
    """Units by (proposal, store, product): accepted for it; those of them that come from other stores; accepted from
    it. `proposed`: for whom and how much, of transfers that nobody decided about."""

    arriving: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    moving: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    leaving: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    proposed: dict[int, tuple[Key, Decimal]] = field(default_factory=dict)

    def transferred(self) -> dict[Key, Decimal]:
        """Units that come from other stores, if what is proposed is accepted."""
        found = defaultdict(Decimal, self.moving)
        for here, moved in self.proposed.values():
            found[here] += moved
        return found


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
    now = {
        line.pk: float(_position(held.get((line.store_id, line.product_id), NOTHING)) - plan.arriving[_here(line)])
        for line in lines
    }
    moved = _moved([line for line in lines if line.source == LineSource.TRANSFER], now, held, plan)
    # What other stores cannot spare any more is bought.
    plan.proposed |= {line.pk: (_here(line), moved[line.pk]) for line in lines if line.pk in moved}
    quantities = moved | _bought([line for line in lines if line.source == LineSource.BUY], now, plan.transferred())
    return [Fresh(line, float(line.inputs["position"]), now[line.pk], quantities[line.pk]) for line in lines]


def _moved(
    lines: Sequence[RestockLine], now: Mapping[int, float], held: Mapping[restock.Place, Row], plan: _Plan
) -> dict[int, Decimal]:
    """Units of each transfer: those before it leave less to spare, and less to want."""
    coming, taken = defaultdict(Decimal, plan.moving), defaultdict(Decimal, plan.leaving)
    out: dict[int, Decimal] = {}
    for line, need in zip(lines, _needed(lines, now, {}), strict=True):
        here, there = _here(line), _key(line, line.from_store_id or 0)
        row = held.get((line.from_store_id or 0, line.product_id), NOTHING)
        spare = _spare(line, row, plan.leaving[there]) - taken[there]
        # In whole units, rounded as when it was proposed.
        wanted = min(line.quantity, math.ceil(need["wanted"] - 1e-9) - coming[here])
        out[line.pk] = max(Decimal(0), min(wanted if line.chosen is None else line.chosen, spare))
        coming[here] += out[line.pk]
        taken[there] += out[line.pk]
    return out


def _bought(
    lines: Sequence[RestockLine], now: Mapping[int, float], transferred: Mapping[Key, Decimal]
) -> dict[int, Decimal]:
    needed = _needed(lines, now, transferred)
    return {
        line.pk: units(need["quantity"]) if line.chosen is None else line.chosen
        for line, need in zip(lines, needed, strict=True)
    }


def _needed(
    lines: Sequence[RestockLine], now: Mapping[int, float], transferred: Mapping[Key, Decimal]
) -> list[dict[str, Any]]:
    """Each line's policy asked once more, with the position of now and so much from other stores."""
    kept = [
        {**line.inputs, "position": now[line.pk], "transferred": float(transferred.get(_here(line), 0))}
        for line in lines
    ]
    return replay.bought([Kind(line.kind) for line in lines], kept)


def _plan_of(lines: Sequence[RestockLine]) -> _Plan:
    """What became of the other lines of the same proposals and products: one query."""
    rows = RestockLine.objects.filter(
        proposal_id__in={line.proposal_id for line in lines}, product_id__in={line.product_id for line in lines}
    ).values_list(
        "id", "proposal_id", "store_id", "product_id", "from_store_id", "source", "status", "quantity", "chosen",
        "accepted", "purchase__status", "transfer__status",
    )  # fmt: skip
    plan = _Plan()
    for line, proposal, store, product, giver, source, status, quantity, chosen, accepted, purchase, transfer in rows:
        here = (proposal, store, product)
        cancelled = purchase == PurchaseStatus.CANCELLED or transfer == TransferStatus.CANCELLED
        if status == LineStatus.ACCEPTED and not cancelled:
            plan.arriving[here] += accepted
            if source == LineSource.TRANSFER:
                plan.leaving[(proposal, giver, product)] += accepted
                plan.moving[here] += accepted
        elif status == LineStatus.PROPOSED and source == LineSource.TRANSFER:
            plan.proposed[line] = (here, quantity if chosen is None else chosen)
    return plan


def _spare(line: RestockLine, row: Row, given: Decimal) -> Decimal:
    """What the giver could spare now, had nothing of this proposal been taken from it yet."""
    available = row["on_hand"] - row["reserved"] - row["on_hold"] - row["planned_out"] + given
    there = {**line.inputs["giver"], "available": float(available), "position": float(_position(row) + given)}
    return units(replay.spare({"giver": there}))


def _position(row: Row) -> Decimal:
    return Decimal(row["inventory_position"] + row["planned_in"] - row["planned_out"])


def _here(line: RestockLine) -> Key:
    return _key(line, line.store_id)


def _key(line: RestockLine, store_id: int) -> Key:
    return line.proposal_id, store_id, line.product_id


def units(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(THOUSANDTH)
