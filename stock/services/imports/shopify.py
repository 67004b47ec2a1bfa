"""Shopify's exports as rows of ours: a title stands once for all variants, and a variant is named by its options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stock.services.imports.kinds import plain
from stock.services.imports.reading import Row

NO_OPTION = {"", "Default Title"}
# What a line of a product's further pictures does not have.
OF_VARIANT = ("variantsku", "variantprice", "sku", "price", "variantbarcode", "option1value")
# One line a store and variant, with the figure to be set.
STOCK_WORDS = ("onhandnew", "onhandcurrent", "onhand", "available", "availablenoteditable")


def unfold(header: Sequence[str], rows: Iterator[Row]) -> Iterator[Row]:
    """Rows with the variant's full name in the title's place; lines that only hold another picture are left out."""
    names = [plain(name) for name in header]
    title = names.index("title") if "title" in names else None
    handle = next((names.index(word) for word in ("handle", "urlhandle") if word in names), None)
    options = [place for place, name in enumerate(names) if name in ("option1value", "option2value", "option3value")]
    variant = [names.index(word) for word in OF_VARIANT if word in names]
    stocks = [names.index(word) for word in STOCK_WORDS if word in names]
    known: dict[str, str] = {}
    for line, given in rows:
        cells = [*given, *[""] * (len(header) - len(given))]
        if title is None or handle is None:
            yield line, cells
            continue
        if cells[title]:
            known = {cells[handle]: cells[title]}
        if "location" not in names and variant and not any(cells[place].strip() for place in variant):
            continue
        values = [cells[place] for place in options if cells[place] not in NO_OPTION]
        cells[title] = " / ".join([known.get(cells[handle], cells[handle]), *values])
        if stocks:
            # "On hand (new)" is empty where nothing is to change; the figure that stands is then the one.
            cells[stocks[0]] = next((cells[place] for place in stocks if _is_number(cells[place])), "")
        yield line, cells


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-").isdigit()
