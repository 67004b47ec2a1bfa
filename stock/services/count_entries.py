"""What people find: entries by product and place, many people at a time, repeated without harm."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.errors import InvalidInput
from stock.choices import COUNTS_GOING_ON, CountState
from stock.errors import CountKeyReused, CountNotFound
from stock.models import StockCount, StockCountEntry, StockCountLine
from stock.services import counts, intake, ledger
from stock.services.intake import Errors, Reference

SQL = Path(__file__).resolve().parent.parent / "sql"
MAX_ENTRIES = 5_000
# How long before its count was planned a shelf may have been counted (on paper).
BEFOREHAND = timedelta(days=30)
NAMES = {"effective_at": "counted_at", "reference": "place"}
KNOWN_FIELDS = frozenset({"product", "quantity", "counted_at", "place", "idempotency_key"})


@dataclass(slots=True)
class Found:
    """One entry as sent, checked but for its product."""

    row: int
    product: Reference
    quantity: int | Decimal
    counted_at: str | None
    place: str
    key: str
    product_id: int = 0

    def fingerprint(self) -> int:
        text = "\x1f".join(map(str, (self.product_id, self.quantity, self.counted_at, self.place)))
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def record(
    *, count_id: int, raws: Sequence[Any], key: str | None, access: Access, acting_as: Actor
) -> list[dict[str, Any]]:
    """Keep what was found: all rows or none. Receipts by row; a key that is known gives its first entry again.

    Raises InvalidInput naming row and field, CountNotFound, WrongCountState, CountKeyReused.
    """
    if not 1 <= len(raws) <= MAX_ENTRIES:
        raise InvalidInput(f"Send 1 to {MAX_ENTRIES} entries at a time.", fields={"rows": [f"{len(raws)} were sent."]})
    now = clock.now()
    found: list[Found] = []
    errors: dict[int, Errors] = {}
    for row, raw in enumerate(raws, 1):
        entry, wrong = _read(raw, row, key, now)
        if entry is None:
            errors[row] = wrong
        else:
            found.append(entry)
    _refuse(errors)

    def work() -> list[dict[str, Any]]:
        return _Batch(_shared(count_id, access), found, access, acting_as, now).keep()

    return ledger.in_scope(work, organization_id=access.organization_id)


def _refuse(errors: dict[int, Errors]) -> None:
    if errors:
        raise InvalidInput("Nothing was kept.", fields={"rows": {str(row): wrong for row, wrong in errors.items()}})


def _read(raw: Any, row: int, key: str | None, now: datetime) -> tuple[Found | None, Errors]:
    if not isinstance(raw, dict):
        return None, {"non_field_errors": ["An entry is an object."]}
    errors: Errors = {}
    quantity = intake.read_number(raw.get("quantity"), "quantity", errors, limit=intake.MAX_QUANTITY, places=3)
    if quantity is not None and quantity < 0:
        errors["quantity"] = ["What is on the shelf cannot be less than nothing."]
    given_key = intake.read_text(raw, "idempotency_key", errors) or (f"{key}#{row}" if key else "")
    entry = Found(
        row=row,
        product=intake.read_reference(raw.get("product"), "product", errors),
        quantity=quantity or 0,
        counted_at=intake.read_moment(raw.get("counted_at"), errors, now),
        place=intake.read_text({"reference": raw.get("place")}, "reference", errors),
        key=given_key or uuid.uuid4().hex,
    )
    for name in raw.keys() - KNOWN_FIELDS:
        errors[str(name)[:64]] = ["This field is not known here."]
    return (None, intake.renamed(errors, NAMES)) if errors else (entry, errors)


def _shared(count_id: int, access: Access) -> StockCount:
    """The count; its state stays as it is until commit, and others may count meanwhile."""
    query = "SELECT FROM stock_stockcount WHERE organization_id = %(organization)s AND id = %(count)s FOR SHARE"
    sql.rows(query, {"organization": access.organization_id, "count": count_id})
    count: StockCount | None = StockCount.objects.filter(id=count_id).first()
    if count is None or not access.allows_store(count.store_id):
        raise CountNotFound()
    return count


@dataclass(frozen=True, slots=True)
class _Batch:
    """One request's entries on their way onto the lines of a count."""

    count: StockCount
    found: list[Found]
    access: Access
    acting_as: Actor
    now: datetime

    def keep(self) -> list[dict[str, Any]]:
        self._find_products()
        known = self._by_key()
        fresh = [entry for entry in self.found if entry.key not in known]
        written: set[str] = set()
        if fresh:
            counts.require(self.count, COUNTS_GOING_ON)
            self._check_moments(fresh)
            counts.add_lines(self.count, [entry.product_id for entry in fresh], added=True)
            self._check_round(fresh)
            written = self._insert(fresh)
            known = self._by_key()
        return self._receipts(known, written)

    def _find_products(self) -> None:
        products = intake.resolve(set(), {entry.product for entry in self.found}, access=None).products
        _refuse({e.row: {"product": ["No such product."]} for e in self.found if e.product not in products})
        for entry in self.found:
            entry.product_id = products[entry.product]

    def _by_key(self) -> dict[str, StockCountEntry]:
        keys = [entry.key for entry in self.found]
        entries = StockCountEntry.objects.filter(count=self.count, key__in=keys)
        return {entry.key: entry for entry in entries}

    def _check_moments(self, fresh: list[Found]) -> None:
        earliest = self.count.created_at - BEFOREHAND
        _refuse(
            {
                e.row: {"counted_at": ["The time lies long before this count was planned."]}
                for e in fresh
                if e.counted_at and datetime.fromisoformat(e.counted_at) < earliest
            }
        )

    def _check_round(self, fresh: list[Found]) -> None:
        if self.count.state != CountState.RECOUNT:
            return
        closed = StockCountLine.objects.filter(
            count=self.count, recounting=False, product_id__in=[entry.product_id for entry in fresh]
        )
        closed_ids = set(closed.values_list("product_id", flat=True))
        _refuse({e.row: {"product": ["This product is not recounted."]} for e in fresh if e.product_id in closed_ids})

    def _insert(self, fresh: list[Found]) -> set[str]:
        rows = [
            {
                "product": entry.product_id,
                "quantity": str(entry.quantity),
                "place": entry.place,
                "counted_at": entry.counted_at or self.now.isoformat(),
                "key": entry.key,
                "fingerprint": entry.fingerprint(),
            }
            for entry in fresh
        ]
        params = {
            "organization": self.access.organization_id,
            "count": self.count.pk,
            "counter_id": self.acting_as.user_id,
            "counter": self.acting_as.label,
            "entries": orjson.dumps(rows).decode(),
        }
        written = {row["key"] for row in sql.rows(sql.statement(SQL / "count_add_entries.sql"), params)}
        if written:
            # How much was found is not for the log: those who count do not influence one another.
            counts.note(self.count, "entries_recorded", self.acting_as, detail={"entries": len(written)})
        return written

    def _receipts(self, known: dict[str, StockCountEntry], written: set[str]) -> list[dict[str, Any]]:
        reused = {
            str(entry.row): {"idempotency_key": [CountKeyReused.default_detail]}
            for entry in self.found
            if known[entry.key].fingerprint != entry.fingerprint()
        }
        if reused:
            raise CountKeyReused(fields={"rows": reused})
        receipts = []
        for entry in self.found:
            kept = known[entry.key]
            receipts.append(
                {
                    "row": entry.row,
                    "id": kept.pk,
                    "line": kept.line_id,
                    "product": entry.product_id,
                    "quantity": kept.quantity,
                    "counted_at": kept.counted_at,
                    "round": kept.round,
                    "replayed": entry.key not in written,
                }
            )
            written.discard(entry.key)
        return receipts


