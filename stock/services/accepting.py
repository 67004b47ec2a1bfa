"""What a sender is told of a movement, and the row it becomes once its idempotency key is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import sql
from inventory_project.kernel.access import Actor
from stock.choices import MovementStatus
from stock.errors import KeyReused
from stock.models import MovementKey
from stock.services import lanes, ledger_rows
from stock.services.intake import Draft, Errors
from stock.services.ledger_rows import LedgerRow

SQL = Path(__file__).resolve().parent.parent / "sql"


@dataclass(slots=True)
class Receipt:
    """What became of one submitted movement. `errors` by field when it could not be read; then nothing was written."""

    row: int
    id: str | None = None
    status: str = "invalid"
    rejection: str = ""
    balance_after: float | None = None
    replayed: bool = False
    code: str = ""
    errors: Errors = field(default_factory=dict)
    # The movement as it waits, when it is known to: it need not be looked up.
    waiting: dict[str, Any] | None = None


def accept(drafts: Sequence[Draft], rows: Sequence[LedgerRow], organization_id: int) -> list[Receipt]:
    """Claim the keys and fill the inbox, inside the caller's transaction."""
    receipts = [Receipt(row=1, id=row["id"], status=MovementStatus.ACCEPTED) for row in rows]
    fresh = claim(drafts, rows, receipts, organization_id)
    if fresh:
        lanes.put(fresh, organization_id=organization_id)
    return receipts


def claim(
    drafts: Sequence[Draft], rows: Sequence[LedgerRow], receipts: Sequence[Receipt], organization_id: int
) -> list[LedgerRow]:
    """The rows that own their key (or have none). The receipts of the others become replays or refusals."""
    claims = [
        {"key": row["key"], "id": row["id"], "fingerprint": draft.fingerprint()}
        for draft, row in zip(drafts, rows, strict=True)
        if row["key"]
    ]
    if not claims:
        return list(rows)
    params = {"organization": organization_id, "claims": orjson.dumps(claims).decode()}
    owned = {claim["id"] for claim in sql.rows(sql.statement(SQL / "claim_keys.sql"), params)}
    if len(owned) == len(claims):
        return list(rows)
    fingerprints = {claim["id"]: claim["fingerprint"] for claim in claims}
    repeated = [row["key"] for row in rows if row["key"] and row["id"] not in owned]
    first = {k.key: k for k in MovementKey.objects.filter(key__in=repeated)}
    for row, receipt in zip(rows, receipts, strict=True):
        if row["key"] and row["id"] not in owned:
            known = first[row["key"]]
            same = known.fingerprint == fingerprints[row["id"]]
            receipt.id = str(known.movement_id) if same else None
            receipt.replayed = same
            receipt.code = "" if same else KeyReused.code
            receipt.status = MovementStatus.ACCEPTED if same else "invalid"
            receipt.errors = {} if same else {"idempotency_key": [KeyReused.default_detail]}
    return [row for row in rows if not row["key"] or row["id"] in owned]


def row_of(draft: Draft, store_id: int, product_id: int, actor: Actor, now: datetime, source: str) -> LedgerRow:
    recorded_at = now.astimezone(UTC).isoformat()
    return {
        "id": ledger_rows.new_id(),
        "store": store_id,
        "product": product_id,
        "kind": draft.kind,
        "quantity": draft.quantity,
        "effective_at": draft.effective_at or recorded_at,
        "recorded_at": recorded_at,
        "actor": actor.user_id,
        "actor_label": actor.label,
        "request_id": actor.request_id,
        "source": source,
        "reference": draft.reference,
        "reason": draft.reason,
        "unit_price": draft.unit_price,
        **({} if draft.unit_cost is None else {"unit_cost": draft.unit_cost}),
        "key": draft.idempotency_key,
        "to_store": None,
        "transfer": None,
        "reverses": None,
        "reverses_sale": False,
        "rejection": None,
    }
