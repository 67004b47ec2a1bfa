"""What the room's tables share."""

from __future__ import annotations

from typing import Any

from django.db import models

from inventory_project.kernel.tenancy import OrganizationModel


class ForecastingModel(OrganizationModel):
    """That its organisation exists follows from the composite keys to runs, stores and products."""

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True


def reference(to: str, **options: Any) -> models.ForeignKey[Any, Any]:
    """A key the database holds together with the organisation (kernel.rls.composite_key_sql)."""
    return models.ForeignKey(
        to, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False, **options
    )
