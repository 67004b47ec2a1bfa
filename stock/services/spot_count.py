"""The count of one product on one shelf: the balance becomes what was counted, by one movement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import orjson

from audit import services as audit
from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from stock.choices import AppliedVia, Kind
from stock.errors import KeyReused
from stock.models import MovementKey, Stock, StockMovement
from stock.services import lanes, ledger
from stock.services.intake import Draft
from stock.services.movements import SQL


@dataclass(frozen=True, slots=True)
class Counted:
    """What the ledger held at that moment, what was found, and the movement that corrects it (none when equal)."""

    expected: Decimal
    found: Decimal
    movement_id: str | None
    replayed: bool = False

    @property
    def difference(self) -> Decimal:
        return self.found - self.expected


def count(
    *, store_id: int, product_id: int, found: Decimal, reason: str, key: str | None, access: Access, acting_as: Actor
) -> Counted:
    """Compare the shelf with the ledger under the balance's lock, and post the difference.

    Sales go on before and after it; what was accepted earlier is applied first. Raises KeyReused.
    """
    lanes.drain(access.organization_id, lanes.lane_of(store_id), via=AppliedVia.REQUEST)

    def work() -> Counted:
        movement_id = ledger.new_id()
        if key and not _claim(key, movement_id, store_id, product_id, found, reason):
            return _first_answer(key, found)
        balance = Stock.objects.select_for_update(no_key=True).filter(store_id=store_id, product_id=product_id).first()
        expected = balance.on_hand if balance else Decimal(0)
        if found != expected:
            now = clock.now().isoformat()
            row = ledger.row_defaults(
                id=movement_id,
                store=store_id,
                product=product_id,
                kind=Kind.COUNT_ADJUSTMENT,
                quantity=f"{found - expected:f}",
                effective_at=now,
                recorded_at=now,
                actor=acting_as.user_id,
                actor_label=acting_as.label,
                request_id=acting_as.request_id,
                source="count",
                reason=reason,
                key=key,
            )
            ledger.apply_step([row], via=AppliedVia.REQUEST)
        _record(store_id, product_id, expected, found, acting_as)
        return Counted(expected, found, movement_id if found != expected else None)

    return ledger.in_scope(work, organization_id=access.organization_id)


def _record(store_id: int, product_id: int, expected: Decimal, found: Decimal, acting_as: Actor) -> None:
    """A count that finds what was expected changes nothing, and is worth remembering all the same."""
    audit.record(
        "stock.balance.counted",
        acting_as=acting_as,
        object_type="stock",
        object_id=f"{store_id}:{product_id}",
        store_id=store_id,
        product_id=product_id,
        before={"on_hand": expected},
        after={"on_hand": found},
    )


def _claim(key: str, movement_id: str, store_id: int, product_id: int, found: Decimal, reason: str) -> bool:
    """True when the key is this count's own; False when the same count was sent before. Raises KeyReused."""
    said = Draft(store_id, product_id, "count", f"{found.normalize():f}", None, None, reason, "", key)
    fingerprint = said.fingerprint()
    claims = orjson.dumps([{"key": key, "id": movement_id, "fingerprint": fingerprint}]).decode()
    params = {"organization": tenancy.current_organization_id(), "claims": claims}
    if sql.rows(sql.statement(SQL / "claim_keys.sql"), params):
        return True
    if MovementKey.objects.get(key=key).fingerprint != fingerprint:
        raise KeyReused()
    return False


def _first_answer(key: str, found: Decimal) -> Counted:
    known = MovementKey.objects.get(key=key)
    movement = StockMovement.objects.filter(id=known.movement_id).first()
    if movement is None:
        return Counted(found, found, None, replayed=True)
    return Counted(found - movement.quantity, found, str(movement.id), replayed=True)
