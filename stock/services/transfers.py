"""The one-step transfer: out of one store and into another, both or neither."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from stock.choices import Kind
from stock.errors import KeyReused
from stock.services import accepting, intake, ledger_rows, movements
from stock.services.accepting import Receipt

SOURCE = {"store": "from_store", "product": "product_id"}


def move(
    *,
    from_store: Any,
    to_store: Any,
    product: Any,
    quantity: Any,
    reason: Any,
    key: str | None,
    access: Access,
    acting_as: Actor,
) -> Receipt:
    """Move units from one store to another in one step; the request applies it.

    The receipt is the dispatching leg's. Raises InvalidInput naming the fields, KeyReused.
    """
    raw = {"product": product, "quantity": quantity, "reason": reason, "movement_type": Kind.REMOVAL}
    draft, errors = intake.read({**raw, "store": from_store})
    arrival, more = intake.read({**raw, "store": to_store})
    errors = intake.renamed(errors, SOURCE) | ({"to_store": more["store"]} if "store" in more else {})
    if draft is None or arrival is None or errors:
        raise InvalidInput(fields=errors)
    draft.kind, draft.idempotency_key = Kind.TRANSFER_DISPATCH, key
    with tenancy.scope(access.organization_id, durable=True):
        references = intake.resolve({draft.store, arrival.store}, {draft.product}, access=access)
        source_id, product_id, errors = references.of(draft)
        target_id, _, more = references.of(arrival)
        errors = intake.renamed(errors, SOURCE) | ({"to_store": more["store"]} if "store" in more else {})
        if not errors and source_id == target_id:
            errors = {"to_store": ["A transfer needs two different stores."]}
        if errors:
            raise InvalidInput(fields=errors)
        draft.reference = str(target_id)  # the key's fingerprint covers where the units go
        now = clock.now().astimezone(UTC).isoformat()
        movement_id = ledger_rows.new_id()
        row = ledger_rows.row_defaults(
            id=movement_id,
            store=source_id,
            to_store=target_id,
            product=product_id,
            kind=Kind.TRANSFER_DISPATCH,
            quantity=draft.quantity,
            effective_at=now,
            recorded_at=now,
            actor=acting_as.user_id,
            actor_label=acting_as.label,
            request_id=acting_as.request_id,
            source="transfer",
            reason=draft.reason,
            key=key,
            transfer=movement_id,
        )
        receipt = accepting.accept([draft], [row], access.organization_id)[0]
    if receipt.code == KeyReused.code:
        raise KeyReused()
    movements.move_on(row, organization_id=access.organization_id, wait=True)
    return receipt
