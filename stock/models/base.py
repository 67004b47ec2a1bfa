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


class OfStore(LedgerModel):
    """A row about one store; the database holds the key as (organization_id, store_id)."""

    store = models.ForeignKey(
        "stores.Store", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True


class OfStoreAndProduct(OfStore):
    """A row about one product in one store; the database holds both keys together with the organisation's."""

    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True
