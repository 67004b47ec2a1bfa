"""Accepting movements: one or many, from a request to a receipt.

`submit` writes one movement to its lane together with its idempotency key, in one transaction, then wakes the lane.
`submit_many` applies a batch in the request itself, or puts it into the lanes when asked to answer at once.
Corrections are `reversals`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from stock.choices import AppliedVia, MovementStatus, rejected_fields
from stock.errors import BatchRefused, KeyReused
from stock.models import StockMovement
from stock.selectors import movements as selectors
from stock.services import accepting, intake, lanes, ledger
from stock.services.accepting import Receipt
from stock.services.intake import Draft
from stock.services.lanes import Woken
from stock.services.ledger_rows import LedgerRow, Verdict

SQL = Path(__file__).resolve().parent.parent / "sql"
MAX_ROWS = 10_000


def submit(
    *,
    raw: Any,
    key: str | None,
    access: Access,
    acting_as: Actor,
    wait: bool = False,
    source: str = "api",
    names: Mapping[str, str] | None = None,
) -> Receipt:
    """Accept one movement and see that it gets on; with `wait` it is final on return.

    `names` are the caller's words for our fields. Raises InvalidInput naming the fields, KeyReused when the key was
    used for something else.
    """
    draft, errors = intake.read(raw, sees_costs=access.sees_costs)
    if draft is None:
        raise InvalidInput(fields=intake.renamed(errors, names))
    draft.idempotency_key = key or draft.idempotency_key
    row = accepting.row_of(draft, 0, 0, acting_as, clock.now(), source)
    found = _accept_one(draft, row, access)
    if errors := intake.unusable(found["store_id"], found["is_open"], found["product_id"]):
        raise InvalidInput(fields=intake.renamed(errors, names))
    row["store"], row["product"] = found["store_id"], found["product_id"]
    receipt = Receipt(row=1, id=row["id"], status=MovementStatus.ACCEPTED)
    if found["first_id"] is not None:
        if not found["is_same"]:
            raise KeyReused()
        receipt.id, receipt.replayed = str(found["first_id"]), True
        if not wait:
            return receipt
    # A repeat that waits also gets the first request's movement applied: both stand in the same lane.
    if not move_on(row, organization_id=access.organization_id, wait=wait):
        labels = (found["store_code"], found["store_name"]), (found["sku"], found["product_name"])
        receipt.waiting = selectors.just_accepted(row, store=labels[0], product=labels[1])
    return receipt


def _accept_one(draft: Draft, row: LedgerRow, access: Access) -> dict[str, Any]:
    """Write one movement to its lane, committed when this returns: one statement, which binds the organisation itself.

    What the caller's names mean is found there too; the migration's sql/accept.sql says what comes back.
    """
    params = {
        "organization": access.organization_id,
        "movement": orjson.dumps({**row, "store": draft.store, "product": draft.product}).decode(),
        "fingerprint": draft.fingerprint(),
        "reach": None if access.store_ids is None else list(access.store_ids),
        "lanes": lanes.LANES,
    }
    return sql.committed(sql.statement(SQL / "accept.sql"), params)[0]


def move_on(row: LedgerRow, *, organization_id: int, wait: bool) -> bool:
    """Get an accepted movement applied: here and now when the caller waits for it, else by whoever hears the bell.

    The movement is committed already, so trouble here never turns into an error: it stays accepted, and a later drain
    applies it. False when it was left to a worker.
    """
    lane = lanes.lane_of(row["store"])
    with lanes.accepted_anyway():
        if not wait:
            return lanes.wake(organization_id, [lane]) is Woken.DRAINED
        lanes.drain(organization_id, lane, via=AppliedVia.REQUEST)
    return True


def _resolve(drafts: Sequence[Draft], access: Access) -> intake.References:
    return intake.resolve({d.store for d in drafts}, {d.product for d in drafts}, access=access)


def submit_many(
    *,
    raws: Sequence[Any],
    access: Access,
    acting_as: Actor,
    key: str | None = None,
    all_or_nothing: bool = False,
    respond_async: bool = False,
    source: str = "bulk",
) -> list[Receipt]:
    """A verdict for each row, in one transaction. A row without a key of its own takes `key` and its number.

    Raises InvalidInput when there are too many rows, or when the answer to `all_or_nothing` cannot be waited for;
    BatchRefused when `all_or_nothing` and a row is not applied.
    """
    if not 1 <= len(raws) <= MAX_ROWS:
        raise InvalidInput(f"Send 1 to {MAX_ROWS} movements at a time.", fields={"rows": [f"{len(raws)} were sent."]})
    if all_or_nothing and respond_async:
        raise InvalidInput(fields={"atomic": ["Rows that are queued are judged one by one: leave out respond-async."]})
    now = clock.now()
    receipts = [Receipt(row=number) for number in range(1, len(raws) + 1)]
    drafts: list[tuple[Draft, Receipt]] = []
    for raw, receipt in zip(raws, receipts, strict=True):
        draft, receipt.errors = intake.read(raw, now=now, sees_costs=access.sees_costs)
        if draft is not None:
            if key and not draft.idempotency_key:
                draft.idempotency_key = _key_of_row(key, receipt.row)
            drafts.append((draft, receipt))
    batch = _Batch(drafts, access, acting_as, now, source, all_or_nothing, respond_async)
    if all_or_nothing and len(drafts) < len(receipts):
        raise refused(receipts)
    if drafts:
        batch.run()
    return receipts


def _key_of_row(key: str, row: int) -> str:
    """A row's own key, made of the request's: never longer than a key may be, and never another row's."""
    own = f"{key}#{row}"
    if len(own) > intake.TEXT_LIMITS["idempotency_key"]:
        own = f"{hashlib.sha256(key.encode()).hexdigest()}#{row}"
    return own


