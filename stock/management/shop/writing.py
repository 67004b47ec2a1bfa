"""The verbs that change stock. Each is one call of the services that every other door uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F

from catalog.models import Product
from catalog.services import products
from inventory_project.kernel import tenancy
from inventory_project.kernel.errors import AlreadyExists, Conflict, InvalidInput
from stock.choices import REJECTIONS, Kind, MovementStatus
from stock.management.shop import counting, names
from stock.management.shop.counter import Counter, instant
from stock.management.shop.output import Answer, money, number, signed
from stock.models import Stock
from stock.selectors import movements as selectors
from stock.services import movements, transfers
from stock.services.accepting import Receipt
from stores.models import Store

SOURCE = "command line"
KINDS = {"receive": Kind.RECEIPT, "sell": Kind.SALE, "remove": Kind.REMOVAL, "adjust": Kind.ADJUSTMENT}
DONE = {"receive": "Received", "sell": "Sold", "remove": "Removed"}
NAME = 120  # a count's name holds as much
NEW_ONLY = {"price": "sale_price", "cost": "unit_cost", "reorder": "reorder_level", "unit": "unit"}


class Refused(Conflict):
    """The ledger looked at the movement and said no; the refusal is on record."""

    code = "rejected"


def receive(counter: Counter, options: dict[str, Any]) -> Answer:
    """A receipt, after adding the product when it is new."""
    if options["new"] is not None:
        _add_product(counter, options)
    elif extra := [name for name in (*NEW_ONLY, "barcode") if options[name] is not None]:
        raise InvalidInput(f"--{extra[0]} describes a new product: give --new NAME with it.")
    else:
        with counter.reading():
            names.product(options["product"], advice=" Add it with --new NAME.")
    return post(counter, options, reference=options["reference"])


def _add_product(counter: Counter, options: dict[str, Any]) -> None:
    values = {field: options[name] for name, field in NEW_ONLY.items() if options[name] is not None}
    if options["barcode"]:
        values["barcodes"] = [{"code": options["barcode"], "units": 1}]
    for name, limit in {"product": 64, "new": 200, "unit": 20, "barcode": 64}.items():
        if options[name] is not None and not (0 < len(options[name].strip()) <= limit and options[name].isprintable()):
            raise InvalidInput(f"{name}: a text of 1 to {limit} characters is needed.")
    with tenancy.scope(counter.organization.pk, durable=True):
        names.store(options["store"])
        values |= {"sku": options["product"].strip(), "name": options["new"].strip()}
        try:
            products.create(acting_as=counter.actor, values=values)
        except AlreadyExists as error:
            raise InvalidInput(" ".join(error.fields.get("sku", []) + error.fields.get("barcodes", []))) from error


def sell(counter: Counter, options: dict[str, Any]) -> Answer:
    price = options["price"]
    return post(counter, options, unit_price=None if price is None else f"{price:f}")


def post(counter: Counter, options: dict[str, Any], **more: Any) -> Answer:
    """One movement, final when this returns."""
    with counter.reading():
        store, product = names.store(options["store"]), names.product(options["product"])
    at = instant(options["at"], store)
    raw = {
        "store": store.pk,
        "product": product.pk,
        "movement_type": KINDS[options["verb"]],
        "quantity": f"{options['quantity']:f}",
        "reason": options["reason"],
        "effective_at": None if at is None else at.isoformat(),
        **more,
    }
    receipt = movements.submit(
        raw=raw,
        key=_key(options),
        access=counter.access,
        acting_as=counter.actor,
        wait=True,
        source=SOURCE,
        names={"effective_at": "at", "unit_price": "price", "idempotency_key": "key"},
    )
    found = _final(counter, receipt, options["verb"], store, product)
    return Answer(found, _sentence(options["verb"], found, product, store) + _repeated(receipt.replayed))


def _sentence(verb: str, found: dict[str, Any], product: Product, store: Store) -> str:
    if found["status"] == MovementStatus.ACCEPTED:
        return f"Accepted: {product.sku} in {store.name} will change as soon as earlier movements have been applied."
    where = f"in {store.name}"
    now = f"{number(found['balance_after'])} on hand."
    if verb == "adjust":
        return f"Adjusted {_named(product)} by {signed(found['delta'])} {where}: {now}"
    value = ""
    if verb == "sell" and found["unit_price"] is not None:
        value = f" for {money(found['unit_price'] * found['quantity'])} {store.currency}"
    return f"{DONE[verb]} {number(found['quantity'])} {_named(product)} {where}{value}: {now}"


def _named(product: Product) -> str:
    return f"{product.sku} ({product.name})"


def _repeated(replayed: bool) -> str:
    return " This key was used before: nothing changed now." if replayed else ""


def _key(options: dict[str, Any]) -> str | None:
    key = options["key"]
    if key is not None and not 0 < len(key) <= 255:
        raise InvalidInput("key: 1 to 255 characters are needed.")
    return key


def _final(counter: Counter, receipt: Receipt, verb: str, store: Store, product: Product) -> dict[str, Any]:
    """The movement as the ledger keeps it. Raises Refused when it was rejected."""
    assert receipt.id is not None
    with counter.reading():
        row = selectors.find(receipt.id, counter.access)
        assert row is not None
        found = selectors.describe(row, sees_costs=True) | {"replayed": receipt.replayed}
        if found["status"] == MovementStatus.REJECTED:
            held = Stock.objects.filter(store=store, product=product).annotate(free=Stock.available()).first()
            free = number(held.free) if held else "0"
            why = REJECTIONS.get(found["rejection_code"], found["rejection_code"])
            if found["rejection_code"] == "insufficient_stock":
                why = "Not enough stock."
            raise Refused(f"{why} {_named(product)} has {free} available in {store.name}.", fields=found)
    return found


def move(counter: Counter, options: dict[str, Any]) -> Answer:
    with counter.reading():
        source = names.store(options["from_store"], option="--from")
        target = names.store(options["to_store"], option="--to")
        product = names.product(options["product"])
    receipt = transfers.move(
        from_store=source.pk,
        to_store=target.pk,
        product=product.pk,
        quantity=f"{options['quantity']:f}",
        reason=options["reason"],
        key=_key(options),
        access=counter.access,
        acting_as=counter.actor,
    )
    found = _final(counter, receipt, "move", source, product)
    with counter.reading():
        held = Stock.objects.filter(product=product, store__in=(source, target))
        left = dict(held.values_list("store_id", F("on_hand")))
    sentence = (
        f"Moved {number(found['quantity'])} {_named(product)}: {number(left.get(source.pk, 0))} on hand in "
        f"{source.name}, {number(left.get(target.pk, 0))} in {target.name}."
    )
    return Answer(found, sentence + _repeated(receipt.replayed))


def count(counter: Counter, options: dict[str, Any]) -> Answer:
    if len(options["reason"]) > NAME:
        raise InvalidInput(f"reason: at most {NAME} characters.")
    with counter.reading():
        store, product = names.store(options["store"]), names.product(options["product"])
    counted = counting.count(
        counter,
        store=store,
        product=product,
        found=options["quantity"],
        reason=options["reason"],
        key=_key(options),
    )
    data = {
        "store_code": store.code,
        "sku": product.sku,
        "expected": counted.expected,
        "counted": counted.found,
        "difference": counted.difference,
        "count": counted.number,
        "movement": counted.movement_id,
        "replayed": counted.replayed,
    }
    verdict = "as expected"
    if counted.difference:
        verdict = f"{signed(counted.difference)} against the {number(counted.expected)} expected"
    sentence = f"Counted {number(counted.found)} {_named(product)} in {store.name}: {verdict}."
    return Answer(data, sentence + _repeated(counted.replayed))


VERBS: dict[str, Callable[[Counter, dict[str, Any]], Answer]] = {
    "receive": receive,
    "sell": sell,
    "remove": post,
    "adjust": post,
    "move": move,
    "count": count,
}
