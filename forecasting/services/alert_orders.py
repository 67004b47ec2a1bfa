"""Restocking from an alert, in one step: what a proposal has for the product is accepted, else an order is drafted.

Nothing is sent: drafts wait for whoever sends orders, as those that come from a proposal do.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalog.models import Supplier
from forecasting.errors import NothingToOrder
from forecasting.models import Alert, RestockLine
from forecasting.models.alerts import SHORTAGES, AlertStatus
from forecasting.models.proposals import LineStatus
from forecasting.selectors.alerts import visible_to
from forecasting.services import acceptance, alert_reviews, alerts
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from stock.services import ledger, purchase_orders, step_keys, watches
from stock.services.purchase_lines import Bought
from stock.services.step_keys import Answer

NO_SHORTAGE = "Only a shortage is restocked. Of too much, make a transfer or ask for less."


def restock(
    *, alert_id: int, quantity: Decimal | None, access: Access, acting_as: Actor, key: str | None = None
) -> Answer:
    """Draft what the alert asks for, by the numbers of this moment, and acknowledge it.

    Without `quantity` the open lines of the current proposal are accepted, transfers between stores among them; where
    there are none the recommended quantity is ordered from the product's supplier. A quantity of the caller's own is
    always ordered from the supplier. Raises PermissionRefused, AlertNotFound, AlertOver, NothingToOrder, InvalidInput,
    KeyReused; nothing is done then.
    """
    said = {"step": "alert.restock", "alert": alert_id, "quantity": None if quantity is None else str(quantity)}

    def attempt() -> Answer:
        given = step_keys.claim(key, said)
        if given is not None:
            return given
        # Balances before alerts, as whoever looks at them holds them.
        watches.hold(list(visible_to(access).filter(pk=alert_id).values_list("store_id", "product_id")))
        alert = alerts.taken(alert_id, access)
        if alert.kind not in SHORTAGES:
            raise InvalidInput(fields={"alert": [NO_SHORTAGE]})
        body = _accepted(alert, access, acting_as) if quantity is None else {}
        if not body.get("accepted"):
            body = _ordered(alert, quantity, access, acting_as)
        papers = [paper["number"] for name in ("purchases", "transfers") for paper in body[name]]
        done = {"status": AlertStatus.ACKNOWLEDGED, "snoozed_until": None}
        alerts.note_step("restocked", alert, done, acting_as=acting_as, detail={"papers": papers})
        # What is still recommended counts the drafts.
        alert_reviews.judge_step([(alert.store_id, alert.product_id)])
        return step_keys.keep(key, {"alert": alert.pk, **body})

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def _accepted(alert: Alert, access: Access, acting_as: Actor) -> dict[str, Any]:
    lines = RestockLine.objects.filter(
        proposal__is_current=True, store_id=alert.store_id, product_id=alert.product_id, status=LineStatus.PROPOSED
    )
    ids = list(lines.order_by("pk").values_list("pk", flat=True))
    if not ids or (alert.product.supplier_id is None and lines.filter(from_store=None).exists()):
        return {}
    return acceptance.accept_step(line_ids=ids, access=access, acting_as=acting_as, use_fresh=True)


def _ordered(alert: Alert, quantity: Decimal | None, access: Access, acting_as: Actor) -> dict[str, Any]:
    supplier = Supplier.objects.filter(pk=alert.product.supplier_id, is_active=True).first()
    if supplier is None:
        told = "The product has no active supplier. Give it one in the catalogue first."
        raise InvalidInput(fields={"supplier": [told]})
    units = quantity or _recommended(alert)
    order = purchase_orders.draft_step(
        supplier=supplier.pk,
        store=alert.store_id,
        lines=[Bought(product=alert.product_id, quantity=units)],
        proposal=f"Alert {alert.pk}",
        access=access,
        acting_as=acting_as,
    )
    paper = {"id": str(order.pk), "number": order.label, "supplier": supplier.pk, "store": alert.store_id, "lines": 1}
    return {"accepted": 1, "quantity": units, "purchases": [paper], "transfers": []}


def _recommended(alert: Alert) -> Decimal:
    """As the stock and the papers of this moment say; drafts made meanwhile count."""
    alert_reviews.judge_step([(alert.store_id, alert.product_id)])
    alert.refresh_from_db()
    if alert.closed_at is not None or alert.quantity <= 0:
        raise NothingToOrder()
    return alert.quantity
