"""The lines of an order to a supplier as a buyer writes them: units or packs, and what a unit costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import Organization
from catalog.models import Product
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.records import plain
from stock.models import PurchaseLine, PurchaseOrder
from stock.services import intake
from stock.services.intake import MAX_QUANTITY, MAX_VALUE, Errors, Reference


@dataclass(frozen=True, slots=True)
class Bought:
    """One product and how much of it: `quantity` in units, or `packs` of the product's pack size.

    `unit_cost` of one unit, in the order's currency; None: the product's own.
    """

    product: Reference
    quantity: Decimal | None = None
    packs: Decimal | None = None
    unit_cost: Decimal | None = None

    def said(self) -> tuple[str, ...]:
        return tuple(map(str, (self.product, self.quantity, self.packs, self.unit_cost)))


def write(order: PurchaseOrder, lines: Sequence[Bought]) -> dict[str, Any]:
    """Make these the lines of a draft; what the log keeps of them. Raises InvalidInput naming the rows."""
    products = _products_of(lines)
    own_currency = Organization.objects.values_list("currency", flat=True).get(pk=order.organization_id)
    errors: dict[str, Errors] = {}
    made: list[PurchaseLine] = []
    for position, (product, bought) in enumerate(zip(products, lines, strict=True), start=1):
        line, wrong = _line(order, product, bought, position, has_own_costs=order.currency == own_currency)
        made.append(line)
        if wrong:
            errors[str(position)] = wrong
    if errors:
        raise InvalidInput(fields={"lines": errors})
    PurchaseLine.objects.filter(order=order).delete()
    PurchaseLine.objects.bulk_create(made)
    return {"lines": [_described(line) for line in made]}


def _line(
    order: PurchaseOrder, product: Product, bought: Bought, position: int, *, has_own_costs: bool
) -> tuple[PurchaseLine, Errors]:
    errors: Errors = {}
    units = bought.quantity if bought.quantity is not None else (bought.packs or Decimal(0)) * product.pack_size
    if (bought.quantity is None) == (bought.packs is None):
        errors["quantity"] = ["Say how many units, or how many packs: one of the two."]
    elif units > MAX_QUANTITY:
        errors["packs"] = [f"These are {plain(units)} units; the limit is {MAX_QUANTITY:f}."]
    elif units != round(units, 3):
        errors["packs"] = [f"These are {plain(units)} units; at most 3 digits after the decimal point."]
    cost = bought.unit_cost
    if cost is None and not has_own_costs:
        errors["unit_cost"] = [f"Say what a unit costs in {order.currency}: products have their cost in your currency."]
    unit_cost = product.unit_cost if cost is None else cost
    if not errors and units * unit_cost > MAX_VALUE:
        errors["unit_cost"] = [f"Units times cost must not be more than {MAX_VALUE:,f}. Enter it in parts."]
    line = PurchaseLine(
        organization_id=order.organization_id,
        order=order,
        product=product,
        position=position,
        ordered=units,
        pack_size=product.pack_size,
        unit_cost=unit_cost,
    )
    return line, errors


def _described(line: PurchaseLine) -> Mapping[str, Any]:
    return {
        "product": line.product_id,
        "sku": line.product.sku,
        "quantity": line.ordered,
        "unit_cost": line.unit_cost,
    }


def _products_of(lines: Sequence[Bought]) -> list[Product]:
    """The product of each line. Raises InvalidInput naming the rows of unknown and repeated ones."""
    found = intake.resolve((), {bought.product for bought in lines}, access=None)
    ids = [found.products.get(bought.product, 0) for bought in lines]
    products = Product.objects.in_bulk(ids)
    errors: dict[str, Errors] = {}
    for row, product_id in enumerate(ids, start=1):
        if product_id not in products:
            errors[str(row)] = {"product": ["No such product."]}
        elif product_id in ids[: row - 1]:
            errors[str(row)] = {"product": ["This product has a line already."]}
    if errors:
        raise InvalidInput(fields={"lines": errors})
    return [products[product_id] for product_id in ids]
