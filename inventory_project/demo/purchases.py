"""What the demo's warehouse ordered from its suppliers: orders in every state, by the services a real shop uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from catalog.models import Supplier
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor
from stock.models.purchase_orders import SentBy
from stock.services import goods_receipts, purchase_orders
from stock.services.goods_posting import Arrived
from stock.services.purchase_lines import Bought

STORE = "WAREHOUSE"


@dataclass(frozen=True, slots=True)
class Order:
    """Packs by product. It was sent and came so many days ago; `came` are units by product, None: all of it."""

    supplier: str
    packs: Mapping[str, int]
    sent: int | None = None
    received: int | None = None
    came: tuple[Arrived, ...] | None = None
    is_closed: bool = False


ORDERS = (
    Order("Blue Kettle Trading", {"TEA-001": 10, "TEA-002": 8}, sent=14, received=5, is_closed=True),
    Order(
        "Blue Kettle Trading",
        {"COF-001": 6, "COF-002": 6},
        sent=13,
        received=3,
        came=(Arrived("COF-001", Decimal(36)), Arrived("COF-002", Decimal(18))),
    ),
    Order(
        "Northwind Foods",
        {"SNA-001": 5, "DRI-001": 10},
        sent=9,
        received=4,
        came=(Arrived("SNA-001", Decimal(98), damaged=Decimal(2)), Arrived("DRI-001", Decimal(120))),
    ),
    Order("Northwind Foods", {"PAN-006": 6}, sent=7),
    Order("Evergreen Home", {"KIT-001": 3, "HOM-001": 4}, sent=2),
    Order("Paper Lantern", {"STA-001": 4, "STA-004": 2}),
)


def load(*, today: date, access: Access, acting_as: Actor) -> int:
    """Make the orders; keys make a repeat harmless. How many there are."""
    with tenancy.scope(access.organization_id):
        suppliers = dict(Supplier.objects.values_list("name", "id"))
    for number, order in enumerate(ORDERS, start=1):
        _make(f"demo:order:{number}", order, suppliers[order.supplier], today, access, acting_as)
    return len(ORDERS)


def _make(key: str, order: Order, supplier_id: int, today: date, access: Access, acting_as: Actor) -> None:
    made = purchase_orders.create(
        supplier=supplier_id,
        store=STORE,
        lines=[Bought(product, packs=Decimal(packs)) for product, packs in order.packs.items()],
        access=access,
        acting_as=acting_as,
        key=key,
    )
    order_id = str(made.body["id"])
    if order.sent is not None:
        purchase_orders.send(
            order_id=order_id,
            by=SentBy.OTHER,
            sent_at=_noon(today, order.sent),
            access=access,
            acting_as=acting_as,
            key=f"{key}:send",
        )
    if order.received is not None:
        goods_receipts.receive(
            order_id=order_id,
            lines=order.came,
            delivery_note=f"{order.supplier.split()[0].upper()}-{order.received:04d}",
            received_at=_noon(today, order.received),
            access=access,
            acting_as=acting_as,
            key=f"{key}:receive",
        )
    if order.is_closed:
        purchase_orders.close(order_id=order_id, access=access, acting_as=acting_as, key=f"{key}:close")


def _noon(today: date, days_ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=days_ago), time(12), UTC)
