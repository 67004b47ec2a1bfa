"""A balance changed from what somebody saw: the difference is booked only while the balance is still that.

Who sets a quantity to twenty because it says twelve means eight more. When three were sold meanwhile, eight more would
make it seventeen, and the one who typed would never know.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import clock, records, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from stock.choices import AppliedVia, MovementStatus
from stock.errors import BalancesMissing, KeyReused, QuantityChanged
from stock.models import Stock
from stock.services import accepting, intake, lanes, ledger
from stock.services.accepting import Receipt
from stock.services.intake import Draft

SQL = Path(__file__).resolve().parent.parent / "sql"


def correct(
    *,
    raw: Any,
    expected: Decimal,
    key: str | None,
    access: Access,
    acting_as: Actor,
    source: str,
    names: Mapping[str, str],
) -> Receipt:
    """Apply one movement if `expected` is on hand, and nothing otherwise; what was accepted before goes first.

    `names` are the caller's words for our fields. Raises InvalidInput naming the fields, QuantityChanged saying what is
    on hand, KeyReused.
    """
    draft, errors = intake.read(raw)
    if draft is None:
        raise InvalidInput(fields=intake.renamed(errors, names))
    draft.idempotency_key = key or draft.idempotency_key
    store_id, product_id = _place_of(draft, access, names)

    def work() -> Receipt:
        row = accepting.row_of(draft, store_id, product_id, acting_as, clock.now(), source)
        receipt = Receipt(row=1, id=row["id"], status=MovementStatus.ACCEPTED)
        if not accepting.claim([draft], [row], [receipt], access.organization_id):
            if receipt.code == KeyReused.code:
                raise KeyReused()
            return receipt
        _compare(store_id, product_id, expected, access.organization_id)
        ledger.apply_step([row], via=AppliedVia.REQUEST)
        return receipt

    return ledger.in_scope(work, organization_id=access.organization_id)


def _place_of(draft: Draft, access: Access, names: Mapping[str, str]) -> tuple[int, int]:
    with tenancy.scope(access.organization_id):
        references = intake.resolve({draft.store}, {draft.product}, access=access)
        store_id, product_id, errors = references.of(draft)
        if errors:
            raise InvalidInput(fields=intake.renamed(errors, names))
        behind = lanes.waiting({lanes.lane_of(store_id)}, organization_id=access.organization_id)
    for lane in behind:
        lanes.drain(access.organization_id, lane, via=AppliedVia.REQUEST)
    return store_id, product_id


def _compare(store_id: int, product_id: int, expected: Decimal, organization_id: int) -> None:
    """Hold the balance until commit, then look. Raises BalancesMissing, QuantityChanged."""
    balances = orjson.dumps([{"store": store_id, "product": product_id}])
    params = {"organization": organization_id, "balances": balances.decode()}
    if not sql.rows(sql.statement(SQL / "lock_balances.sql"), params)[0]["locked"]:
        raise BalancesMissing(balances)
    on_hand = Stock.objects.values_list("on_hand", flat=True).get(store_id=store_id, product_id=product_id)
    if on_hand != expected:
        raise QuantityChanged(fields={"on_hand": [records.plain(on_hand)]})
