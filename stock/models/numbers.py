"""The numbers by which people know their papers: each organisation counts its own, so none says how busy others are."""

from __future__ import annotations

from django.db import models

from stock.models.base import LedgerModel


class NumberKind(models.TextChoices):
    """What is numbered. Transfers have a table of their own (TransferNumber)."""

    ORDER = "order"
    RECEIPT = "receipt"
    COUNT = "count"
    IMPORT = "import"
    EXPORT = "export"


class PaperNumber(LedgerModel):
    """The last number drawn in an organisation for one kind of paper."""

    pk = models.CompositePrimaryKey("organization_id", "kind")
    kind = models.CharField(max_length=10, choices=NumberKind.choices)
    last = models.PositiveIntegerField()
