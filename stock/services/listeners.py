"""Telling the rooms above what they cannot see by themselves: by the name of their task, after the commit.

A hint that is lost costs nothing but time: whoever listens also looks every night.
"""

from __future__ import annotations

from django.db import transaction

from inventory_project.kernel import queue, tenancy

SALES_CHANGED = "forecasting.request_after_import"


def sales_of_the_past_changed(import_id: int | None = None) -> None:
    """In the transaction that changes many past sales of the bound organisation at once: those that this import named
    (imports.undoing.changed_series), or any."""
    said = {"organization_id": tenancy.current_organization_id(), "import_id": import_id}
    transaction.on_commit(lambda: queue.ring(SALES_CHANGED, **said))
