"""What a manager does with reservations: reserve, hold longer, give back, hand over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget, UnfoldBooleanWidget

from inventory_project.desk import show
from inventory_project.desk.forms import MomentInput
from inventory_project.desk.session import Desk
from inventory_project.desk.starts import Start
from inventory_project.desk.steps import Step, StepForm
from inventory_project.kernel.access import Role
from stock.admin import starting
from stock.choices import Kind
from stock.models import Reservation, ReservationLine
from stock.models.reservations import ReservationStatus
from stock.services import reservations
from stock.services.reservation_steps import Taken

USUAL = "Empty: the organisation's usual time."
MOST_LINES = 200
OUT_AS = [(Kind.SALE, "Sold"), (Kind.REMOVAL, "Taken out, not sold")]


def until_field() -> forms.DateTimeField:
    return forms.DateTimeField(required=False, widget=MomentInput(), label="Until", help_text=USUAL)


class ReserveForm(starting.OfStoreForm):
    reference = starting.text(100, required=False, help_text="The order it is for.")
    note = starting.text(1000, required=False, help_text="About the customer.")
    expires_at = until_field()
    partial = forms.BooleanField(
        required=False,
        widget=UnfoldBooleanWidget,
        label="Reserve what is there",
        help_text="Otherwise all of it, or nothing.",
    )


class ExtendForm(StepForm):
    expires_at = until_field()


class LinesForm(StepForm):
    """How many units of each line that is still reserved; all of them at first."""

    def of_record(self, record: Any) -> None:
        """One field a line, named by its product."""
        found = ReservationLine.objects.filter(reservation=record, open__gt=0).select_related("product")
        for line in found.order_by("position")[:MOST_LINES]:
            self.fields[f"line_{line.product_id}"] = forms.DecimalField(
                required=False,
                min_value=0,
                max_value=line.open,
                decimal_places=3,
                initial=line.open.normalize(),
                label=str(line.product),
                help_text=f"{show.number(line.open)} still reserved.",
                widget=UnfoldAdminDecimalFieldWidget(attrs={"step": "any"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not taken(cleaned):
            raise forms.ValidationError("Say how many units of at least one line.")
        return cleaned


class ReleaseForm(LinesForm):
    reason = starting.text(200, required=False)


class FulfilForm(LinesForm):
    kind = forms.ChoiceField(choices=OUT_AS, widget=UnfoldAdminSelectWidget, label="How it leaves")
    reason = starting.text(200, required=False)


def taken(data: dict[str, Any]) -> list[Taken]:
    """The units of each line that the form named."""
    named = {name.removeprefix("line_"): units for name, units in data.items() if name.startswith("line_")}
    return [Taken(int(product), Decimal(units)) for product, units in named.items() if units]


def _who(desk: Desk, reservation: Reservation, data: dict[str, Any]) -> dict[str, Any]:
    return {"reservation_id": str(reservation.pk), **starting.caller(desk, data)}


def _holds(desk: Desk, reservation: Reservation) -> bool:
    return reservation.status == ReservationStatus.ACTIVE


def _reserve(desk: Desk, data: dict[str, Any], rows: list[dict[str, Any]]) -> Any:
    return reservations.reserve(
        store=data["store"].pk,
        lines=starting.wanted(rows),
        reference=data["reference"],
        note=data["note"],
        expires_at=data["expires_at"],
        partial=data["partial"],
        **starting.caller(desk, data),
    ).body["id"]


STARTS = (
    Start(
        name="reserve",
        title="Reserve",
        submit="Reserve",
        done="The units are reserved.",
        icon="bookmark_add",
        role=Role.STAFF,
        explanation="Reserved units stay on hand and are not sold to anybody else.",
        form=ReserveForm,
        lines=starting.PRODUCTS,
        call=_reserve,
    ),
)

STEPS = (
    Step(
        name="fulfil",
        title="Hand the goods over",
        submit="Hand over",
        done="The goods were handed over.",
        icon="shopping_bag",
        role=Role.STAFF,
        warning="They leave the store: each line is booked as a movement, all or none.",
        form=FulfilForm,
        fits=_holds,
        call=lambda desk, reservation, data: reservations.fulfil(
            lines=taken(data), kind=Kind(data["kind"]), reason=data["reason"], **_who(desk, reservation, data)
        ),
    ),
    Step(
        name="extend",
        title="Hold the units longer",
        submit="Extend",
        done="The units are held longer.",
        icon="more_time",
        role=Role.STAFF,
        form=ExtendForm,
        fits=_holds,
        call=lambda desk, reservation, data: reservations.extend(
            expires_at=data["expires_at"], **_who(desk, reservation, data)
        ),
    ),
    Step(
        name="release",
        title="Give the units back",
        submit="Release",
        done="The units are for sale again.",
        icon="undo",
        role=Role.STAFF,
        warning="What is released is available to everybody again.",
        form=ReleaseForm,
        fits=_holds,
        call=lambda desk, reservation, data: reservations.release(
            lines=taken(data), reason=data["reason"], **_who(desk, reservation, data)
        ),
    ),
)
