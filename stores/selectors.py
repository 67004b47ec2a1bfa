"""Reading stores."""

from __future__ import annotations

from typing import Any

from inventory_project.kernel.access import Access
from stores.models import Store


def visible_to(access: Access) -> Any:
    """The stores the caller may see: all of the organisation's, or those it is limited to."""
    stores = Store.objects.all()
    return stores if access.store_ids is None else stores.filter(pk__in=access.store_ids)
