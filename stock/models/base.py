"""What the ledger's tables share."""

from __future__ import annotations

from django.db import models

from inventory_project.kernel.tenancy import OrganizationModel


class LedgerModel(OrganizationModel):
    """A row of the ledger. That its organisation exists follows from the composite keys to store and product, so the
    hot tables are spared a foreign key of their own."""

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True
