"""What people mean by the names they type: organisations, stores, products. A miss suggests the nearest ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Q, Value
from django.db.models.functions import Greatest, Upper

from accounts.models import Organization
from accounts.selectors import organizations
from catalog import selectors as catalog
from catalog.models import Product
from inventory_project.kernel.errors import NotFound
from stores.models import Store

SUGGESTIONS = 3
NEAR = 0.3


class Unclear(NotFound):
    """The name fits nothing, or more than one thing."""


def organization(given: str | None) -> Organization:
    """By slug or name; may be left out when there is only one. Raises Unclear."""
    known = organizations.every()
    found = [each for each in known if given is None or given.lower() in (each.slug, each.name.lower())]
    if len(found) == 1:
        return found[0]
    if not known:
        raise Unclear('There is no shop yet: begin with `stock setup --organization "Corner shop" --store "Shop"`.')
    names = ", ".join(each.slug for each in known[:20])
    if given is None:
        raise Unclear(f"There are several organisations; name one with --organization: {names}.")
    raise Unclear(f"There is no organisation {given!r}; there are: {names}.")


def store(given: str | None, *, option: str = "--store") -> Store:
    """An open store by code or name; may be left out when there is only one. Raises Unclear."""
    known = list(Store.objects.filter(is_active=True).order_by("id"))
    found = [each for each in known if given is None or given.lower() in (each.code.lower(), each.name.lower())]
    if len(found) == 1:
        return found[0]
    if given is None:
        names = ", ".join(each.code for each in known[:20])
        raise Unclear(
            f"There are several stores; name one with {option}: {names}."
            if known
            else "There is no store yet: `stock setup --store Shop`."
        )
    if found:
        raise Unclear(f"Several stores are called {given!r}: use a code, {_either(each.code for each in found)}.")
    words = {word.lower(): each.code for each in known for word in (each.code, each.name)}
    near = difflib.get_close_matches(given.lower(), words, SUGGESTIONS, 0.4)
    suggestions = dict.fromkeys(words[word] for word in near) or (each.code for each in known[:SUGGESTIONS])
    raise Unclear(f"There is no store {given!r}; did you mean {_either(suggestions)}?")


def product(given: str, *, advice: str = "") -> Product:
    """A product by SKU, barcode or whole name, in that order, whatever the case. Raises Unclear, adding the advice."""
    for meaning in (Q(sku_key=Upper(Value(given))), Q(barcodes__code=given), Q(name__iexact=given)):
        found = list(Product.objects.filter(meaning).order_by("sku").distinct()[: SUGGESTIONS + 1])
        if len(found) == 1:
            return found[0]
        if found:
            choices = _either(each.sku for each in found[:SUGGESTIONS])
            raise Unclear(f"Several products are called {given!r}: use a SKU, such as {choices}.")
    near = _nearest(given)
    if not near:
        raise Unclear(f"There is no product {given!r}.{advice}")
    suggestions = _either(f"{each.sku} ({each.name})" for each in near)
    raise Unclear(f"There is no product {given!r}; did you mean {suggestions}?{advice}")


def _nearest(given: str) -> list[Product]:
    """Those that contain the words, then those that look like them."""
    found = list(catalog.matching(Product.objects.all(), given).order_by("name")[:SUGGESTIONS])
    if len(found) < SUGGESTIONS:
        likeness = Greatest(TrigramWordSimilarity(given, "name"), TrigramSimilarity("sku", given))
        similar: Any = Product.objects.annotate(likeness=likeness).filter(likeness__gt=NEAR)
        found += similar.exclude(pk__in=[each.pk for each in found]).order_by("-likeness", "name")[:SUGGESTIONS]
    return found[:SUGGESTIONS]


def _either(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
