"""Stock, the balance per store and product, and the per-store figures kept beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from stock.choices import StockStatus
from stock.models import fields
from stock.models.base import LedgerModel, OfStore, OfStoreAndProduct


class Stock(OfStoreAndProduct):
    """The balance of one product in one store, changed only in the transaction that writes its movement."""

    on_hand = fields.quantity(default=0)
    reserved = fields.quantity(default=0)
    on_hold = fields.quantity(default=0)
    # What is on hold, by the reason for it (choices.Bucket).
    on_hold_damaged = fields.quantity(db_default=0, default=0)
    on_hold_quality = fields.quantity(db_default=0, default=0)
    # The level that counts here: the store's override, else the product's (kept in step by a trigger).
    reorder_level = fields.quantity(default=0)
    reorder_level_override = fields.quantity(null=True, blank=True)
    # The same for overstock: more than this on hand is over. Null: no such level.
    order_up_to = fields.quantity(null=True, blank=True)
    order_up_to_override = fields.quantity(null=True, blank=True)
    status = models.CharField(max_length=10, choices=StockStatus.choices, default=StockStatus.OUT)
    # Below zero is only possible where the organisation allows it for sales that already happened.
    oversold = models.BooleanField(default=False)
    # What a unit on hand has cost on average. On hand times this is the value (stock.models.costs).
    average_cost = fields.money(default=0, db_default=0)
    # The latest effective time of a movement that came in at a cost of its own; null: there was none.
    cost_changed_at = models.DateTimeField(null=True)
    # Whoever keeps lines here is called when available falls below the one or reaches the other (models.watches). Null:
    # nobody has looked yet.
    watch_below = fields.quantity(null=True)
    watch_above = fields.quantity(null=True)
    updated_at = models.DateTimeField(db_default=models.functions.Now())
    # Of what people set here; movements leave it alone.
    version = models.PositiveIntegerField(db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "store", "product"], name="stock_once_per_store_and_product"
            ),
            models.CheckConstraint(condition=Q(on_hand__gte=0) | Q(oversold=True), name="stock_on_hand_not_negative"),
            models.CheckConstraint(
                condition=Q(reorder_level_override__gte=0) & Q(order_up_to_override__gte=0),
                name="stock_own_levels_not_negative",
            ),
            models.CheckConstraint(condition=Q(reserved__gte=0, on_hold__gte=0), name="stock_reserved_not_negative"),
            models.CheckConstraint(
                condition=Q(
                    on_hold_damaged__gte=0, on_hold_quality__gte=0, on_hold=F("on_hold_damaged") + F("on_hold_quality")
                ),
                name="stock_on_hold_is_its_buckets",
            ),
        ]
        indexes = [
            # Few rows, and an update that leaves the status alone leaves this index alone.
            models.Index(
                fields=["organization", "status", "store", "product"],
                name="stock_needing_attention",
                condition=~Q(status=StockStatus.IN_STOCK),
            ),
            models.Index(fields=["organization", "product", "store"], name="stock_by_product"),
        ]

    def __str__(self) -> str:
        """By names where they were read with it; a name is not worth a query a row."""
        named = Stock.product.is_cached(self) and Stock.store.is_cached(self)
        product, store = (self.product, self.store) if named else (self.product_id, self.store_id)
        return f"{product} in {store}: {self.on_hand.normalize():f}"

    @staticmethod
    def available() -> models.expressions.CombinedExpression:
        """The expression `on_hand - reserved - on_hold`."""
        return F("on_hand") - F("reserved") - F("on_hold")


class StoreKpi(LedgerModel):
    """What one store holds, in sums: kept by every apply so that no figure on the dashboard counts rows."""

    store = models.OneToOneField(
        "stores.Store", primary_key=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    products = models.IntegerField(default=0)
    units = fields.total(default=0)
    cost_value = fields.amount(default=0)
    retail_value = fields.amount(default=0)
    low = models.IntegerField(default=0)
    out = models.IntegerField(default=0)
    negative = models.IntegerField(default=0)
    over = models.IntegerField(default=0, db_default=0)
    updated_at = models.DateTimeField(db_default=models.functions.Now())


class StoreDay(OfStore):
    """What moved in one store on one of its business days (the local date of the movement's effective time)."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "date")
    date = models.DateField()
    movements = models.IntegerField(default=0)
    units_in = fields.total(default=0)
    units_out = fields.total(default=0)
    units_sold = fields.total(default=0)
    revenue = fields.amount(default=0)

    class Meta:
        indexes = [models.Index(fields=["organization", "date"], name="store_day_by_date")]
