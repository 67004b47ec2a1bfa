"""Which stores, products and days a question about sales is about, read from the address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from catalog.models import Category, Product, Supplier
from inventory_project.api.filters import is_id
from inventory_project.kernel.access import Access
from inventory_project.kernel.places import is_currency
from stock.api import choosing
from stock.selectors import sales_periods, sales_stores
from stock.selectors.sales_periods import NAMES, Period
from stock.selectors.sales_stores import Chosen
from stores import selectors as stores_of

LONGEST_DAYS = 3660
PARAMETERS = ("period", "start_date", "end_date", "store", "region", "currency", "category", "product")
DESCRIBED = [
    OpenApiParameter("period", str, enum=NAMES, description="30d when left out; custom with both dates."),
    OpenApiParameter("start_date", date, description="First business day of a custom period."),
    OpenApiParameter("end_date", date, description="Last business day; the stores' today when left out."),
    *choosing.STORES,
    OpenApiParameter("currency", str, description="Only stores with this currency."),
    OpenApiParameter("category", str, description="Category id or name."),
    OpenApiParameter("product", str, many=True, description="Product id or SKU; may be given several times."),
]


def word(request: Request, name: str, known: Iterable[str], default: Any) -> Any:
    """One of the known words; any other is refused."""
    given = request.query_params.get(name) or default
    words = {str(each): each for each in known}
    if given not in words:
        raise ValidationError({name: [f"One of: {', '.join(words)}."]})
    return words[given]


def stores(request: Request, access: Access, *, each: bool) -> Chosen:
    """The visible stores that `store`, `region` and `currency` choose."""
    asked = request.query_params
    found = choosing.stores(stores_of.visible_to(access), request)
    if currency := asked.get("currency"):
        if not is_currency(currency.upper()):
            raise ValidationError({"currency": ["Not a currency code of ISO 4217, e.g. EUR."]})
        found = found.filter(currency=currency.upper())
    whole = access.store_ids is None and not any(asked.getlist("store"))
    of_region = whole and bool(asked.get("region"))
    everything = whole and not of_region and not currency
    return sales_stores.choose(found, everything=everything, whole=whole, of_region=of_region, each=each)


def period(request: Request, chosen: Chosen, *, default: str = "30d") -> Period:
    """The period by its name, else by `default`, ending at `end_date` or with the stores' present business day."""
    first, last = _day(request, "start_date"), _day(request, "end_date")
    name = word(request, "period", NAMES, "custom" if first else default)
    if name != "custom":
        if first:
            raise ValidationError({"start_date": ["Only a custom period has a first day; give no period, or custom."]})
        return sales_periods.named(name, last_day=last or chosen.today())
    if first is None:
        raise ValidationError({"start_date": ["A custom period needs its first day."]})
    found = Period(first, last or chosen.today())
    if found.first_day > found.last_day:
        raise ValidationError({"start_date": ["The first day lies after the last."]})
    if found.days > LONGEST_DAYS:
        raise ValidationError({"start_date": [f"At most {LONGEST_DAYS} days."]})
    return found


def products(request: Request) -> list[int] | None:
    """The ids that `category` and `product` choose, None when neither is named. Unknown ones are refused by name."""
    chosen = category(request)
    named = named_products(request, chosen)
    if named is None and chosen is not None:
        return list(Product.objects.filter(category_id=chosen).values_list("id", flat=True))
    return named


def named_products(request: Request, category_id: int | None) -> list[int] | None:
    """The ids of the products that are named and of the category, if there is one; None when none is named."""
    named = {text.strip() for text in request.query_params.getlist("product")} - {""}
    if not named:
        return None
    if len(named) > choosing.MOST_NAMED:
        raise ValidationError({"product": [f"Name at most {choosing.MOST_NAMED} products, or a category."]})
    ids = {text: int(text) for text in named if is_id(text)}
    rows = list(
        Product.objects.filter(Q(id__in=ids.values()) | Q(sku_key__in={text.upper() for text in named})).values_list(
            "id", "sku_key", "category_id"
        )
    )
    known = {word for row in rows for word in row[:2]}
    if unknown := [text for text in sorted(named) if ids.get(text) not in known and text.upper() not in known]:
        raise ValidationError({"product": [f"No such product: {text[:40]}." for text in unknown[:20]]})
    return [row[0] for row in rows if category_id in (None, row[2])]


def category(request: Request) -> int | None:
    """The id of the category that is named by id or name; None: none is."""
    return _named(request, "category", Category)


def supplier(request: Request) -> int | None:
    """The same of a supplier."""
    return _named(request, "supplier", Supplier)


def _named(request: Request, noun: str, model: Any) -> int | None:
    value = request.query_params.get(noun)
    if not value:
        return None
    condition = Q(name_key=value.upper()) | (Q(id=int(value)) if is_id(value) else Q())
    found = (
        None if "\x00" in value else model.objects.filter(condition).order_by("id").values_list("id", flat=True).first()
    )
    if found is None:
        raise ValidationError({noun: [f"No such {noun}: {value[:40]}."]})
    return int(found)


def day(request: Request, name: str) -> date:
    """A day that is given."""
    return choosing.day(request, name)


def _day(request: Request, name: str) -> date | None:
    return choosing.day(request, name) if request.query_params.get(name) else None
