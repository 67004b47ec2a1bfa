"""Reading the catalogue."""

from __future__ import annotations

from typing import Any

from django.db.models.expressions import RawSQL

from catalog.models import Product

MOST_WORDS = 8


def products() -> Any:
    """Products with their category, supplier and barcodes: two queries, whatever the page size."""
    return Product.objects.select_related("category", "supplier").prefetch_related("barcodes")


def matching(queryset: Any, words: str) -> Any:
    """Those products of which every word is part of the name, the SKU or a barcode.

    The words are literal: % and _ mean themselves.
    """
    for word in words.split()[:MOST_WORDS]:
        queryset = queryset.filter(pk__in=RawSQL("SELECT catalog_search_products(%s)", [word]))
    return queryset
