"""Filters of the ledger's lists."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django.db.models import DateField, F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.dateparse import parse_date
from rest_framework.exceptions import ValidationError

from catalog import selectors as catalog
from catalog.api.filters import id_or_name
from catalog.models import Product
from inventory_project.api.filters import SEARCH_LENGTH, GivenFilterSet, is_id
from stock.api import choosing
from stock.choices import ALIASES, Kind, MovementStatus, StockStatus


class OfStoreFilter(GivenFilterSet):
    """Rows of one store. Abstract: who inherits it names its parameters."""

    def by_store(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(store_id=choosing.one_store(value, self.request.auth, name=name))


def by_product(rows: Any, name: str, value: str) -> Any:
    return rows.filter(id_or_key("product", "sku_key", value))


def id_or_key(relation: str, key: str, value: str) -> Q:
    """The row's relation by id or, whatever its case, by its code."""
    condition = Q(**{f"{relation}__{key}": Upper(Value(value))})
    if is_id(value):
        condition = Q(**{f"{relation}_id": int(value)})
    return condition


class PaperNumberFilter(django_filters.CharFilter):
    """`number=T-000123`, or the figure alone. Another paper's letters are refused: its number is another number."""

    def __init__(self, letters: str) -> None:
        super().__init__(max_length=20, label=f"{letters}-000123 or 123")
        self.letters = letters
        self.pattern = re.compile(rf"(?:{letters}-)?0*([0-9]{{1,9}})", re.IGNORECASE)

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        match = self.pattern.fullmatch(value.strip())
        if match is None:
            raise ValidationError({self.field_name: [f"A number like {self.letters}-000123 is needed."]})
        return qs.filter(number=int(match[1]))


class StockFilter(OfStoreFilter):
    store_id = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product_id = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    product = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    status = django_filters.MultipleChoiceFilter(choices=StockStatus.choices, distinct=False)
    category = django_filters.CharFilter(method="by_category", max_length=120, label="Category id or name")
    supplier = django_filters.CharFilter(method="by_supplier", max_length=200, label="Supplier id or name")
    region = django_filters.CharFilter("store__region", "iexact", max_length=100)
    search = django_filters.CharFilter(
        method="by_words", max_length=SEARCH_LENGTH, label="Words of name, SKU or barcode"
    )
    updated_since = django_filters.IsoDateTimeFilter("updated_at", "gte", label="Changed at or after this instant")
    updated_until = django_filters.IsoDateTimeFilter("updated_at", "lt", label="Changed before this instant")

    def by_category(self, balances: Any, name: str, value: str) -> Any:
        if is_id(value):
            return balances.filter(product__category_id=int(value))
        return id_or_name(balances, "product__category", value)

    def by_supplier(self, balances: Any, name: str, value: str) -> Any:
        if is_id(value):
            return balances.filter(product__supplier_id=int(value))
        return id_or_name(balances, "product__supplier", value)

    def by_words(self, balances: Any, name: str, value: str) -> Any:
        return balances.filter(product_id__in=catalog.matching(Product.objects.all(), value).values("id"))


class MovementFilter(OfStoreFilter):
    store_id = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product_id = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    product = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    movement_type = django_filters.MultipleChoiceFilter(
        choices=[*Kind.choices, *((alias, alias) for alias in ALIASES)], method="by_kind", distinct=False
    )
    status = django_filters.ChoiceFilter(choices=MovementStatus.choices, method="by_status")
    actor = django_filters.NumberFilter("actor_id")
    reference = django_filters.CharFilter("reference", max_length=100)
    transfer_id = django_filters.UUIDFilter(method="by_transfer")
    since = django_filters.IsoDateTimeFilter("effective_at", "gte", label="Effective at or after this instant")
    until = django_filters.IsoDateTimeFilter("effective_at", "lt", label="Effective before this instant")
    start_date = django_filters.CharFilter(method="from_date", label="First business date, YYYY-MM-DD")
    end_date = django_filters.CharFilter(method="to_date", label="Last business date, YYYY-MM-DD")

    def by_kind(self, movements: Any, name: str, values: list[str]) -> Any:
        return movements.filter(kind__in=[ALIASES.get(value, value) for value in values]) if values else movements

    def by_status(self, movements: Any, name: str, value: str) -> Any:
        # The view has chosen the inbox or the ledger by this word already.
        return movements if value == MovementStatus.ACCEPTED else movements.filter(status=value)

    def by_transfer(self, movements: Any, name: str, value: Any) -> Any:
        # A waiting transfer is one row that bears the transfer's id itself.
        name = "transfer_id" if hasattr(movements.model, "transfer_id") else "id"
        return movements.filter(**{name: value})

    def from_date(self, movements: Any, name: str, value: str) -> Any:
        return _with_business_date(movements).filter(**{f"{_date_field(movements)}__gte": _date(name, value)})

    def to_date(self, movements: Any, name: str, value: str) -> Any:
        return _with_business_date(movements).filter(**{f"{_date_field(movements)}__lte": _date(name, value)})


class BusinessDate(Func):
    """The date of an instant by a store's clock: what the apply will write."""

    template = "(%(expressions)s)::date"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()


def _with_business_date(movements: Any) -> Any:
    if hasattr(movements.model, "business_date"):
        return movements
    return movements.alias(local_date=BusinessDate(F("effective_at"), F("store__time_zone")))


def _date_field(movements: Any) -> str:
    return "business_date" if hasattr(movements.model, "business_date") else "local_date"


def _date(name: str, value: str) -> Any:
    try:
        found = parse_date(value)
    except ValueError:
        found = None
    if found is None:
        raise ValidationError({name: ["A date like 2026-05-01 is needed."]})
    return found
