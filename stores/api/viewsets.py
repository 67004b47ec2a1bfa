"""Stores over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from inventory_project.api.files import File
from inventory_project.api.records import RestorableViewSet
from stores import selectors
from stores.api.filters import StoreFilter
from stores.api.serializers import StoreSerializer
from stores.models import Store
from stores.services import stores


@extend_schema_view(
    list=extend_schema(summary="List the stores you may see"),
    create=extend_schema(summary="Open a store (admins)"),
    retrieve=extend_schema(summary="Read a store"),
    update=extend_schema(summary="Replace a store's fields"),
    partial_update=extend_schema(summary="Change some of a store's fields"),
    destroy=extend_schema(summary="Delete a store, or close it when it has history (admins)"),
    restore=extend_schema(summary="Open a closed store again (admins)"),
)
class StoreViewSet(RestorableViewSet):
    """Places that hold stock. A caller limited to some stores sees only those; only admins open or delete them."""

    queryset = Store.unscoped.all()
    service = stores
    serializer_class = StoreSerializer
    files = {"list": File("stores")}
    is_reference = True
    filterset_class = StoreFilter
    ordering_fields = ["id", "code", "name", "kind", "region", "created_at", "updated_at"]
    scope_area = "stores"
    admin_actions = frozenset({"create", "destroy", "restore"})
    retired_detail = "The store has history, so it was closed and not deleted."

    def visible(self) -> Any:
        return selectors.visible_to(self.access)
