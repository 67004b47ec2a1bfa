"""Prices, costs and reorder levels change while movements are applied: the figures stay those of the balances."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from catalog.models import Product
from catalog.services import bulk, products
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from inventory_project.kernel.errors import ChangedMeanwhile
from stock.models import Stock
from stock.services import balances, movements
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, no_deadlock
from tests.support.records import at_once


def stocked(stores: int, kinds: int) -> Shop:
    shop = build_shop(stores=stores, products=kinds)
    access = shop.access()
    rows = [shop.movement("IN", 6, store, product) for store in range(stores) for product in range(kinds)]
    movements.submit_many(raws=rows, access=access, acting_as=access.actor())
    return shop


def moving(shop: Shop, seed: int, turns: int = 25) -> Callable[[], None]:
    """One till: sells and receives in every store."""

    def work() -> None:
        dice, access = random.Random(seed), shop.access()
        for _ in range(turns):
            rows = [
                shop.movement(*dice.choice([("IN", 3), ("OUT", 3)]), dice.randrange(len(shop.stores)), product)
                for product in dice.sample(range(len(shop.products)), len(shop.products) // 2)
            ]
            movements.submit_many(raws=rows, access=access, acting_as=access.actor())

    return work


def change(shop: Shop, product: int, **values: object) -> None:
    with tenancy.scope(shop.organization.id):
        record = Product.objects.get(pk=shop.products[product].pk)
        try:
            products.update(acting_as=SYSTEM, record=record, values=values)
        except ChangedMeanwhile:
            pass


def test_costs_and_levels_may_change_while_movements_are_applied() -> None:
    shop = stocked(3, 4)

    def reprice(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(25):
            change(
                shop,
                dice.randrange(4),
                unit_cost=Decimal(dice.randint(1, 900)) / 100,
                sale_price=Decimal(dice.randint(1, 900)) / 100,
                reorder_level=Decimal(dice.randint(0, 12)),
            )

    with no_deadlock():
        at_once(moving(shop, 1), moving(shop, 2), lambda: reprice(3), lambda: reprice(4))
    assert_whole(shop)


def test_a_product_may_get_another_sku_while_it_is_sold() -> None:
    shop = stocked(2, 2)

    def rename() -> None:
        for turn in range(25):
            change(shop, turn % 2, sku=f"NEW-{turn}", unit_cost=Decimal(turn + 1))

    with no_deadlock():
        at_once(moving(shop, 1, 40), moving(shop, 2, 40), rename)
    assert_whole(shop)


def test_a_price_list_of_many_products_may_be_loaded_while_they_are_sold() -> None:
    shop = stocked(3, 6)

    def load(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(12):
            rows = [
                bulk.Row(n, {"sku": f"SKU-{n}", "name": f"Product {n}", "unit_cost": Decimal(dice.randint(1, 99))})
                for n in dice.sample(range(1, 7), 6)
            ]
            with tenancy.scope(shop.organization.id):
                bulk.save_many(rows, acting_as=SYSTEM, upsert=True)
            assert {row.status for row in rows} <= {"updated", "unchanged"}, rows

    with no_deadlock():
        at_once(moving(shop, 1), moving(shop, 2), lambda: load(3), lambda: load(4))
    assert_whole(shop)


def test_a_stores_own_reorder_level_and_the_products_may_change_at_once() -> None:
    shop = stocked(2, 1)
    with tenancy.scope(shop.organization.id):
        stocks = list(Stock.objects.order_by("id").values_list("id", flat=True))

    def override(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(40):
            with tenancy.scope(shop.organization.id):
                level = None if dice.random() < 0.6 else Decimal(dice.randint(0, 12))
                balances.set_levels(
                    stock_id=dice.choice(stocks), levels={"reorder_level_override": level}, acting_as=SYSTEM
                )

    def relevel() -> None:
        for turn in range(40):
            change(shop, 0, reorder_level=Decimal(turn % 13))

    def sell() -> None:
        for turn in range(30):
            shop.post("IN" if turn % 2 else "OUT", 3, turn % 2)

    with no_deadlock():
        at_once(lambda: override(1), lambda: override(2), relevel, sell)
    assert_whole(shop)


def test_clearing_a_stores_own_level_takes_the_products_newest_one() -> None:
    shop = stocked(1, 1)
    with tenancy.scope(shop.organization.id):
        stock_id = Stock.objects.get().pk
        balances.set_levels(stock_id=stock_id, levels={"reorder_level_override": Decimal(2)}, acting_as=SYSTEM)

    def clear() -> None:
        with tenancy.scope(shop.organization.id):
            balances.set_levels(stock_id=stock_id, levels={"reorder_level_override": None}, acting_as=SYSTEM)

    for level in range(20, 60):
        at_once(lambda level=level: change(shop, 0, reorder_level=Decimal(level)), clear)
    with tenancy.scope(shop.organization.id):
        assert Stock.objects.get().reorder_level == 59
    assert_whole(shop)
