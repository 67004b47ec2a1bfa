"""The writer of single products; `bulk` writes many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit.changes import Noun
from catalog import selectors
from catalog.models import Barcode, Product
from inventory_project.kernel import records
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import AlreadyExists, InvalidInput

PRODUCT = Noun(
    model=Product,
    name="catalog.product",
    fields=(
        "sku", "name", "category_id", "supplier_id", "unit", "unit_cost", "sale_price", "reorder_level", "order_up_to",
        "pack_size", "moq", "lead_time_days", "lifecycle",
    ),
    refusals={
        "product_sku_unique": (AlreadyExists, "sku", "Another product already has this SKU."),
        "catalog_product_category_id_same_organization": (InvalidInput, "category", "No such category."),
        "catalog_product_supplier_id_same_organization": (InvalidInput, "supplier", "No such supplier."),
        "barcode_unique": (AlreadyExists, "barcodes", "A product already has one of these barcodes."),
    },
    places=lambda product: {"product_id": product.pk},
)  # fmt: skip
BarcodeRow = Mapping[str, Any]


def create(*, acting_as: Actor, values: Mapping[str, Any]) -> Product:
    """Add a product with its barcodes.

    Raises AlreadyExists naming `sku` or `barcodes`, InvalidInput naming `category` or `supplier`.
    """
    own, barcodes = _split(values)
    with records.refusing(PRODUCT.refusals):
        product = PRODUCT.create(own, acting_as=acting_as, after=barcode_facts(barcodes) if barcodes else None)
        _insert_barcodes(product, barcodes or [])
    return _complete(product)


def update(
    *, acting_as: Actor, record: Product, values: Mapping[str, Any], expected: records.Versions = None
) -> Product:
    """Change the given fields; `barcodes`, when given, is the whole new list.

    Raises StaleVersion or ChangedMeanwhile when somebody else was first, and what `create` raises.
    """
    records.check_version(record, expected)
    own, barcodes = _split(values)
    changes = records.differences(record, own)
    before, after = records.snapshot(record, changes), {}
    held = barcode_rows(record)
    recoded = barcodes is not None and barcode_facts(barcodes) != barcode_facts(held)
    if not changes and not recoded:
        return record
    with records.refusing(PRODUCT.refusals):
        # The version also guards the barcodes: it is raised first, so only one of two changes gets past it.
        records.save_changes(record, changes, expected=expected)
        after = records.snapshot(record, changes)
        if recoded:
            Barcode.objects.filter(product_id=record.pk).delete()
            _insert_barcodes(record, barcodes or [])
            before, after = {**before, **barcode_facts(held)}, {**after, **barcode_facts(barcodes or [])}
    PRODUCT.record("updated", record, acting_as, before=before, after=after)
    return _complete(record)


def remove(*, acting_as: Actor, record: Product, expected: records.Versions = None) -> bool:
    """Delete a product nothing refers to, else discontinue it. True when it is gone."""
    held = barcode_rows(record)
    if PRODUCT.delete(record, acting_as=acting_as, expected=expected, before=barcode_facts(held) if held else None):
        return True
    retired = {"lifecycle": Product.Lifecycle.DISCONTINUED}
    PRODUCT.change("retired", record, retired, acting_as=acting_as, expected=expected)
    return False


def restore(*, acting_as: Actor, record: Product, expected: records.Versions = None) -> Product:
    """Sell a discontinued product again; one that is not discontinued stays as it is."""
    records.check_version(record, expected)
    if record.lifecycle == Product.Lifecycle.DISCONTINUED:
        active = {"lifecycle": Product.Lifecycle.ACTIVE}
        PRODUCT.change("restored", record, active, acting_as=acting_as, expected=expected)
    return record


def barcode_rows(product: Product) -> list[BarcodeRow]:
    """The product's barcodes as rows {code, units}."""
    return [{"code": barcode.code, "units": barcode.units} for barcode in product.barcodes.all()]


def _split(values: Mapping[str, Any]) -> tuple[dict[str, Any], Sequence[BarcodeRow] | None]:
    own = dict(values)
    return own, own.pop("barcodes", None)


def barcode_facts(barcodes: Sequence[BarcodeRow]) -> dict[str, Any]:
    """Barcodes as the log keeps them."""
    rows = sorted(barcodes, key=lambda row: str(row["code"]))
    return {"barcodes": [{"code": row["code"], "units": records.plain(row["units"])} for row in rows]}


def _insert_barcodes(product: Product, barcodes: Sequence[BarcodeRow]) -> None:
    Barcode.objects.bulk_create(
        Barcode(organization_id=product.organization_id, product_id=product.pk, code=row["code"], units=row["units"])
        for row in barcodes
    )


def _complete(product: Product) -> Product:
    """The product as lists show it: with the names it refers to, and its barcodes."""
    complete: Product = selectors.products().get(pk=product.pk)
    return complete
