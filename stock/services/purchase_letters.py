"""Orders mailed to suppliers: the letter is a row, made with the step that asked for it, and sent once.

The row is claimed and committed before the mail server is spoken to, and no transaction is open meanwhile. A worker
that dies in between leaves a claim that runs out, and the letter is tried again under the same Message-ID: rather
twice than never.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from accounts.models import Organization
from audit import services as audit
from inventory_project.kernel import clock, csv_text, mail, queue, sql, tenancy
from inventory_project.kernel.access import SYSTEM, Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.mail import File, Letter
from inventory_project.kernel.records import plain
from stock.models import PurchaseLetter, PurchaseLine, PurchaseOrder
from stock.models.purchase_orders import LetterState

SQL = Path(__file__).resolve().parent.parent / "sql"
TASK = "stock.send_purchase_letter"
MOST_ATTEMPTS = 5
ABANDONED = "The worker that mailed it did not come back, and it was not tried again."
COLUMNS = ["order", "line", "sku", "product_name", "quantity", "unit", "pack_size", "packs"]
COSTS = ["unit_cost", "cost", "currency"]


def write(order: PurchaseOrder, *, acting_as: Actor) -> None:
    """Have the order mailed to its supplier once the caller's transaction is committed. Raises InvalidInput."""
    if not order.supplier.email:
        sentence = f"{order.supplier.name} has no e-mail address. Enter one, or send the order by other means."
        raise InvalidInput(fields={"by": [sentence]})
    letter = PurchaseLetter.objects.create(
        organization_id=order.organization_id, order=order, to=order.supplier.email, asked_by=acting_as.label[:150]
    )
    hint = {"organization_id": order.organization_id, "letter_id": letter.pk}
    transaction.on_commit(lambda: queue.ring(TASK, **hint) and None)


def withdraw(order: PurchaseOrder) -> None:
    """What has not been mailed yet of an order that is cancelled stays at home."""
    told = {"state": LetterState.FAILED, "error": "The order was cancelled before it was mailed."}
    PurchaseLetter.objects.filter(order=order, state=LetterState.WAITING).update(**told, finished_at=clock.now())


def send(*, organization_id: int, letter_id: int) -> str:
    """Mail one letter, once however often it is asked for. Answers its state; "" when it is not our turn."""
    with tenancy.scope(organization_id, durable=True):
        params = {"organization": organization_id, "letter": letter_id, "now": clock.now(), "most": MOST_ATTEMPTS}
        if sql.rows(sql.statement(SQL / "end_abandoned_letter.sql"), {**params, "error": ABANDONED}):
            letter = PurchaseLetter.objects.select_related("order").get(pk=letter_id)
            _note(letter, ABANDONED)
            return str(LetterState.FAILED)
        if not sql.rows(sql.statement(SQL / "claim_purchase_letter.sql"), params):
            return ""
    with tenancy.scope(organization_id):
        letter = PurchaseLetter.objects.select_related("order").get(pk=letter_id)
        composed = replace(compose(letter.order_id), message_id=_message_id(letter))
    error = mail.send(composed, to=[letter.to])
    state = LetterState.FAILED if error else LetterState.SENT
    with tenancy.scope(organization_id, durable=True):
        told = {"state": state, "error": error}
        PurchaseLetter.objects.filter(pk=letter_id).update(**told, finished_at=clock.now())
        _note(letter, error)
    return str(state)


def _note(letter: PurchaseLetter, error: str) -> None:
    order = letter.order
    audit.record(
        f"stock.purchase.{'not_mailed' if error else 'mailed'}",
        acting_as=SYSTEM,
        object_type="purchase",
        object_id=order.pk,
        object_label=order.label,
        store_id=order.store_id,
        detail={"to": letter.to, "error": error},
    )


def waiting(*, now: datetime) -> list[dict[str, Any]]:
    """Letters whose hint was lost or whose try failed, in all organisations. Asked as the platform."""
    params = {"now": now, "most": MOST_ATTEMPTS}
    return sql.rows(sql.statement(SQL / "purchase_letters_to_send.sql"), params, using="platform")


def compose(order_id: Any) -> Letter:
    """What the supplier reads of an order: a letter with its table, and the lines as a file."""
    shown = page(order_id, with_costs=True)
    order = shown["order"]
    return Letter(
        subject=f"Purchase order {order.label} from {shown['organization'].name}",
        text=render_to_string("stock/mail/purchase_order.txt", shown),
        html=render_to_string("stock/mail/purchase_order.html", shown),
        files=(File(f"{order.label}.csv", "".join(csv_text.lines(*table(shown)))),),
    )


def page(order_id: Any, *, with_costs: bool) -> dict[str, Any]:
    """An order as it is printed, in three queries."""
    order = PurchaseOrder.objects.select_related("supplier", "store").get(pk=order_id)
    lines = list(
        PurchaseLine.objects.filter(order=order)
        .order_by("position")
        .values(
            "position",
            "pack_size",
            "unit_cost",
            "ordered",
            sku=F("product__sku"),
            product_name=F("product__name"),
            unit=F("product__unit"),
            packs=F("ordered") / F("pack_size"),
            cost=F("ordered") * F("unit_cost"),
        )
    )
    return {
        "organization": Organization.objects.get(pk=order.organization_id),
        "order": order,
        "lines": [{**line, **_as_said(line)} for line in lines],
        "sent_on": order.sent_at and order.sent_at.astimezone(ZoneInfo(order.store.time_zone)).date(),
        "with_costs": with_costs,
        "total": _money(sum(line["cost"] for line in lines)),
    }


def table(shown: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """The lines of a page as the columns and rows of a file."""
    order, with_costs = shown["order"], shown["with_costs"]
    rows = [
        [order.label, line["position"], line["sku"], line["product_name"], line["ordered"], line["unit"]]
        + [line["pack_size"], round(line["packs"], 3)]
        + ([line["unit_cost"], line["cost"], order.currency] if with_costs else [])
        for line in shown["lines"]
    ]
    return [*COLUMNS, *(COSTS if with_costs else ())], rows


def _as_said(line: dict[str, Any]) -> dict[str, str]:
    packs = line["packs"]
    units = plain(line["ordered"]) if line["unit"] == "each" else f"{plain(line['ordered'])} {line['unit']}"
    whole = packs == int(packs) and line["pack_size"] != 1
    return {
        "said": f"{units} ({plain(packs)} x {plain(line['pack_size'])})" if whole else units,
        "unit_cost_said": _money(line["unit_cost"], places=4),
        "cost_said": _money(line["cost"]),
    }


def _money(value: Any, places: int = 2) -> str:
    """To the cent; a unit's cost to as many digits as it has."""
    text = f"{value:,.{places}f}"
    while places > 2 and text.endswith("0"):
        text, places = text[:-1], places - 1
    return text


def _message_id(letter: PurchaseLetter) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<purchase.{letter.organization_id}.{letter.pk}@{domain}>"
