"""The catalogue over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import selectors
from catalog.api import bulk as many
from catalog.api.filters import CategoryFilter, ProductFilter, SupplierFilter
from catalog.api.serializers import CategorySerializer, ProductSerializer, SupplierSerializer
from catalog.models import Category, Product, Supplier
from catalog.services import bulk, categories, products, suppliers
from inventory_project.api.filters import flag
from inventory_project.api.records import RecordViewSet, RestorableViewSet


@extend_schema_view(
    list=extend_schema(summary="List categories"),
    create=extend_schema(summary="Add a category"),
    retrieve=extend_schema(summary="Read a category"),
    update=extend_schema(summary="Rename a category"),
    partial_update=extend_schema(summary="Rename a category"),
    destroy=extend_schema(summary="Delete a category no product is in", responses={204: None}),
)
class CategoryViewSet(RecordViewSet):
    """Groups of products. One that products are in is not deleted: 409 in_use."""

    queryset = Category.unscoped.all()
    service = categories
    serializer_class = CategorySerializer
    is_reference = True
    filterset_class = CategoryFilter
    ordering_fields = ["id", "name", "created_at", "updated_at"]
    scope_area = "catalog"

    def visible(self) -> Any:
        return Category.objects.all()


@extend_schema_view(
    list=extend_schema(summary="List suppliers"),
    create=extend_schema(summary="Add a supplier"),
    retrieve=extend_schema(summary="Read a supplier"),
    update=extend_schema(summary="Replace a supplier's fields"),
    partial_update=extend_schema(summary="Change some of a supplier's fields"),
    destroy=extend_schema(summary="Delete a supplier, or make it inactive when products name it"),
    restore=extend_schema(summary="Make an inactive supplier active again"),
)
class SupplierViewSet(RestorableViewSet):
    """Companies products are bought from."""

    queryset = Supplier.unscoped.all()
    service = suppliers
    serializer_class = SupplierSerializer
    is_reference = True
    filterset_class = SupplierFilter
    ordering_fields = ["id", "name", "lead_time_days", "created_at", "updated_at"]
    scope_area = "catalog"
    retired_detail = "Products or orders name this supplier, so it was made inactive and not deleted."

    def visible(self) -> Any:
        return Supplier.objects.all()


@extend_schema_view(
    list=extend_schema(summary="List products"),
    create=extend_schema(summary="Add a product"),
    retrieve=extend_schema(summary="Read a product"),
    update=extend_schema(summary="Replace a product's fields"),
    partial_update=extend_schema(summary="Change some of a product's fields"),
    destroy=extend_schema(summary="Delete a product, or discontinue it when it has history"),
    restore=extend_schema(summary="Sell a discontinued product again"),
)
class ProductViewSet(RestorableViewSet):
    """What is sold. Costs are shown to callers with that right only."""

    queryset = Product.unscoped.all()
    service = products
    serializer_class = ProductSerializer
    filterset_class = ProductFilter
    scope_area = "catalog"
    retired_detail = "The product has history, so it was discontinued and not deleted."

    @property
    def ordering_fields(self) -> list[str]:
        named = ["id", "sku", "name", "sale_price", "reorder_level", "lifecycle", "created_at", "updated_at"]
        return [*named, "unit_cost"] if self.access.sees_costs else named

    def visible(self) -> Any:
        return selectors.products()

    @extend_schema(
        summary="Add or change up to 1,000 products",
        parameters=[many.UPSERT],
        request=ProductSerializer(many=True),
        responses=many.ProductBulkAnswerSerializer,
        examples=[many.EXAMPLE],
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="bulk", pagination_class=None, query_parameters={"upsert"})
    def bulk(self, request: Request) -> Response:
        """A verdict per row: a wrong row is rejected and the others are kept."""
        upsert = flag(request, "upsert")
        rows = many.read(request.data, self.get_serializer(partial=upsert))
        bulk.save_many(rows, acting_as=self.actor, upsert=upsert)
        return Response(many.answer(rows))

    def get_serializer_context(self) -> dict[str, Any]:
        context = super().get_serializer_context()
        if not getattr(self, "swagger_fake_view", False):
            context["sees_costs"] = self.access.sees_costs
        return context
