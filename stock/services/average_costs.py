"""What units are worth when they move: the apply's parts for it, and the averages after it (docs/adr/0017)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from audit import services as audit
from inventory_project.kernel import records, sql
from inventory_project.kernel.access import SYSTEM
from stock.choices import Kind

SQL = Path(__file__).resolve().parent.parent / "sql"
# Parameters of revalue.sql: what they are called in the apply's answer, and what they are where it does not say.
REVALUED = {
    "stores": ("store", None),
    "products": ("product", None),
    "since": ("since", None),
    "late": ("late", True),
    "short": ("short", False),
    "values": ("value", None),
    "bases": ("base", None),
}
# The parts of apply.sql for batches with, and without, movements at a cost of their own.
_PARTS = re.compile(r"^-- costs \{\n(.*?)(?:^-- \} no costs \{\n(.*?))?^-- \}\n", re.MULTILINE | re.DOTALL)


@lru_cache
def apply_statement(facts: str, *, costs: bool) -> str:
    """The one apply, of movements that come from `facts`. Without `costs` none of them has a cost of its own, and the
    statement is spared what only those need: small batches feel every part of it."""
    text = _PARTS.sub(lambda part: part[1] if costs else part[2] or "", sql.statement(SQL / "apply.sql"))
    return f"WITH facts AS ({sql.statement(SQL / facts)}), {text}"


def are_said(rows: Sequence[Mapping[str, Any]]) -> bool:
    """True when a movement says its cost, or brings one along: what is taken back, and goods of a transfer."""
    return any(
        row.get("unit_cost") is not None or row.get("reverses") or row["kind"] == Kind.TRANSFER_RECEIPT for row in rows
    )


def revalue_step(organization_id: int, recosted: str | None) -> None:
    """Average costs after goods came in at a cost of their own, came late or were taken back; mostly nothing did.

    `recosted` is the apply's answer. In its transaction, under its locks.
    """
    if not recosted:
        return
    found = orjson.loads(recosted)
    params: dict[str, Any] = {
        name: [each.get(key, default) for each in found] for name, (key, default) in REVALUED.items()
    }
    params["movements"] = [movement for each in found for movement in each.get("movements", ())]
    booked = sql.rows(sql.statement(SQL / "revalue.sql"), {"organization": organization_id, **params})
    audit.record_many([_remembered(line) for line in booked])


def _remembered(line: Mapping[str, Any]) -> audit.Entry:
    """A revaluation in the log. Nobody decided on it: the movement it follows from says who did what."""
    return audit.Entry(
        action="stock.value.corrected",
        acting_as=SYSTEM,
        object_type="revaluation",
        object_id=line["id"],
        object_label=line["sku"],
        store_id=line["store_id"],
        product_id=line["product_id"],
        after={"average_cost": records.plain(line["average_cost"])},
        detail={
            "cause": line["cause"],
            "movement": line["movement_id"],
            "on_hand": records.plain(line["on_hand"]),
            # Called a cost: who may not see costs does not see it.
            "cost_amount": records.plain(line["amount"]),
        },
    )
