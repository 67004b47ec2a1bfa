"""Reading movements as callers send them: shape, ranges, and the store and product they mean.

One reader for all doors. `read` turns one raw object into a `Draft` or a dict of errors by field; `resolve` finds the
stores and products of many drafts with one query.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_datetime

from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import Access
from inventory_project.kernel.tenancy import current_organization_id
from stock.choices import ALIASES, COSTED, INCOMING, SIGNED, SUBMITTABLE

SQL = Path(__file__).resolve().parent.parent / "sql"

MAX_QUANTITY = Decimal(1_000_000_000)
MAX_PRICE = Decimal(1_000_000_000)
# Of one movement: units times price. The sums of a store hold a hundred million such movements. The ledger judges the
# product's own price and cost by the same limit (apply.sql).
MAX_VALUE = Decimal(1_000_000_000_000)
CLOCK_SKEW = timedelta(minutes=5)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
TEXT_LIMITS = {"reason": 300, "reference": 100, "idempotency_key": 255}
KNOWN_FIELDS = frozenset(
    {"store", "product", "movement_type", "kind", "quantity", "effective_at", "unit_price", "unit_cost", *TEXT_LIMITS}
)

MOST_UNKNOWN_NAMED = 20
# Stricter than Decimal(), which also reads "1_000", other scripts' digits and exponents beyond any arithmetic.
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
LONGEST_NUMBER = 64

Errors = dict[str, list[str]]
Reference = int | str


@dataclass(slots=True)
class Draft:
    """One movement as sent, checked but for its store and product. `quantity` is signed; JSON-ready values."""

    store: Reference
    product: Reference
    kind: str
    quantity: int | str
    effective_at: str | None
    unit_price: int | str | None
    unit_cost: int | str | None
    reason: str
    reference: str
    idempotency_key: str | None

    def fingerprint(self) -> int:
        """What makes two requests with one key the same request: 64 bits over all that was said."""
        said = (self.store, self.product, self.kind, self.quantity, self.effective_at, self.unit_price)
        # Only when there is one, so that requests from before costs could be said are still the same requests.
        cost = () if self.unit_cost is None else (self.unit_cost,)
        text = "\x1f".join(map(str, (*said, self.reason, self.reference, *cost)))
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def read(raw: Any, *, now: datetime | None = None, sees_costs: bool = False) -> tuple[Draft | None, Errors]:
    """One raw movement -> a draft, or what is wrong with it by field. Who does not see costs cannot say any."""
    if not isinstance(raw, dict):
        return None, {"non_field_errors": ["A movement is an object."]}
    errors: Errors = {}
    kind = _kind(raw, errors)
    quantity = _quantity(raw.get("quantity"), kind, errors)
    draft = Draft(
        store=read_reference(raw.get("store"), "store", errors),
        product=read_reference(raw.get("product"), "product", errors),
        kind=kind,
        quantity=quantity,
        effective_at=read_moment(raw.get("effective_at"), errors, now),
        unit_price=_price(raw.get("unit_price"), "price", errors),
        unit_cost=_cost(raw.get("unit_cost"), kind, sees_costs, errors),
        reason=read_text(raw, "reason", errors),
        reference=read_text(raw, "reference", errors),
        idempotency_key=read_text(raw, "idempotency_key", errors) or None,
    )
    for word, money in (("price", draft.unit_price), ("cost", draft.unit_cost)):
        if not errors and money and abs(Decimal(quantity)) * Decimal(money) > MAX_VALUE:
            errors[f"unit_{word}"] = [f"Units times {word} must not be more than {MAX_VALUE:,f}. Enter it in parts."]
    if not raw.keys() <= KNOWN_FIELDS:
        unknown = (name for name in raw if name not in KNOWN_FIELDS)
        for name in islice(unknown, MOST_UNKNOWN_NAMED):
            errors[str(name)[:64]] = ["This field is not known here."]
    return (None, errors) if errors else (draft, errors)


def _kind(raw: Mapping[str, Any], errors: Errors) -> str:
    given = raw.get("movement_type", raw.get("kind"))
    if given is None:
        errors["movement_type"] = ["This field is required."]
        return ""
    kind = ALIASES.get(given, given) if isinstance(given, str) else given
    if not isinstance(kind, str) or kind not in SUBMITTABLE:
        errors["movement_type"] = [f"Use one of IN, OUT, REM, {', '.join(sorted(SUBMITTABLE))}."]
        return ""
    return str(kind)


def _quantity(value: Any, kind: str, errors: Errors) -> int | str:
    number = read_number(value, "quantity", errors, limit=MAX_QUANTITY, places=3)
    if number is None:
        return 0
    if kind in SIGNED:
        if number == 0:
            errors["quantity"] = ["An adjustment must not be zero."]
    elif number <= 0:
        errors["quantity"] = ["The quantity must be greater than zero; the kind of movement gives its sign."]
    signed = number if kind in INCOMING or kind in SIGNED else -number
    return signed if isinstance(signed, int) else f"{signed:f}"


def _cost(value: Any, kind: str, sees_costs: bool, errors: Errors) -> int | str | None:
    if value is None:
        return None
    if not sees_costs:
        errors["unit_cost"] = ["Needs the right to see costs."]
    elif kind and kind not in COSTED:
        errors["unit_cost"] = ["Only a receipt or an opening has a cost of its own; others move at the average cost."]
    return _price(value, "cost", errors) if "unit_cost" not in errors else None


def _price(value: Any, word: str, errors: Errors) -> int | str | None:
    if value is None:
        return None
    number = read_number(value, f"unit_{word}", errors, limit=MAX_PRICE, places=4)
    if number is not None and number < 0:
        errors[f"unit_{word}"] = [f"The {word} must not be negative."]
    return number if number is None or isinstance(number, int) else f"{number:f}"


def read_number(value: Any, name: str, errors: Errors, *, limit: Decimal, places: int) -> int | Decimal | None:
    """An exact number within the limit, as sent: a whole number, a decimal or a text that holds one."""
    if value is None:
        errors[name] = ["This field is required."]
    elif type(value) is int:
        if abs(value) <= limit:
            return value
        errors[name] = [f"The number is too large; the limit is {limit:f}."]
    elif isinstance(value, float | str):
        return _decimal(str(value), name, errors, limit=limit, places=places)
    else:
        errors[name] = ["A number is needed, with a point before decimals, like 1.5."]
    return None


def _decimal(text: str, name: str, errors: Errors, *, limit: Decimal, places: int) -> Decimal | None:
    text = text.strip()
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        errors[name] = ["A number is needed, with a point before decimals, like 1.5."]
        return None
    number = Decimal(text)
    if abs(number) > limit:
        errors[name] = [f"The number is too large; the limit is {limit:f}."]
    elif number != round(number, places):
        errors[name] = [f"At most {places} digits after the decimal point."]
    else:
        return number.normalize()
    return None


def read_reference(value: Any, name: str, errors: Errors) -> Reference:
    if type(value) is int and 0 < value < 2**63:
        return value
    if isinstance(value, str) and 0 < len(value.strip()) <= 64:
        return value.strip()
    errors[name] = ["This field is required."] if value in (None, "") else ["An id or a code is needed."]
    return 0


def read_moment(value: Any, errors: Errors, now: datetime | None) -> str | None:
    if value is None:
        return None
    try:
        at = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        errors["effective_at"] = ["An ISO 8601 date and time with an offset is needed, like 2026-05-01T09:30:00Z."]
    elif at > (now or clock.now()) + CLOCK_SKEW:
        errors["effective_at"] = ["The time lies in the future. Check the clock of the till."]
    elif at < EARLIEST:
        errors["effective_at"] = ["The time lies too far in the past."]
    else:
        return at.astimezone(UTC).isoformat()
    return None


def read_text(raw: Mapping[str, Any], name: str, errors: Errors) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        errors[name] = ["A text is needed."]
    elif len(value) > TEXT_LIMITS[name]:
        errors[name] = [f"At most {TEXT_LIMITS[name]} characters."]
    elif "\x00" in value:
        errors[name] = ["The NUL character is not allowed."]
    else:
        return value
    return ""


def renamed(errors: Errors, names: Mapping[str, str] | None) -> Errors:
    """The reader's errors under the words a door uses for the fields."""
    return {(names or {}).get(name, name): text for name, text in errors.items()}


