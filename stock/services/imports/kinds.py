"""What a file can hold: its kinds, their columns, and the names people give to these columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from inventory_project.kernel.errors import InvalidInput
from stock.choices import ImportKind

# Column -> what it is called out there, whatever the case, spaces and signs. The first word is our own.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "store": ("store", "storecode", "storename", "storeid", "location", "locationname", "shop", "branch", "outlet",
              "warehouse", "site"),
    "product": ("productid", "itemid", "variantid", "productcode", "itemnumber", "productref"),
    "sku": ("sku", "variantsku", "itemcode", "articlenumber", "article", "stockcode", "partnumber"),
    "barcode": ("barcode", "ean", "upc", "gtin", "variantbarcode"),
    "name": ("productname", "name", "product", "item", "itemname", "title", "description", "producttitle"),
    "category": ("category", "type", "productcategory", "producttype", "department", "group"),
    "supplier": ("supplier", "vendor", "suppliername"),
    "unit_cost": ("unitcost", "cost", "costprice", "purchaseprice", "buyingprice", "costperitem"),
    "price": ("saleprice", "price", "unitprice", "sellingprice", "retailprice", "variantprice"),
    "quantity": ("quantitysold", "quantity", "qty", "unitssold", "units", "sold", "netquantity", "itemssold"),
    "date": ("saledate", "date", "solddate", "orderdate", "transactiondate", "timestamp", "datetime", "soldat", "day"),
    "stock": ("stockaftersale", "currentstock", "stock", "onhand", "openingstock", "stockonhand", "quantityonhand",
              "inventory", "closingstock", "onhandnew", "onhandcurrent", "variantinventoryqty", "inventoryquantity",
              "available", "availablenoteditable"),
    "operation": ("operation", "op", "action", "movement"),
    "reorder_level": ("reorderlevel", "reorderpoint", "minstock", "minimumstock", "lowstocklevel"),
    "reference": ("reference", "transactionid", "receipt", "receiptnumber", "receiptno", "orderid", "ordernumber",
                  "orderno", "invoice", "ticket"),
    "email": ("email", "emailaddress", "mail"),
    "phone": ("phone", "phonenumber", "telephone"),
    "contact_name": ("contactname", "contact", "contactperson"),
    "address": ("address",),
    "lead_time_days": ("leadtimedays", "leadtime", "deliverydays"),
}  # fmt: skip
COLUMNS = tuple(SYNONYMS)
WHO = frozenset({"product", "sku", "barcode", "name"})  # each of them says which product
SUPPLIER_FACTS = frozenset({"email", "phone", "contact_name", "lead_time_days", "address"})
PRODUCT_FACTS = frozenset({"category", "unit_cost", "price", "supplier", "reorder_level"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind's columns. A row must have every one of `needs`; of each set in `one_of`, any.

    `adds_products`: a product with a name that is not known is added; `moves`: rows become movements.
    """

    needs: tuple[str, ...]
    one_of: tuple[frozenset[str], ...] = (WHO,)
    also: tuple[str, ...] = ()
    adds_products: bool = False
    moves: bool = True


KINDS: dict[ImportKind, Kind] = {
    ImportKind.UNIFIED: Kind(
        ("quantity", "date", "stock"),
        also=("store", "category", "unit_cost", "price", "supplier", "reference"),
        adds_products=True,
    ),
    ImportKind.SALES: Kind(("quantity", "date"), also=("store", "price", "reference")),
    ImportKind.INVENTORY: Kind(("quantity", "operation"), also=("store", "date", "unit_cost", "reference")),
    ImportKind.OPENING: Kind(("stock",), also=("store", "date", "unit_cost"), adds_products=True),
    ImportKind.PRODUCTS: Kind(
        (), also=("store", "stock", *sorted(PRODUCT_FACTS)), adds_products=True
    ),
    ImportKind.SUPPLIERS: Kind(("name",), one_of=(), also=tuple(sorted(SUPPLIER_FACTS)), moves=False),
    ImportKind.HISTORY: Kind(("date", "store", "item", "sales"), one_of=(), moves=False),
    ImportKind.SHOPIFY_INVENTORY: Kind(("store", "stock"), adds_products=True),
    ImportKind.SHOPIFY_PRODUCTS: Kind((), also=("store", "stock", *sorted(PRODUCT_FACTS)), adds_products=True),
}  # fmt: skip
# Records are saved and changed by these; the others only add the products they do not find.
RECORD_KINDS = frozenset({ImportKind.PRODUCTS, ImportKind.SHOPIFY_PRODUCTS})
SHOPIFY = frozenset({ImportKind.SHOPIFY_INVENTORY, ImportKind.SHOPIFY_PRODUCTS})
HISTORY = ("date", "store", "item", "sales")
ERROR_COLUMN = "error"
"""What a file of failed rows says beside each of them; it is sent again with this column or without."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means: the kind, and for each of our columns the file's column (its place from 0)."""

    kind: ImportKind
    places: Mapping[str, int]

    def names(self, header: Sequence[str]) -> dict[str, str]:
        return {column: header[place] for column, place in self.places.items()}


