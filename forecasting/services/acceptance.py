"""Accepting lines: one draft to each supplier for each store, one draft transfer between each two stores; all or none.

The lines are locked first, so accepting twice finds them accepted. Then the numbers are worked out again with the stock
of this moment: where a quantity would be another one, nothing is done and the answer says what it would be, unless the
caller asked for fresh numbers. A quantity a person chose stays what they chose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db.models import F

from audit import services as audit
from catalog.models import Supplier
from forecasting.errors import LineDecided, NumbersChanged
from forecasting.models import RestockLine
from forecasting.models.proposals import LineSource, LineStatus
from forecasting.selectors import restock_lines
from forecasting.services.line_decisions import check_role, refuse_decided
from forecasting.services.line_numbers import fresh
from forecasting.services.proposals import label
from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from stock.services import ledger, purchase_orders, step_keys, transfer_orders
from stock.services.purchase_lines import Bought
from stock.services.step_keys import Answer
from stock.services.transfer_orders import Wanted

SQL = Path(__file__).resolve().parent.parent / "sql"
LINES_A_PAPER = 500
LOST_NEED = "Nothing is needed any more."


@dataclass
class _Papers:
    """What accepting makes: for each line its quantity and its paper."""

    purchases: list[dict[str, Any]] = field(default_factory=list)
    transfers: list[dict[str, Any]] = field(default_factory=list)
    accepted: list[tuple[RestockLine, Decimal, str | None, str | None]] = field(default_factory=list)


def accept(
    *, line_ids: Sequence[int], access: Access, acting_as: Actor, use_fresh: bool = False, key: str | None = None
) -> Answer:
    """Turn lines into draft purchase orders and draft transfers. `use_fresh`: with the quantities of this moment.

    Raises PermissionRefused, InvalidInput naming rows, LineDecided, NumbersChanged, KeyReused; nothing is done then.
    """
    check_role(access)
    # An answer names papers of stores: it is repeated only to those who see the same ones.
    stores = None if access.store_ids is None else sorted(access.store_ids)
    said = {"step": "restock.accept", "lines": list(line_ids), "fresh": use_fresh, "stores": stores}

    def attempt() -> Answer:
        given = step_keys.claim(key, said)
        if given is not None:
            return given
        return step_keys.keep(
            key, accept_step(line_ids=line_ids, access=access, acting_as=acting_as, use_fresh=use_fresh)
        )

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def accept_step(*, line_ids: Sequence[int], access: Access, acting_as: Actor, use_fresh: bool) -> dict[str, Any]:
    """The same inside the caller's transaction: what was accepted, changed and dropped."""
    lines = _taken(line_ids, access)
    now = fresh(lines)
    changed = {str(one.line.pk): one.said() for one in now if one.changed}
    unasked = {str(one.line.pk): one.said() for one in now if one.changed and one.line.chosen is None}
    if unasked and not use_fresh:
        raise NumbersChanged(fields={"lines": unasked})
    dropped = [one.line for one in now if one.quantity <= 0]
    papers = _drafted([(one.line, one.quantity) for one in now if one.quantity > 0], access, acting_as)
    _write(papers, dropped, acting_as)
    body = {"accepted": len(papers.accepted), "purchases": papers.purchases, "transfers": papers.transfers}
    return body | {"changed": changed, "dropped": [line.pk for line in dropped]}


def _taken(line_ids: Sequence[int], access: Access) -> list[RestockLine]:
    # With their proposal: two who accept different lines would each count on the same surplus of a store.
    lines = restock_lines.visible_to(access).select_for_update(of=("self", "proposal"), no_key=True)
    found = {line.pk: line for line in lines.select_related("proposal").filter(pk__in=line_ids).order_by("pk")}
    errors: dict[str, Any] = {}
    for row, line_id in enumerate(line_ids, start=1):
        if line_id not in found:
            errors[str(row)] = ["No such line."]
        elif line_id in line_ids[: row - 1]:
            errors[str(row)] = ["This line is named already."]
    if errors:
        raise InvalidInput(fields={"lines": errors})
    for row, line_id in enumerate(line_ids, start=1):
        try:
            refuse_decided(found[line_id])
        except LineDecided as error:
            raise LineDecided(fields={"lines": {str(row): [error.detail]}}) from error
    _refuse_without_supplier(line_ids, found)
    return [found[line_id] for line_id in line_ids]


