"""Goods receipts and measured lead times over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Product, Supplier
from inventory_project.api.files import File
from inventory_project.api.filters import NamedOrdering
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import NotFound
from stock.api import purchase_serializers as shapes
from stock.api.purchase_filters import GoodsReceiptFilter
from stock.api.steps import ID, UUID_PATTERN, answered, checked
from stock.errors import GoodsReceiptNotFound
from stock.models import GoodsReceipt, GoodsReceiptLine
from stock.selectors import goods_receipts as selectors
from stock.selectors import lead_times
from stock.selectors.lead_times import NOT_MEASURED, LeadTime
from stock.services import goods_receipts


@extend_schema_view(list=extend_schema(summary="List goods receipts, newest first"))
class GoodsReceiptViewSet(OrganizationViewSet):
    """What suppliers delivered. A receipt is made by receiving a purchase order; a line that was wrong is reversed."""

    scope_area = "stock"
    opens_own_scope = True
    queryset = GoodsReceipt.unscoped.none()
    serializer_class = shapes.GoodsReceiptRowSerializer
    files = {"list": File("goods-receipts")}
    filterset_class = GoodsReceiptFilter
    ordering = ("-id",)
    ordering_fields = ["id", "number", "received_at"]
    lookup_value_regex = UUID_PATTERN
    write_role = Role.MANAGER

    def list(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            receipts = DjangoFilterBackend().filter_queryset(request, selectors.visible_to(self.access), self)
            rows = NamedOrdering().filter_queryset(request, selectors.as_rows(receipts), self)
            page = selectors.with_sums(self.paginate_queryset(rows) or [])
        return self.get_paginated_response(page)

    @extend_schema(
        summary="Read a goods receipt with its lines", parameters=[ID], responses=shapes.GoodsReceiptSerializer
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            row = selectors.find(str(UUID(pk)), self.access)
        if not row:
            raise GoodsReceiptNotFound()
        return Response(row)

    @extend_schema(
        summary="Reverse one line of a goods receipt (managers)",
        description="Its movements are reversed, and the units are owed again unless the order is closed.",
        parameters=[ID, IDEMPOTENCY_KEY],
        request=shapes.ReverseSerializer,
        responses=shapes.PurchaseSerializer,
    )
    @action(detail=True, methods=["post"])
    def reverse(self, request: Request, pk: str) -> Response:
        said = checked(shapes.ReverseSerializer(data=request.data))
        answer = goods_receipts.reverse_line(
            receipt_id=str(UUID(pk)),
            position=said["line"],
            reason=said["reason"],
            access=self.access,
            acting_as=self.actor,
            key=idempotency_key(request),
        )
        return answered(answer)


@extend_schema_view(list=extend_schema(summary="Lead times of suppliers, as planned and as measured from receipts"))
class SupplierLeadTimeViewSet(OrganizationViewSet):
    """Every supplier, measured over the orders for the caller's stores."""

    scope_area = "reports"
    queryset = Supplier.unscoped.none()
    serializer_class = shapes.SupplierLeadTimeSerializer
    files = {"list": File("lead-times")}
    filter_backends: list[Any] = []
    query_parameters: tuple[str, ...] = ()
    ordering = ("name", "id")

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(Supplier.objects.only("id", "name", "lead_time_days")) or []
        found = lead_times.by_supplier(store_ids=self.access.store_ids, supplier_ids=[one.pk for one in page])
        rows = [
            {"id": one.pk, "name": one.name, "planned_days": one.lead_time_days, **_figures(found, one.pk)}
            for one in page
        ]
        return self.get_paginated_response(rows)


@extend_schema_view(list=extend_schema(summary="Lead times of one supplier's products, measured from receipts"))
class ProductLeadTimeViewSet(OrganizationViewSet):
    """The products that came from a supplier, measured over the orders for the caller's stores."""

    scope_area = "reports"
    queryset = Product.unscoped.none()
    serializer_class = shapes.ProductLeadTimeSerializer
    files = {"list": File("lead-times-by-product")}
    filter_backends: list[Any] = []
    query_parameters: tuple[str, ...] = ()
    ordering = ("name", "id")

    def list(self, request: Request, id: str) -> Response:
        supplier = Supplier.objects.filter(pk=int(id)).first()
        if supplier is None:
            raise NotFound()
        received = GoodsReceiptLine.objects.filter(
            product_id=OuterRef("pk"), reversed_at=None, line__order__supplier_id=supplier.pk
        )
        if self.access.store_ids is not None:
            received = received.filter(store_id__in=self.access.store_ids)
        page = self.paginate_queryset(Product.objects.filter(Exists(received))) or []
        found = lead_times.by_supplier_and_product(
            store_ids=self.access.store_ids, supplier_ids=[supplier.pk], product_ids=[one.pk for one in page]
        )
        rows = [
            {
                "id": one.pk,
                "sku": one.sku,
                "name": one.name,
                "planned_days": supplier.lead_time_days if one.lead_time_days is None else one.lead_time_days,
                **_figures(found, (supplier.pk, one.pk)),
            }
            for one in page
        ]
        return self.get_paginated_response(rows)


def _figures(found: Mapping[Any, LeadTime], key: Any) -> dict[str, Any]:
    return asdict(found.get(key, NOT_MEASURED))
