"""A movement on its way into the ledger, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

import uuid_utils

from stock.choices import Kind


class LedgerRow(TypedDict, total=False):
    """One movement on its way into the ledger, in JSON-ready values; `quantity` is signed.

    `to_store` makes it a transfer: the receiving leg follows when the dispatching one is applied. `rejection` has it
    recorded as refused without touching the balance. `held` is what it adds to what is on hold in its `bucket`.
    `unit_cost` is what each unit that comes in has cost; without it a unit is worth the balance's average, one of a
    transfer what it had cost at the source.
    """

    id: str
    store: int
    product: int
    kind: str
    quantity: int | str
    effective_at: str
    recorded_at: str
    actor: int | None
    actor_label: str
    request_id: str
    source: str
    reference: str
    reason: str
    unit_price: int | str | None
    unit_cost: int | str | None
    key: str | None
    to_store: int | None
    transfer: str | None
    reverses: str | None
    reverses_sale: bool
    rejection: str | None
    held: int | str | None
    bucket: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one movement."""

    id: str
    status: str
    rejection: str
    balance_after: float


def new_id() -> str:
    """A version 7 UUID: unique, and in order of time."""
    return str(uuid_utils.uuid7())


def receiving_leg(row: LedgerRow) -> LedgerRow:
    quantity = row["quantity"]
    to_store = row["to_store"]
    assert to_store is not None
    arrived = -quantity if isinstance(quantity, int) else quantity.lstrip("-")
    return {
        **row,
        "id": new_id(),
        "store": to_store,
        "to_store": None,
        "kind": Kind.TRANSFER_RECEIPT,
        "quantity": arrived,
        "key": None,
    }


def refused(row: LedgerRow, rejection: str) -> LedgerRow:
    """The row as one to be recorded as refused without another look at the balance."""
    return {**row, "rejection": rejection, "to_store": None}


def rejected_by_operator(row: LedgerRow) -> LedgerRow:
    """The row as one that the ledger takes whatever was wrong with it: refused for a reason that is ours.

    Only its own columns can have offended, so kind, price and time become ones no rule objects to; the note keeps
    what they were.
    """
    was = f"{row['kind']}, effective {row['effective_at']}, price {row['unit_price']}: {row['reason']}"
    harmless: dict[str, Any] = {
        "kind": Kind.ADJUSTMENT,
        "effective_at": row["recorded_at"],
        "unit_price": None,
        "unit_cost": None,
        "reason": was[:300],
        "reverses": None,
    }
    return refused({**row, **harmless}, "internal_error")  # type: ignore[typeddict-item]


def row_defaults(**values: Any) -> LedgerRow:
    """A row with every optional part empty."""
    empty: dict[str, Any] = {
        "reference": "",
        "reason": "",
        "unit_price": None,
        "unit_cost": None,
        "key": None,
        "to_store": None,
        "transfer": None,
        "reverses": None,
        "reverses_sale": False,
        "rejection": None,
        "held": None,
        "bucket": None,
    }
    return {**empty, **values}  # type: ignore[typeddict-item]