def void(*, count_id: int, entry_ids: Sequence[int], access: Access, acting_as: Actor) -> int:
    """Take mistaken entries out of their lines' sums; they stay on record. Staff take back their own. How many were
    voided now: a repeat voids none.

    Raises CountNotFound, WrongCountState, InvalidInput naming the entries.
    """

    def work() -> int:
        count = counts.locked(count_id, access)
        is_manager = access.role.at_least(Role.MANAGER)
        entries = StockCountEntry.objects.filter(count=count, id__in=list(entry_ids))
        if not is_manager:
            entries = entries.filter(counter_id=access.user_id)
        missing = set(entry_ids) - set(entries.values_list("id", flat=True))
        if missing:
            raise InvalidInput(fields={"entries": {str(entry): ["No such entry."] for entry in sorted(missing)}})
        if not entries.filter(voided_at=None).exists():
            return 0
        counts.require(count, COUNTS_GOING_ON | ({CountState.COUNTED} if is_manager else set()))
        voided: int = entries.filter(voided_at=None).update(voided_at=clock.now(), voided_by=acting_as.label)
        detail = {"entries": sorted(entry_ids)}
        counts.note(count, "entries_voided", acting_as, detail=detail)
        return voided

    return ledger.in_scope(work, organization_id=access.organization_id)