def plain(name: str) -> str:
    """A column's name without what people vary: case, spaces, signs."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def signature(header: Sequence[str]) -> str:
    """The same for the same columns in the same order, and for these in a file of failed rows, which has one more."""
    names = [plain(name) for name in header]
    known = names[:-1] if names[-1:] == [ERROR_COLUMN] else names
    return hashlib.sha256("\x1f".join(known).encode()).hexdigest()


def understand(header: Sequence[str], *, kind: str = "", mapping: Mapping[str, str] | None = None) -> Meaning:
    """The kind and columns of a header; `kind` and `mapping` (our column -> the file's) win over what it looks like.

    A column of ours that the mapping gives no name is not to be used, whatever the file has.
    Raises InvalidInput naming what is missing or not there.
    """
    names = [plain(name) for name in header]
    if kind == ImportKind.HISTORY or (not kind and not mapping and sorted(names) == sorted(HISTORY)):
        return Meaning(ImportKind.HISTORY, {name: names.index(name) for name in HISTORY if name in names})
    given = _given(header, mapping or {})
    unused = {column for column, name in (mapping or {}).items() if not name}
    found = ImportKind(kind) if kind else _detect(header, given, unused)
    places = {**_look_up(names, found, taken=set(given.values()), unused=unused), **given}
    _require(found, places, header)
    return Meaning(found, {column: places[column] for column in COLUMNS if column in places})


def _given(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    names = [plain(name) for name in header]
    wrong: dict[str, list[str]] = {}
    for column, name in mapping.items():
        if column not in SYNONYMS:
            wrong[column] = [f"Not a column of ours. Known: {', '.join(COLUMNS)}."]
        elif name and plain(name) not in names:
            wrong[column] = [f"The file has no column {name[:60]!r}. It has: {_listed(header)}."]
    if wrong:
        raise InvalidInput(fields={"mapping": wrong})
    return {column: names.index(plain(name)) for column, name in mapping.items() if name}


def _look_up(
    names: Sequence[str], kind: ImportKind | None, *, taken: set[int], unused: Set[str] = frozenset()
) -> dict[str, int]:
    """Our columns among the file's, by synonym; a better synonym wins."""
    places: dict[str, int] = {}
    for column in SYNONYMS:
        if column in unused or (kind is not None and column not in _columns_of(kind)):
            continue
        words = _words(column, kind)
        found = [names.index(word) for word in words if word in names and names.index(word) not in taken]
        if found:
            places[column] = found[0]
    return places


def _words(column: str, kind: ImportKind | None) -> tuple[str, ...]:
    """What a column may be called in a file of this kind."""
    if kind == ImportKind.SUPPLIERS and column == "name":
        return ("suppliername", "supplier", "vendor", *SYNONYMS[column])
    if kind == ImportKind.OPENING and column == "stock":
        return (*SYNONYMS[column], "quantity", "qty", "units")
    return SYNONYMS[column]


def _columns_of(kind: ImportKind) -> set[str]:
    spec = KINDS[kind]
    return {*spec.needs, *spec.also, *(column for columns in spec.one_of for column in columns)}


def _detect(header: Sequence[str], given: Mapping[str, int], unused: Set[str] = frozenset()) -> ImportKind:
    """The kind a header looks like. Raises InvalidInput."""
    names = [plain(name) for name in header]
    if "handle" in names or "urlhandle" in names:
        return ImportKind.SHOPIFY_INVENTORY if "location" in names else ImportKind.SHOPIFY_PRODUCTS
    columns = {*given, *_look_up(names, None, taken=set(given.values()), unused=unused)}
    who = bool(columns & WHO)
    if who and {"quantity", "date", "stock"} <= columns:
        return ImportKind.UNIFIED
    if who and {"quantity", "operation"} <= columns:
        return ImportKind.INVENTORY
    if who and {"quantity", "date"} <= columns:
        return ImportKind.SALES
    if columns & SUPPLIER_FACTS and columns & {"name", "supplier"} and not columns & {"sku", "unit_cost", "price"}:
        return ImportKind.SUPPLIERS
    if who and columns & PRODUCT_FACTS:
        return ImportKind.PRODUCTS
    if who and columns & {"stock", "quantity"}:
        return ImportKind.OPENING
    raise InvalidInput(
        "The first line does not look like any file that can be imported. Name the kind, or say what the columns mean "
        f"with a mapping. The file's columns: {_listed(header)}.",
        fields={"kind": [f"One of: {', '.join(ImportKind.values)}."]},
    )


def _require(kind: ImportKind, places: Mapping[str, int], header: Sequence[str]) -> None:
    spec = KINDS[kind]
    missing = [column for column in spec.needs if column not in places]
    missing += [" or ".join(sorted(columns)) for columns in spec.one_of if not columns & places.keys()]
    if missing:
        raise InvalidInput(
            f"A file of the kind {kind} needs a column for {', '.join(missing)}. The file has: {_listed(header)}.",
            fields={"mapping": {name: ["No column of the file was recognised as this."] for name in missing}},
        )


def _listed(header: Sequence[str]) -> str:
    names = [name[:40] for name in header[:40]]
    return ", ".join(names) + (" ..." if len(header) > 40 else "")
