"""Sums of sums, so that five years of a chain are a few thousand rows. Rolled up behind the ledger, never by the apply.

What is not rolled up yet is known exactly: the movements that `SalesRollup.snapshot` did not see. Readers add them, so
an answer never depends on when the rolling ran (docs/adr/0014).
"""

from __future__ import annotations

from django.db import models

from stock.models import fields
from stock.models.base import LedgerModel, OfStore, OfStoreAndProduct


class SalesRollup(LedgerModel):
    """How far an organisation's sums go: everything its snapshot saw is in them, and nothing else."""

    # PostgreSQL's pg_snapshot as text; empty before the first rolling.
    snapshot = models.TextField(default="", blank=True)
    # The line of the feed the snapshot belongs to, by its base: a copy that was restored begins a new one.
    line = models.BigIntegerField(default=0)
    # History was loaded since: the sums must be made anew, and nobody may read them until then.
    stale = models.BooleanField(default=True)
    rolled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization"], name="sales_rollup_once")]


class SalesStore(OfStore):
    """What a store was when its sales were added to its region's and its currency's sums."""

    pk = models.CompositePrimaryKey("organization_id", "store_id")
    region = models.CharField(max_length=100, blank=True)
    currency = models.CharField(max_length=3)


class SalesProduct(LedgerModel):
    """The category (0: none) that a product's sales were added to. Sales follow the product's present category."""

    pk = models.CompositePrimaryKey("organization_id", "product_id")
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    category_id = models.BigIntegerField(default=0)


class Sold(LedgerModel):
    """What the sums are of."""

    date = models.DateField()
    units = fields.total(default=0)
    revenue = fields.amount(default=0)
    cost = fields.amount(default=0)
    costed_revenue = fields.amount(default=0)
    transactions = models.BigIntegerField(default=0)
    # From history files, of days the ledger does not know of the series.
    history_units = fields.total(default=0)

    class Meta:
        abstract = True


class Measures(Sold):
    """What was sold on a day (`span` D) or in a calendar month (M, `date` its first day) in a scope.

    A scope is `store <id>`, `region <currency> <REGION>` or `all <currency>`: amounts of two currencies never meet.
    """

    scope = models.CharField(max_length=120)
    span = models.CharField(max_length=1)

    class Meta:
        abstract = True


class SalesTotal(Measures):
    """All products of a scope together."""

    pk = models.CompositePrimaryKey("organization_id", "scope", "span", "date")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(span__in=["D", "M"]), name="sales_total_span_known")]


class CategorySalesTotal(Measures):
    """The products of one category (0: of none) in a scope: of `SalesProduct.category_id`, whatever it was then."""

    pk = models.CompositePrimaryKey("organization_id", "category_id", "scope", "span", "date")
    category_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(span__in=["D", "M"]), name="category_sales_span_known")
        ]


class SeriesSalesMonth(Sold):
    """One product in one store in a calendar month (`date` its first day); its days are the daily sales themselves."""

    pk = models.CompositePrimaryKey("organization_id", "product_id", "store_id", "date")
    # No keys to check: each is a sum of daily sales or histories that have theirs, and there are millions.
    product_id = models.BigIntegerField()
    store_id = models.BigIntegerField()


class ProductSalesTotal(Measures):
    """One product in a region or in all stores of a currency. Single stores have sums by month (SeriesSalesMonth)."""

    pk = models.CompositePrimaryKey("organization_id", "scope", "span", "date", "product_id")
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(span__in=["D", "M"]), name="product_sales_span_known")]


class SalesOverlap(OfStoreAndProduct):
    """A day that both a history file and the ledger know of a series: the file's units are in none of the sums."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id", "date")
    date = models.DateField()
    units = fields.quantity()


class MovementQuarter(LedgerModel):
    """What moved of one product in all stores within a quarter of an hour, by the time it took effect; of late only."""

    pk = models.CompositePrimaryKey("organization_id", "starts_at", "product_id")
    starts_at = models.DateTimeField()
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    units_in = fields.total(default=0)
    units_out = fields.total(default=0)
    movements = models.BigIntegerField(default=0)
