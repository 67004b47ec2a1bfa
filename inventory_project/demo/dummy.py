"""Throw-away data for developers: in the caller's own organisation, through the services, bounded."""

from __future__ import annotations

import random
import secrets
from typing import Any

from catalog.services import bulk
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor
from stock.choices import Kind
from stock.services import movements as ledger
from stores.services import stores as places


def generate(*, stores: int, products: int, movements: int, access: Access, acting_as: Actor) -> dict[str, Any]:
    """Open stores, add products, move stock; says what was made."""
    mark = secrets.token_hex(3).upper()
    codes = [f"DUMMY-{mark}-S{number}" for number in range(1, stores + 1)]
    skus = [f"DUMMY-{mark}-P{number}" for number in range(1, products + 1)]
    chance = random.Random(mark)  # noqa: S311 - nothing secret
    with tenancy.scope(access.organization_id, durable=True):
        places.ensure_many([{"code": code, "name": f"Dummy {code}"} for code in codes], acting_as=acting_as)
        goods = [_product(sku, chance) for sku in skus]
        bulk.ensure_many(goods, acting_as=acting_as)
    raws = [_movement(codes, skus, chance) for _ in range(movements)]
    receipts = ledger.submit_many(raws=raws, access=access, acting_as=acting_as, source="dummy") if raws else []
    applied = sum(receipt.status == "applied" for receipt in receipts)
    return {"stores": codes, "products": skus, "applied": applied, "rejected": len(receipts) - applied}


def _product(sku: str, chance: random.Random) -> dict[str, Any]:
    cost = chance.randint(100, 5000)
    prices = {"unit_cost": cost / 100, "sale_price": cost * 2 / 100}
    return {"sku": sku, "name": f"Dummy {sku}", "category": "Dummy", "reorder_level": chance.randint(5, 20), **prices}


def _movement(codes: list[str], skus: list[str], chance: random.Random) -> dict[str, Any]:
    """More comes in than goes out; some sales will find nothing left, as in life."""
    incoming = chance.random() < 0.5
    return {
        "store": chance.choice(codes),
        "product": chance.choice(skus),
        "movement_type": Kind.RECEIPT if incoming else Kind.SALE,
        "quantity": chance.randint(10, 50) if incoming else chance.randint(1, 15),
        "reason": "dummy data",
    }