def _refuse_without_supplier(line_ids: Sequence[int], found: dict[int, RestockLine]) -> None:
    named = {line.supplier_id for line in found.values() if line.supplier_id}
    active = set(Supplier.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True))
    errors: dict[str, list[str]] = {}
    for row, line_id in enumerate(line_ids, start=1):
        line = found[line_id]
        if line.source == LineSource.BUY and line.supplier_id not in active:
            told = "The supplier is inactive." if line.supplier_id else "The product has no supplier."
            errors[str(row)] = [f"{told} Give the product one in the catalogue, and propose again."]
    if errors:
        raise InvalidInput(fields={"lines": errors})


def _drafted(wanted: list[tuple[RestockLine, Decimal]], access: Access, acting_as: Actor) -> _Papers:
    papers = _Papers()

    def place(item: tuple[RestockLine, Decimal]) -> tuple[str, int, int, int]:
        line = item[0]
        return line.source, line.store_id, line.supplier_id or line.from_store_id or 0, line.proposal_id

    for _, found in groupby(sorted(wanted, key=lambda item: (*place(item), item[0].pk)), key=place):
        group = list(found)
        for start in range(0, len(group), LINES_A_PAPER):
            _draft(group[start : start + LINES_A_PAPER], papers, access, acting_as)
    return papers


def _draft(group: list[tuple[RestockLine, Decimal]], papers: _Papers, access: Access, acting_as: Actor) -> None:
    first = group[0][0]
    name = label(first.proposal_id)
    who: dict[str, Any] = {"access": access, "acting_as": acting_as}
    told = {"lines": len(group)}
    if first.source == LineSource.BUY:
        assert first.supplier_id is not None
        bought = [Bought(product=line.product_id, quantity=units) for line, units in group]
        order = purchase_orders.draft_step(
            supplier=first.supplier_id, store=first.store_id, lines=bought, proposal=name, **who
        )
        papers.purchases.append({**_named(order), "supplier": first.supplier_id, "store": first.store_id, **told})
        papers.accepted += [(line, units, str(order.pk), None) for line, units in group]
        return
    assert first.from_store_id is not None
    moved = [Wanted(product=line.product_id, quantity=units) for line, units in group]
    paper = transfer_orders.draft_step(
        from_store=first.from_store_id, to_store=first.store_id, lines=moved, note=f"From proposal {name}", **who
    )
    ends = {"from_store": first.from_store_id, "to_store": first.store_id}
    papers.transfers.append({**_named(paper), **ends, **told})
    papers.accepted += [(line, units, None, str(paper.pk)) for line, units in group]


def _named(paper: Any) -> dict[str, Any]:
    return {"id": str(paper.pk), "number": paper.label}


def _write(papers: _Papers, dropped: list[RestockLine], acting_as: Actor) -> None:
    done = papers.accepted
    if done:
        asked = {
            "organization": done[0][0].organization_id,
            "actor": acting_as.user_id,
            "name": acting_as.label[:150],
            "ids": [line.pk for line, *_ in done],
            "quantities": [units for _, units, *_ in done],
            "purchases": [purchase for *_, purchase, _ in done],
            "transfers": [transfer for *_, transfer in done],
        }
        sql.rows(sql.statement(SQL / "accept_lines.sql"), asked)
    RestockLine.objects.filter(pk__in=[line.pk for line in dropped]).update(
        status=LineStatus.DISMISSED,
        snoozed_until=None,
        reason=LOST_NEED,
        decided_by_id=acting_as.user_id,
        decided_by=acting_as.label[:150],
        decided_at=clock.now(),
        version=F("version") + 1,
        updated_at=clock.now(),
    )
    entries = [_dropped(line, acting_as) for line in dropped] + [
        _entry(
            "accepted",
            line,
            acting_as,
            after={"status": str(LineStatus.ACCEPTED), "quantity": units},
            detail={"purchase": purchase, "transfer": transfer, "proposed": line.quantity, "reason": line.reason},
        )
        for line, units, purchase, transfer in done
    ]
    audit.record_many(entries)


def _dropped(line: RestockLine, acting_as: Actor) -> audit.Entry:
    return _entry(
        "dismissed",
        line,
        acting_as,
        before={"status": str(line.status)},
        after={"status": str(LineStatus.DISMISSED), "reason": LOST_NEED},
        detail={"proposed": line.quantity},
    )


def _entry(verb: str, line: RestockLine, acting_as: Actor, **said: Any) -> audit.Entry:
    return audit.Entry(
        action=f"forecasting.line.{verb}",
        acting_as=acting_as,
        object_type="restock_line",
        object_id=line.pk,
        object_label=f"{label(line.proposal_id)} line {line.pk}",
        store_id=line.store_id,
        product_id=line.product_id,
        **said,
    )
