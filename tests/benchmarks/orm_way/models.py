"""The reference's tables as plain models."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Stock(models.Model):
    id = models.BigIntegerField(primary_key=True)
    organization_id = models.BigIntegerField()
    store_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    on_hand = models.DecimalField(max_digits=14, decimal_places=3)
    reserved = models.DecimalField(max_digits=14, decimal_places=3)
    on_hold = models.DecimalField(max_digits=14, decimal_places=3)
    reorder_level = models.DecimalField(max_digits=14, decimal_places=3)
    reorder_level_override = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    status = models.CharField(max_length=10)
    oversold = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        managed = False
        db_table = "stock"


class Movement(models.Model):
    id = models.UUIDField(primary_key=True)
    organization_id = models.BigIntegerField()
    store_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=10)
    rejection = models.CharField(max_length=30, default="")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    balance_after = models.DecimalField(max_digits=14, decimal_places=3)
    effective_at = models.DateTimeField(default=timezone.now)
    business_date = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(default=timezone.now)
    applied_via = models.CharField(max_length=10, default="request")
    actor_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=20, default="api")
    reference = models.CharField(max_length=100, default="")
    reason = models.CharField(max_length=300, default="")
    unit_price = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit_cost = models.DecimalField(max_digits=14, decimal_places=4, null=True)

    class Meta:
        managed = False
        db_table = "movement"


class AuditEntry(models.Model):
    sequence = models.BigAutoField(primary_key=True)
    organization_id = models.BigIntegerField()
    chain = models.SmallIntegerField(default=0)
    block = models.BigIntegerField(default=1)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.TextField(default="")
    action = models.TextField()
    object_type = models.TextField(default="movement")
    object_id = models.TextField()
    object_label = models.TextField(default="")
    store_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    detail = models.JSONField()
    request_id = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "audit"
