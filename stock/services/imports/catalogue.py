"""Products and suppliers out of a file: by the catalogue's own services, remembered so that it can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from catalog.models import Product, Supplier
from catalog.services import bulk, categories, suppliers
from catalog.services.bulk import Row
from inventory_project.kernel import records, tenancy
from inventory_project.kernel.access import Actor
from stock.choices import ImportKind
from stock.models import ImportedRecord, ImportJob
from stock.services.imports import stage
from stock.services.imports.kinds import RECORD_KINDS, Meaning

AT_ONCE = 2_000
PRODUCT, SUPPLIER = "product", "supplier"
SUPPLIER_FIELDS = ("contact_name", "email", "phone", "address", "lead_time_days")
# Our column -> the product's field.
FIELDS = {"unit_cost": "unit_cost", "price": "sale_price", "reorder_level": "reorder_level"}
Said = Callable[[int], None]


def needed(job: ImportJob, meaning: Meaning) -> int:
    """How many products the good rows would add."""
    if meaning.kind == ImportKind.SUPPLIERS:
        return 0
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        return int(stage.run("count_new_products.sql")[0]["products"])


def save(job: ImportJob, meaning: Meaning, acting_as: Actor, said: Said) -> int:
    """Add the products the good rows name and nobody knows; product files also change those that are known.

    Each batch is committed with what it was before. Answers how many were added.
    """
    everything = meaning.kind in RECORD_KINDS
    added = done = 0
    for batch in _batches(job, everything=everything):
        with tenancy.scope(job.organization_id, durable=True):
            stage.raise_limits()
            rows = _rows(batch, meaning, acting_as)
            bulk.save_many(rows, acting_as=acting_as, upsert=everything)
            added += _remember(job, rows)
            verdicts = [_verdict(given, row) for given, row in zip(batch, rows, strict=True)]
            told = "take_products.sql" if everything else "take_new_products.sql"
            stage.run(told, verdicts=orjson.dumps(verdicts).decode())
        done += len(batch)
        said(done)
    return added


def _batches(job: ImportJob, *, everything: bool) -> Iterator[Sequence[dict[str, Any]]]:
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        stage.query(
            "CREATE TEMP TABLE stock_import_wanted (number bigint PRIMARY KEY, line bigint, key text, "
            "product_id bigint, known_sku text, unit_cost numeric, price numeric, reorder_level numeric)"
        )
        stage.run("want_products.sql", everything=everything)
    after = 0
    while True:
        with tenancy.scope(job.organization_id, durable=True):
            batch = stage.run("read_wanted.sql", after=after, limit=AT_ONCE)
        if not batch:
            return
        after = batch[-1]["number"]
        yield batch


def _rows(batch: Sequence[Mapping[str, Any]], meaning: Meaning, acting_as: Actor) -> list[Row]:
    names = {str(given["category"]) for given in batch if given["category"]}
    category_ids = categories.ensure_many(sorted(names), acting_as=acting_as) if names else {}
    supplier_ids = _suppliers({str(given["supplier"]) for given in batch if given["supplier"]}, acting_as)
    skus = _new_skus([given for given in batch if not given["product_id"]])
    rows = []
    for number, given in enumerate(batch):
        values: dict[str, Any] = {"sku": given["known_sku"] or skus[given["key"]]}
        if given["name"] and (not given["product_id"] or "sku" in meaning.places):
            values["name"] = given["name"]
        values |= {field: given[column] for column, field in FIELDS.items() if given[column] is not None}
        if given["category"]:
            values["category_id"] = category_ids[given["category"]]
        if given["supplier"]:
            values["supplier_id"] = supplier_ids[given["supplier"].upper()]
        if given["barcode"] and not given["product_id"]:
            values["barcodes"] = [{"code": given["barcode"], "units": 1}]
        rows.append(Row(number, values))
    return rows


def _suppliers(names: set[str], acting_as: Actor) -> dict[str, int]:
    """The id of each supplier by upper-case name; missing ones are added."""
    keys = {name.upper(): name for name in names}
    found = dict(Supplier.objects.filter(name_key__in=keys).values_list("name_key", "id")) if keys else {}
    for key, name in keys.items():
        if key not in found:
            found[key] = suppliers.create(acting_as=acting_as, values={"name": name}).pk
    return found


def _new_skus(batch: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """A SKU for each new product: the file's, else made of the name, and nobody else's."""
    wanted = {given["key"]: given["sku"] or _slug(given["name"]) for given in batch}
    made = [sku.upper() for given, sku in zip(batch, wanted.values(), strict=True) if not given["sku"]]
    taken = set(Product.objects.filter(sku_key__in=made).values_list("sku_key", flat=True)) if made else set()
    taken |= {given["sku"].upper() for given in batch if given["sku"]}
    for given in batch:
        if given["sku"]:
            continue
        stem, sku, number = wanted[given["key"]], wanted[given["key"]], 2
        while sku.upper() in taken or Product.objects.filter(sku_key=sku.upper()).exists():
            sku, number = f"{stem}-{number}", number + 1
        taken.add(sku.upper())
        wanted[given["key"]] = sku
    return wanted


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name).strip("-_").upper()[:56] or "ITEM"


def _remember(job: ImportJob, rows: Sequence[Row]) -> int:
    """What each product was before; how many were added."""
    kept = []
    for row in rows:
        if row.product_id is None or row.status not in ("created", "updated"):
            continue
        own = {name: value for name, value in row.values.items() if name != "barcodes"}
        before = records.snapshot(row.product, own) if row.product else None
        after = {name: records.plain(value) for name, value in own.items()}
        kept.append(
            ImportedRecord(
                organization_id=job.organization_id,
                job=job,
                noun=PRODUCT,
                record_id=row.product_id,
                before=before,
                after=after,
            )
        )
    ImportedRecord.objects.bulk_create(kept, ignore_conflicts=True)
    return sum(row.status == "created" for row in rows)


def _verdict(given: Mapping[str, Any], row: Row) -> dict[str, Any]:
    reason = next((sentence for sentences in row.fields.values() for sentence in sentences), "")
    changed = row.status in ("created", "updated")
    return {"key": given["key"], "product": row.product_id, "changed": changed, "reason": reason[:300]}


def save_suppliers(job: ImportJob, acting_as: Actor, said: Said) -> int:
    """Add or change the suppliers of the good rows, by name. Answers how many were added."""
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        rows = stage.run("read_suppliers.sql")
    added = done = 0
    for start in range(0, len(rows), AT_ONCE):
        batch = rows[start : start + AT_ONCE]
        with tenancy.scope(job.organization_id, durable=True):
            known = Supplier.objects.filter(name_key__in=[row["name"].upper() for row in batch])
            found = {supplier.name.upper(): supplier for supplier in known}
            verdicts = [_save_supplier(job, row, found.get(row["name"].upper()), acting_as) for row in batch]
            stage.run("take_suppliers.sql", verdicts=orjson.dumps(verdicts).decode())
        added += sum(verdict["added"] for verdict in verdicts)
        done += len(batch)
        said(done)
    return added


def _save_supplier(job: ImportJob, row: Mapping[str, Any], known: Supplier | None, acting_as: Actor) -> dict[str, Any]:
    values = {name: row[name] for name in SUPPLIER_FIELDS if row[name] is not None}
    if known is None:
        record = suppliers.create(acting_as=acting_as, values={"name": row["name"], **values})
        before = None
    else:
        differing = records.differences(known, values)
        if not differing:
            return {"line": row["line"], "changed": False, "added": False}
        before = records.snapshot(known, differing)
        record = suppliers.update(acting_as=acting_as, record=known, values=values)
    ImportedRecord.objects.get_or_create(
        organization_id=job.organization_id,
        job=job,
        noun=SUPPLIER,
        record_id=record.pk,
        defaults={"before": before, "after": records.snapshot(record, before or {})},
    )
    return {"line": row["line"], "changed": True, "added": known is None}
