"""What the papers begun at the desk share: their store, and rows of products with quantities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminTextInputWidget

from inventory_project.desk.forms import FindByTyping
from inventory_project.desk.session import Desk
from inventory_project.desk.starts import LineForm, Lines, StartForm
from stock.models import ReservationLine, Stock
from stock.services.transfer_orders import Wanted
from stores import selectors as stores
from stores.models import Store

MOST = Decimal(10**9)
SMALLEST = Decimal("0.001")
PRODUCT = ReservationLine._meta.get_field("product")


def quantity(**options: Any) -> forms.DecimalField:
    """Units of a product, three decimals at most."""
    widget = UnfoldAdminDecimalFieldWidget(attrs={"step": "any", **options.pop("attrs", {})})
    return forms.DecimalField(
        min_value=SMALLEST, max_value=MOST, max_digits=13, decimal_places=3, widget=widget, **options
    )


def text(longest: int, **options: Any) -> forms.CharField:
    return forms.CharField(max_length=longest, widget=UnfoldAdminTextInputWidget, **options)


def store_field(**options: Any) -> forms.ModelChoiceField:
    """An open store that the caller may see, found by typing."""
    widget = FindByTyping(Stock._meta.get_field("store"), admin.site, attrs={"data-placeholder": "Store"})
    return forms.ModelChoiceField(Store.unscoped.none(), widget=widget, **options)


class QuantityLine(LineForm):
    """A product and how many units of it."""

    quantity = quantity(attrs={"aria-label": "Quantity", "placeholder": "Quantity"})


class OfStoreForm(StartForm):
    """A paper of one store."""

    store = store_field()

    def at_desk(self, desk: Desk) -> None:
        offer_stores(self, desk, "store")


def offer_stores(form: forms.Form, desk: Desk, *names: str) -> None:
    """The open stores of this desk as the choices of these fields."""
    for name in names:
        form.fields[name].queryset = stores.visible_to(desk.access).filter(is_active=True)  # type: ignore[attr-defined]


def wanted(rows: list[dict[str, Any]]) -> list[Wanted]:
    """The filled rows as the services take them."""
    return [Wanted(row["product"].pk, row["quantity"]) for row in rows]


def caller(desk: Desk, data: dict[str, Any]) -> dict[str, Any]:
    return {"access": desk.access, "acting_as": desk.actor, "key": data["key"]}


PRODUCTS = Lines(form=QuantityLine, found_in=PRODUCT)