def refused(receipts: Sequence[Receipt]) -> BatchRefused:
    """The error of an all-or-nothing batch: what was wrong, by row."""
    wrong = {
        str(r.row): r.errors or rejected_fields(r.rejection) or {"non_field_errors": [r.rejection or r.code]}
        for r in receipts
        if r.errors or r.status == MovementStatus.REJECTED
    }
    return BatchRefused(fields={"rows": wrong})


class _EarlierOnesWait(Exception):
    """Lanes hold movements that were accepted before this request."""

    def __init__(self, lanes: Sequence[int]) -> None:
        self.lanes = lanes


@dataclass(frozen=True, slots=True)
class _Batch:
    """One bulk request on its way through keys, locks and the apply."""

    drafts: list[tuple[Draft, Receipt]]
    access: Access
    acting_as: Actor
    now: datetime
    source: str
    all_or_nothing: bool
    respond_async: bool

    def run(self) -> None:
        organization_id = self.access.organization_id
        if self.respond_async:
            with tenancy.scope(organization_id, durable=True):
                fresh = self._fresh()
                lanes.put(fresh, organization_id=organization_id)
            with lanes.accepted_anyway():
                lanes.wake(organization_id, {lanes.lane_of(row["store"]) for row in fresh})
            return
        try:
            ledger.in_scope(self._apply_unless_others_wait, organization_id=organization_id)
        except _EarlierOnesWait as earlier:
            for lane in earlier.lanes:
                lanes.drain(organization_id, lane, via=AppliedVia.REQUEST)
            ledger.in_scope(lambda: self._apply(self._fresh()), organization_id=organization_id)

    def _apply_unless_others_wait(self) -> None:
        """What was accepted before this request is applied before it.

        Raises _EarlierOnesWait, and nothing was written.
        """
        rows = self._fresh()
        wanted = {lanes.lane_of(row["store"]) for row in rows}
        if behind := lanes.waiting(wanted, organization_id=self.access.organization_id):
            raise _EarlierOnesWait(behind)
        self._apply(rows)

    def _fresh(self) -> list[LedgerRow]:
        """The rows to write: resolved, and owning their key. May run again, so it begins by forgetting."""
        references = _resolve([draft for draft, _ in self.drafts], self.access)
        readable: list[Draft] = []
        rows: list[LedgerRow] = []
        receipts: list[Receipt] = []
        for draft, receipt in self.drafts:
            store_id, product_id, receipt.errors = references.of(draft)
            receipt.status, receipt.code, receipt.replayed = "invalid", "", False
            if not receipt.errors:
                row = accepting.row_of(draft, store_id, product_id, self.acting_as, self.now, self.source)
                receipt.id, receipt.status = row["id"], MovementStatus.ACCEPTED
                readable.append(draft)
                rows.append(row)
                receipts.append(receipt)
        return accepting.claim(readable, rows, receipts, self.access.organization_id)

    def _apply(self, rows: Sequence[LedgerRow]) -> None:
        verdicts = {v.id: v for v in ledger.apply_step(rows, via=AppliedVia.REQUEST)}
        _settle([receipt for _, receipt in self.drafts], verdicts)
        if self.all_or_nothing and any(r.errors or r.status == MovementStatus.REJECTED for _, r in self.drafts):
            raise refused([receipt for _, receipt in self.drafts])


def _settle(receipts: Sequence[Receipt], verdicts: dict[str, Verdict]) -> None:
    """Write the verdicts, and what is known of movements sent before, into the receipts."""
    replayed = [r.id for r in receipts if r.replayed and r.id not in verdicts]
    final = {str(m.id): m for m in StockMovement.objects.filter(id__in=replayed)} if replayed else {}
    for receipt in receipts:
        if receipt.id in verdicts:
            verdict = verdicts[receipt.id]
            receipt.status, receipt.rejection = verdict.status, verdict.rejection
            receipt.balance_after = verdict.balance_after
        elif receipt.id in final:
            movement = final[receipt.id]
            receipt.status, receipt.rejection = movement.status, movement.rejection
            receipt.balance_after = float(movement.balance_after)
