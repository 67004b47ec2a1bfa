"""Goods on hold: a balance's units go into a bucket, from one into the other, back on sale, or out of the store."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget

from inventory_project.desk.session import Desk
from inventory_project.desk.steps import Step, StepForm
from inventory_project.kernel.access import Role
from stock.admin import starting
from stock.choices import Bucket, Kind
from stock.models import Stock
from stock.services import holds
from stock.services.holds import Booking
from stock.services.transfer_orders import Wanted

WORDS = {Bucket.DAMAGED: "Damaged", Bucket.QUALITY: "To be looked at"}
BUCKETS = [(bucket.value, word) for bucket, word in WORDS.items()]
WHERE_FROM = [("", "What is for sale"), *((name, f"On hold: {word.lower()}") for name, word in BUCKETS)]
WHERE_TO = [
    (Kind.REMOVAL, "Thrown away"),
    (Kind.SUPPLIER_RETURN, "Back to the supplier"),
]


def choice(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, label=label, widget=UnfoldAdminSelectWidget, **options)


class UnitsForm(StepForm):
    """How many units, and why."""

    quantity = starting.quantity(label="Units")
    reason = starting.text(300, required=False)


class HoldForm(UnitsForm):
    field_order = ["quantity", "from_bucket", "bucket"]
    from_bucket = choice("Taken from", WHERE_FROM, required=False)
    bucket = choice("Put on hold as", BUCKETS)


class UnholdForm(UnitsForm):
    field_order = ["quantity", "bucket"]
    bucket = choice("On hold as", BUCKETS)


class DisposeForm(UnholdForm):
    field_order = ["quantity", "bucket", "kind"]
    kind = choice("Where it goes", WHERE_TO)


def _booking(desk: Desk, stock: Stock, data: dict[str, Any]) -> Booking:
    return Booking(
        store=stock.store_id,
        lines=[Wanted(stock.product_id, data["quantity"])],
        reason=data["reason"],
        **starting.caller(desk, data),
    )


def _hold(desk: Desk, stock: Stock, data: dict[str, Any]) -> object:
    source = Bucket(data["from_bucket"]) if data["from_bucket"] else None
    return holds.hold(_booking(desk, stock, data), bucket=Bucket(data["bucket"]), from_bucket=source)


def _something_is_on_hold(desk: Desk, stock: Stock) -> bool:
    return stock.on_hold > 0


STEPS = (
    Step(
        name="hold",
        title="Put units on hold",
        submit="Put on hold",
        done="The units are on hold.",
        icon="front_hand",
        role=Role.STAFF,
        warning="They stay on hand and are not for sale.",
        form=HoldForm,
        fits=lambda desk, stock: stock.on_hand > stock.reserved or stock.on_hold > 0,
        call=_hold,
    ),
    Step(
        name="unhold",
        title="Put units back on sale",
        submit="Back on sale",
        done="The units are for sale again.",
        icon="storefront",
        role=Role.STAFF,
        form=UnholdForm,
        fits=_something_is_on_hold,
        call=lambda desk, stock, data: holds.release(_booking(desk, stock, data), bucket=Bucket(data["bucket"])),
    ),
    Step(
        name="dispose",
        title="Get rid of units on hold",
        submit="Out of the store",
        done="The units have left the store.",
        icon="delete",
        role=Role.STAFF,
        warning="They leave the books for good.",
        form=DisposeForm,
        fits=_something_is_on_hold,
        call=lambda desk, stock, data: holds.dispose(
            _booking(desk, stock, data), bucket=Bucket(data["bucket"]), kind=Kind(data["kind"])
        ),
    ),
)
