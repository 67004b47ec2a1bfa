"""Many products at once: a fixed number of statements, a verdict per row, one sealed batch in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any

import orjson
from django.db.models import Value
from django.db.models.functions import Upper

from catalog.models import Barcode, Category, Product, Supplier
from catalog.services import categories
from catalog.services.products import PRODUCT, barcode_facts, barcode_rows
from inventory_project.kernel import records, sql
from inventory_project.kernel.access import Actor
from inventory_project.kernel.tenancy import current_organization_id

_SQL = Path(__file__).parent.parent / "sql"
_OWN = PRODUCT.fields
_DEFAULTS: dict[str, Any] = {
    field.attname: field.get_default() for field in Product._meta.fields if field.attname in _OWN[2:]
}
_TAKEN = "A product already has one of these barcodes."


@dataclass(slots=True)
class Row:
    """One row of a request and what became of it: created, updated, unchanged or rejected."""

    number: int
    values: dict[str, Any]
    status: str = ""
    product_id: int | None = None
    code: str = ""
    fields: dict[str, list[str]] = dataclass_field(default_factory=dict)
    product: Product | None = None

    @property
    def is_open(self) -> bool:
        return not self.status

    @property
    def key(self) -> str:
        return str(self.values["sku"]).upper()

    def reject(self, code: str, name: str, sentence: str) -> None:
        self.status, self.code, self.fields = "rejected", code, {name: [sentence]}


def save_many(rows: Sequence[Row], *, acting_as: Actor, upsert: bool) -> None:
    """Judge and write the rows; each carries its verdict afterwards.

    1. One SKU counts once a request; existing products are locked in the order of their ids.
    2. Rows with an unknown category or supplier, or a barcode of another product, are rejected.
    3. One INSERT, one UPDATE, the barcodes, one batch in the log.
    A barcode or category that another request takes or deletes in the same moment refuses the whole request.
    """
    _match(rows, upsert=upsert)
    _check_references(rows, "category_id", Category)
    _check_references(rows, "supplier_id", Supplier)
    _check_barcodes(rows)
    with records.refusing(PRODUCT.refusals):
        added = _insert([row for row in rows if row.is_open and row.product is None])
        changed = _update([row for row in rows if row.is_open and row.product is not None])
        _write_barcodes([row for row in [*added, *changed] if "barcodes" in row.values])
    PRODUCT.record_many(_entries(added, changed, acting_as))


def ensure_many(rows: Iterable[Mapping[str, Any]], *, acting_as: Actor) -> dict[str, int]:
    """The id of each product, by SKU as given; missing ones are added, existing ones are left alone.

    A row has `sku` and may have `name`, `category` (a name, added when missing) and any other field of a product.
    """
    wanted = [{**row, "name": row.get("name") or row["sku"]} for row in rows]
    names = {str(row["category"]) for row in wanted if row.get("category")}
    ids = categories.ensure_many(sorted(names), acting_as=acting_as) if names else {}
    for row in wanted:
        category = row.pop("category", None)
        row["category_id"] = ids[str(category)] if category else row.get("category_id")
    first = {str(row["sku"]).upper(): row for row in reversed(wanted)}
    batch = [Row(number, row) for number, row in enumerate(first.values())]
    save_many(batch, acting_as=acting_as, upsert=False)
    found = _by_key(batch)
    return {row["sku"]: found[str(row["sku"]).upper()].pk for row in wanted}


def _by_key(rows: Sequence[Row], *, lock: bool = False) -> dict[str, Product]:
    """The existing products of these SKUs, by upper-case SKU."""
    products = Product.objects.filter(sku_key__in=[Upper(Value(row.values["sku"])) for row in rows]).order_by("pk")
    found = products.select_for_update(no_key=True) if lock else products
    return {product.sku.upper(): product for product in found.prefetch_related("barcodes")}


def _match(rows: Sequence[Row], *, upsert: bool) -> None:
    existing = _by_key([row for row in rows if row.is_open], lock=upsert)
    seen: set[str] = set()
    for row in rows:
        if not row.is_open:
            continue
        row.product = existing.get(row.key)
        row.product_id = row.product.pk if row.product else None
        if row.key in seen:
            row.reject("duplicate_in_request", "sku", "An earlier row of this request has the same SKU.")
        elif row.product and not upsert:
            row.reject("already_exists", "sku", "Another product already has this SKU.")
        elif not row.product and not row.values.get("name"):
            row.reject("invalid", "name", "This field is required.")
        elif row.product and "version" in row.values and row.values["version"] != row.product.version:
            row.reject("stale_version", "version", "The product was changed since you read it.")
        seen.add(row.key)


def _check_references(rows: Sequence[Row], name: str, model: type[Category] | type[Supplier]) -> None:
    asked = {row.values[name] for row in rows if row.is_open and row.values.get(name)}
    known = set(model.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    noun = name.removesuffix("_id")
    for row in rows:
        if row.is_open and row.values.get(name) and row.values[name] not in known:
            row.reject("invalid", noun, f"No such {noun}.")


def _check_barcodes(rows: Sequence[Row]) -> None:
    """A barcode belongs to the product that has it, else to the first row that asks for it."""
    codes = {barcode["code"] for row in rows if row.is_open for barcode in row.values.get("barcodes", ())}
    if not codes:
        return
    owners: dict[str, Any] = dict(Barcode.objects.filter(code__in=codes).values_list("code", "product_id"))
    for row in rows:
        if not row.is_open:
            continue
        owner = row.product_id or f"row {row.number}"
        wanted = [barcode["code"] for barcode in row.values.get("barcodes", ())]
        if any(owners.get(code, owner) != owner for code in wanted):
            row.reject("already_exists", "barcodes", _TAKEN)
        else:
            owners.update(dict.fromkeys(wanted, owner))


def _insert(rows: Sequence[Row]) -> list[Row]:
    if not rows:
        return []
    given = [{name: {**_DEFAULTS, **row.values}[name] for name in _OWN} for row in rows]
    ids = {found["sku"].upper(): found["id"] for found in _run("insert_products.sql", given)}
    for row in rows:
        row.product_id = ids.get(row.key)
        if row.product_id is None:
            row.reject("already_exists", "sku", "Another product already has this SKU.")
        else:
            row.status = "created"
    return [row for row in rows if row.status == "created"]


def _update(rows: Sequence[Row]) -> list[Row]:
    for row in rows:
        row.status = "updated" if _changes(row) or _recoded(row) else "unchanged"
    changed = [row for row in rows if row.status == "updated"]
    if changed:
        _run(
            "update_products.sql",
            [{"id": row.product_id, **{name: _after(row, name) for name in _OWN}} for row in changed],
        )
    return changed


def _run(statement: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    body = orjson.dumps(rows, default=records.plain).decode()
    return sql.rows(sql.statement(_SQL / statement), {"organization_id": current_organization_id(), "rows": body})


def _after(row: Row, name: str) -> Any:
    return row.values[name] if name in row.values else getattr(row.product, name)


def _changes(row: Row) -> dict[str, Any]:
    assert row.product is not None
    return records.differences(row.product, {name: row.values[name] for name in _OWN if name in row.values})


def _recoded(row: Row) -> bool:
    assert row.product is not None
    return "barcodes" in row.values and barcode_facts(row.values["barcodes"]) != barcode_facts(
        barcode_rows(row.product)
    )


def _write_barcodes(rows: Sequence[Row]) -> None:
    if not rows:
        return
    Barcode.objects.filter(product_id__in=[row.product_id for row in rows if row.product]).delete()
    organization_id = current_organization_id()
    Barcode.objects.bulk_create(
        Barcode(organization_id=organization_id, product_id=row.product_id, **barcode)  # type: ignore[misc]
        for row in rows
        for barcode in row.values["barcodes"]
    )


def _entries(added: Sequence[Row], changed: Sequence[Row], acting_as: Actor) -> Iterable[Any]:
    for row in added:
        values = {**_DEFAULTS, **row.values}
        product = Product(pk=row.product_id, **{name: values[name] for name in _OWN})
        after = {**records.snapshot(product, _OWN), **_given_barcodes(row)}
        yield PRODUCT.entry("created", product, acting_as, after=after)
    for row in changed:
        changes = _changes(row)
        before = records.snapshot(row.product, changes)  # type: ignore[arg-type]
        if _recoded(row):
            before |= barcode_facts(barcode_rows(row.product))  # type: ignore[arg-type]
        after = {name: records.plain(value) for name, value in changes.items()}
        after |= _given_barcodes(row) if "barcodes" in before else {}
        yield PRODUCT.entry("updated", row.product, acting_as, before=before, after=after)  # type: ignore[arg-type]


def _given_barcodes(row: Row) -> dict[str, Any]:
    return barcode_facts(row.values["barcodes"]) if row.values.get("barcodes") is not None else {}
