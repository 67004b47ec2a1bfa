"""The log's tables. They are made by SQL (partitions, walls, functions); Django only reads them.

Nothing here has a foreign key: the log knows ids and labels, never other rooms' classes, and outlives what it names.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from inventory_project.kernel.tenancy import OrganizationManager

# Organisation 0 is the installation itself: security events that belong to no organisation.
PLATFORM_ORGANIZATION = 0
# What the ledger's own entries call their object; indexes leave room for it to be by far the most frequent.
MOVEMENT = "movement"


class TransactionId(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit transaction id (xid8)."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)


class AuditEntry(models.Model):
    """One change of one object, or one security event: who, when, what, where, before and after."""

    organization_id = models.BigIntegerField()
    # The database's key is (organization_id, sequence, occurred_at), because partitions are by time.
    sequence = models.BigAutoField(primary_key=True)
    occurred_at = models.DateTimeField()
    chain = models.SmallIntegerField()
    block = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.TextField(db_collation="C")
    action = models.TextField(db_collation="C")
    object_type = models.TextField(db_collation="C")
    object_id = models.TextField(db_collation="C")
    object_label = models.TextField(db_collation="C")
    store_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    detail = models.JSONField(null=True)
    request_id = models.TextField(db_collation="C")
    xid = TransactionId()

    objects: Any = OrganizationManager()
    unscoped: Any = models.Manager()

    class Meta:
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class AuditChainHead(models.Model):
    """The newest block of one chain; locked while a block is added to it."""

    pk = models.CompositePrimaryKey("organization_id", "chain")
    organization_id = models.BigIntegerField()
    chain = models.SmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()

    objects: Any = OrganizationManager()
    unscoped: Any = models.Manager()

    class Meta:
        db_table = "audit_chain_head"

    def __str__(self) -> str:
        return f"chain {self.chain} at block {self.number}"


class AuditBlock(models.Model):
    """The seal over one batch of entries: a hash over them and over the block before."""

    pk = models.CompositePrimaryKey("organization_id", "chain", "number")
    organization_id = models.BigIntegerField()
    chain = models.SmallIntegerField()
    number = models.BigIntegerField()
    first_sequence = models.BigIntegerField()
    last_sequence = models.BigIntegerField()
    count = models.IntegerField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    # Four bytes of each entry's own hash, in order: they tell which entry of a damaged block is the bad one.
    marks = models.BinaryField()
    sealed_at = models.DateTimeField()

    objects: Any = OrganizationManager()
    unscoped: Any = models.Manager()

    class Meta:
        db_table = "audit_block"

    def __str__(self) -> str:
        return f"chain {self.chain}, block {self.number}"
