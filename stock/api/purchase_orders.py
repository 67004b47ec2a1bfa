"""Orders to suppliers over HTTP: lists, one order as JSON, file or page to print, its steps and its timeline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.serializers import EntrySerializer
from audit.models import AuditEntry
from inventory_project.api import versions
from inventory_project.api.files import File
from inventory_project.api.filters import NamedOrdering
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from stock.api import purchase_serializers as shapes
from stock.api.purchase_filters import PurchaseFilter
from stock.api.steps import ID, UUID_PATTERN, TakesSteps, answered, checked
from stock.api.steps import step as described
from stock.errors import PurchaseNotFound
from stock.models import PurchaseOrder
from stock.selectors import purchase_orders as selectors
from stock.services import goods_receipts, purchase_letters, purchase_orders
from stock.services.goods_posting import Arrived
from stock.services.purchase_lines import Bought
from stock.services.step_keys import Answer

step = partial(described, answers=shapes.PurchaseSerializer)


@extend_schema_view(list=extend_schema(summary="List purchase orders, newest first"))
class PurchaseViewSet(TakesSteps, OrganizationViewSet):
    """Goods bought from suppliers, from the draft to the last unit received or given up."""

    step_line = Arrived
    scope_area = "stock"
    opens_own_scope = True
    queryset = PurchaseOrder.unscoped.none()
    serializer_class = shapes.PurchaseRowSerializer
    files = {
        "list": File("purchase-orders"),
        "retrieve": File("purchase-order", shapes.PurchaseLineSerializer, rows="lines"),
    }
    printed = ("retrieve",)
    filterset_class = PurchaseFilter
    ordering = ("-id",)
    ordering_fields = ["id", "number", "expected_on", "created_at", "updated_at"]
    lookup_value_regex = UUID_PATTERN

    @property
    def write_role(self) -> Role:  # type: ignore[override]
        return Role.STAFF if self.action == "receive" else Role.MANAGER

    def file_name(self, body: dict[str, Any]) -> str:
        return str(body["number"]) if self.action == "retrieve" else super().file_name(body)

    def list(self, request: Request) -> Any:
        with tenancy.scope(self.access.organization_id):
            rows = NamedOrdering().filter_queryset(request, self._rows(request), self)
            page = selectors.with_sums(self.paginate_queryset(rows) or [], self.access)
        return self.get_paginated_response(page)

    def _rows(self, request: Request) -> Any:
        orders = DjangoFilterBackend().filter_queryset(request, selectors.visible_to(self.access), self)
        return selectors.as_rows(orders)

    @extend_schema(
        summary="Read a purchase order with its lines; or its lines as a file, or as a page to print",
        parameters=[ID, versions.ETAG],
        responses=shapes.PurchaseSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Any:
        with tenancy.scope(self.access.organization_id):
            if self.wants_page:
                return self._page(str(UUID(pk)))
            row = selectors.find(str(UUID(pk)), self.access)
        if not row:
            raise PurchaseNotFound()
        return Response(row, headers={"ETag": versions.etag(row["version"])})

    def _page(self, order_id: str) -> HttpResponse:
        if not selectors.visible_to(self.access).filter(pk=order_id).exists():
            raise PurchaseNotFound()
        shown = purchase_letters.page(order_id, with_costs=self.access.sees_costs)
        return HttpResponse(render_to_string("stock/print/purchase_order.html", shown))

    @extend_schema(
        summary="Draft a purchase order (managers)",
        description="Lines that are no whole packs or less than the supplier's minimum are taken, with a warning.",
        parameters=[IDEMPOTENCY_KEY, versions.ETAG],
        request=shapes.PurchaseInputSerializer,
        responses={200: shapes.PurchaseSerializer, 201: shapes.PurchaseSerializer},
    )
    def create(self, request: Request) -> Response:
        data = checked(shapes.PurchaseInputSerializer(data=request.data))
        lines = [Bought(**line) for line in data.pop("lines")]
        answer = purchase_orders.create(**data, lines=lines, key=idempotency_key(request), **self._caller())
        return answered(answer, made_at="/api/purchase-orders/")

    @extend_schema(
        summary="Change a draft; or the expected date, reference and note of an order that was sent (managers)",
        description="`lines`, when given, replace those the draft has.",
        parameters=[ID, versions.IF_MATCH, versions.ETAG],
        request=shapes.PurchaseChangeSerializer,
        responses=shapes.PurchaseSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        values = checked(shapes.PurchaseChangeSerializer(data=request.data))
        expected = versions.expected(request, values.pop("version", None))
        given = values.pop("lines", None)
        lines = None if given is None else [Bought(**line) for line in given]
        return answered(
            purchase_orders.change(
                order_id=str(UUID(pk)), values=values, lines=lines, expected=expected, **self._caller()
            )
        )

    @step(
        "Send a purchase order to its supplier (managers)",
        shapes.SendSerializer,
        "It is mailed once to the supplier's address, or marked as told in another way. From now on its lines stand.",
    )
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        return self._take(purchase_orders.send, shapes.SendSerializer, pk)

    @step("Mail a purchase order once more, as it is now (managers)", shapes.StepSerializer)
    @action(detail=True, methods=["post"])
    def resend(self, request: Request, pk: str) -> Response:
        return self._take(purchase_orders.resend, shapes.StepSerializer, pk)

    @step(
        "Receive what arrived, in one go or delivery by delivery (staff of the store)",
        shapes.DeliverySerializer,
        "Makes a goods receipt and its movements, all lines or none. Units beyond what was ordered are taken in as far "
        "as the organisation's tolerance goes; damaged ones are put on hold; rejected ones are still owed.",
    )
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str) -> Response:
        return self._take(goods_receipts.receive, shapes.DeliverySerializer, pk)

    @step("Close a purchase order: what has not come is no longer expected (managers)", shapes.CloseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self._take(purchase_orders.close, shapes.CloseSerializer, pk)

    @step("Cancel a purchase order of which nothing was received (managers)", shapes.CancelPurchaseSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self._take(purchase_orders.cancel, shapes.CancelPurchaseSerializer, pk)

    def _take(self, verb: Callable[..., Answer], body: type[shapes.Input], pk: str) -> Response:
        said = self._said(body)
        return answered(verb(order_id=str(UUID(pk)), key=idempotency_key(self.request), **said, **self._caller()))


@extend_schema_view(list=extend_schema(summary="Who did what to a purchase order, oldest first", parameters=[ID]))
class PurchaseTimelineViewSet(OrganizationViewSet):
    """The log's entries about one order, for everybody who sees it."""

    scope_area = "stock"
    queryset = AuditEntry.unscoped.none()
    serializer_class = EntrySerializer
    files = {"list": File("purchase-timeline")}
    filter_backends: list[Any] = []
    ordering = ("sequence",)
    unique_key = "sequence"

    def list(self, request: Request, id: str) -> Response:
        order_id = str(UUID(id))
        if not selectors.visible_to(self.access).filter(pk=order_id).exists():
            raise PurchaseNotFound()
        page = self.paginate_queryset(selectors.timeline(order_id)) or []
        context = {"access": self.access}
        return self.get_paginated_response(EntrySerializer(page, many=True, context=context).data)
