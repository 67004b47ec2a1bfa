"""Store: a place that holds stock."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Upper

from inventory_project.kernel.tenancy import OrganizationModel


class Store(OrganizationModel):
    """A shop, warehouse or online store, with its own time zone and currency."""

    class Kind(models.TextChoices):
        SHOP = "shop"
        WAREHOUSE = "warehouse"
        ONLINE = "online"

    code = models.CharField(max_length=40)
    # What makes a code the same code. Row-level security lets an index serve `=`, but no function such as UPPER.
    code_key = models.GeneratedField(expression=Upper("code"), output_field=models.TextField(), db_persist=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SHOP)
    location = models.CharField(max_length=300, blank=True)
    region = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    currency = models.CharField(max_length=3, default="USD")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "code_key"], name="store_code_unique"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["shop", "warehouse", "online"]), name="store_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
