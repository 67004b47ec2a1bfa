"""Restock policies over HTTP."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

from django.db.models import Q
from drf_spectacular.utils import extend_schema, extend_schema_view

from forecasting.api.restock_filters import PolicyFilter
from forecasting.api.restock_serializers import RestockPolicySerializer
from forecasting.models import RestockPolicy
from forecasting.services import policies
from inventory_project.api.files import File
from inventory_project.api.records import RecordViewSet

WHICH = "The most particular policy holds: product in a store, ABC class, category, store, organisation."


@extend_schema_view(
    list=extend_schema(summary="List restock policies", description=WHICH),
    create=extend_schema(summary="Set a restock policy (managers)", description=WHICH),
    retrieve=extend_schema(summary="Read a restock policy"),
    update=extend_schema(summary="Replace a restock policy's numbers (managers)"),
    partial_update=extend_schema(summary="Change some of a restock policy's numbers (managers)"),
    destroy=extend_schema(
        summary="Remove a restock policy: the next wider one holds (managers)", responses={204: None}
    ),
)
class RestockPolicyViewSet(RecordViewSet):
    """How products are restocked."""

    queryset = RestockPolicy.unscoped.all()
    serializer_class = RestockPolicySerializer
    files = {"list": File("restock-policies")}
    filterset_class = PolicyFilter
    ordering_fields = ["id", "scope", "kind", "created_at", "updated_at"]
    scope_area = "stock"

    @property
    def service(self) -> Any:  # type: ignore[override]
        verbs = {name: partial(getattr(policies, name), access=self.access) for name in ("create", "update", "remove")}
        return SimpleNamespace(**verbs)

    def visible(self) -> Any:
        """Those for everything, and those for stores the caller may see."""
        found = RestockPolicy.objects.select_related("store", "product", "category")
        stores = self.access.store_ids
        return found if stores is None else found.filter(Q(store=None) | Q(store_id__in=stores))