def unusable(store_id: int | None, is_open: bool | None, product_id: int | None) -> Errors:
    """What is wrong with the store and the product that the caller's names were found to mean, by field."""
    errors: Errors = {}
    if not store_id:
        errors["store"] = ["No such store."]
    elif not is_open:
        errors["store"] = ["This store is closed."]
    if not product_id:
        errors["product"] = ["No such product."]
    return errors


@dataclass(frozen=True, slots=True)
class References:
    """What the callers' ids and codes mean in this organisation, limited to the stores the caller may use."""

    stores: dict[Reference, tuple[int, bool]]
    products: dict[Reference, int]
    labels: dict[tuple[str, int], tuple[str, str]]
    """Code and name by ("store" or "product", id)."""

    def of(self, draft: Draft) -> tuple[int, int, Errors]:
        """Store id, product id, and what is wrong with either."""
        store_id, is_active = self.stores.get(draft.store, (0, True))
        product_id = self.products.get(draft.product, 0)
        return store_id, product_id, unusable(store_id, is_active, product_id)


def resolve(stores: Iterable[Reference], products: Iterable[Reference], *, access: Access | None) -> References:
    """Find what the references mean: ids, store codes, SKUs, barcodes; one query."""
    stores, products = set(stores), set(products)
    params = {
        "organization": current_organization_id(),
        "store_ids": [name for name in stores if isinstance(name, int)],
        "codes": [name for name in stores if isinstance(name, str)],
        "product_ids": [name for name in products if isinstance(name, int)],
        "skus": [name for name in products if isinstance(name, str)],
    }
    found = References({}, {}, {})
    for row in sql.rows(sql.statement(SQL / "resolve_references.sql"), params):
        name = row["given"] or row["id"]
        found.labels[row["type"], row["id"]] = (row["code"], row["name"])
        if row["type"] == "product":
            found.products.setdefault(name, row["id"])
        elif access is None or access.allows_store(row["id"]):
            found.stores[name] = (row["id"], row["is_active"])
    return found
