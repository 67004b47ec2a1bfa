"""One catalogue for all stores: categories, suppliers, products, barcodes."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models.functions import Upper

from inventory_project.kernel.tenancy import OrganizationModel


def key_of(field: str) -> models.GeneratedField:
    """What makes a name the same name, whatever its case.

    A column and not an index on UPPER(...): under row-level security an index serves `=`, but no function.
    """
    return models.GeneratedField(expression=Upper(field), output_field=models.TextField(), db_persist=True)


class Category(OrganizationModel):
    """A group of products."""

    name = models.CharField(max_length=120)
    name_key = key_of("name")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["organization", "name_key"], name="category_name_unique")]

    def __str__(self) -> str:
        return self.name


class Supplier(OrganizationModel):
    """A company products are bought from."""

    name = models.CharField(max_length=200)
    name_key = key_of("name")
    contact_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=50, blank=True)
    address = models.CharField(max_length=500, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(default=7)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name_key"], name="supplier_name_unique")]

    def __str__(self) -> str:
        return self.name


class Product(OrganizationModel):
    """What is sold. Quantities are in `unit`; money is in the organisation's currency."""

    class Lifecycle(models.TextChoices):
        NEW = "new"
        ACTIVE = "active"
        PHASE_OUT = "phase_out"
        DISCONTINUED = "discontinued"

    sku = models.CharField(max_length=64)
    sku_key = key_of("sku")
    name = models.CharField(max_length=200)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    unit = models.CharField(max_length=20, default="each")
    unit_cost = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    sale_price = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    reorder_level = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    # More than this on hand is overstock; null: no such level.
    order_up_to = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    pack_size = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(1))
    moq = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(1))
    lead_time_days = models.PositiveSmallIntegerField(null=True, blank=True)
    lifecycle = models.CharField(max_length=12, choices=Lifecycle.choices, default=Lifecycle.ACTIVE)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            # The condition always holds. It keeps the index from counting as a key for foreign keys, so that a new SKU
            # takes the weak row lock of any other change and waits for nobody who sells the product.
            models.UniqueConstraint(
                fields=["organization", "sku_key"], condition=models.Q(sku_key__isnull=False), name="product_sku_unique"
            ),
            models.CheckConstraint(condition=models.Q(unit_cost__gte=0), name="product_unit_cost_not_negative"),
            models.CheckConstraint(condition=models.Q(sale_price__gte=0), name="product_sale_price_not_negative"),
            models.CheckConstraint(condition=models.Q(reorder_level__gte=0), name="product_reorder_level_not_negative"),
            models.CheckConstraint(condition=models.Q(order_up_to__gte=0), name="product_order_up_to_not_negative"),
            models.CheckConstraint(
                condition=models.Q(pack_size__gt=0, moq__gt=0), name="product_pack_and_moq_positive"
            ),
        ]
        indexes = [models.Index(fields=["organization", "name", "id"], name="product_by_name")]

    def __str__(self) -> str:
        return f"{self.sku} {self.name}"


class Barcode(OrganizationModel):
    """A scannable code of a product; it may stand for a pack of several units."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="barcodes", db_constraint=False)
    code = models.CharField(max_length=64)
    units = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(1))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "code"], name="barcode_unique"),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="barcode_units_positive"),
        ]

    def __str__(self) -> str:
        return self.code
