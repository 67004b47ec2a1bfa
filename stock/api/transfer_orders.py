"""Transfers over HTTP: lists, one transfer, its steps and its timeline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

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
from stock.api import transfer_serializers as shapes
from stock.api.steps import ID, UUID_PATTERN, TakesSteps, answered, checked
from stock.api.steps import step as described
from stock.api.transfer_filters import InTransitFilter, TransferFilter, UnsettledFilter
from stock.errors import TransferNotFound
from stock.models import TransferLine, TransferOrder
from stock.selectors import transfer_orders as selectors
from stock.services import transfer_orders, transfer_shipments
from stock.services.step_keys import Answer
from stock.services.transfer_orders import Wanted
from stock.services.transfer_posting import Shipped
from stock.services.transfer_shipments import Settlement

step = partial(described, answers=shapes.TransferSerializer)


@extend_schema_view(list=extend_schema(summary="List transfers, newest first"))
class TransferViewSet(TakesSteps, OrganizationViewSet):
    """Goods on their way between two stores, from the request to the last unit accounted for."""

    step_line = Shipped
    scope_area = "stock"
    opens_own_scope = True
    queryset = TransferOrder.unscoped.none()
    serializer_class = shapes.TransferRowSerializer
    files = {"list": File("transfers")}
    filterset_class = TransferFilter
    ordering = ("-id",)
    ordering_fields = ["id", "number", "created_at", "updated_at"]
    lookup_value_regex = UUID_PATTERN

    @property
    def write_role(self) -> Role:  # type: ignore[override]
        return Role.MANAGER if self.action == "approve" else Role.STAFF

    def list(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            orders = DjangoFilterBackend().filter_queryset(request, selectors.visible_to(self.access), self)
            rows = NamedOrdering().filter_queryset(request, selectors.as_rows(orders), self)
            page = selectors.with_sums(self.paginate_queryset(rows) or [])
        return self.get_paginated_response(page)

    @extend_schema(
        summary="Read a transfer with its lines",
        parameters=[ID, versions.ETAG],
        responses=shapes.TransferSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            row = selectors.find(str(UUID(pk)), self.access)
        if not row:
            raise TransferNotFound()
        return Response(row, headers={"ETag": versions.etag(row["version"])})

    @extend_schema(
        summary="Draft a transfer",
        description="Staff of either end may ask; the other end is named by its id or code.",
        parameters=[IDEMPOTENCY_KEY, versions.ETAG],
        request=shapes.TransferInputSerializer,
        responses={200: shapes.TransferSerializer, 201: shapes.TransferSerializer},
    )
    def create(self, request: Request) -> Response:
        data = checked(shapes.TransferInputSerializer(data=request.data))
        lines = [Wanted(**line) for line in data.pop("lines")]
        answer = transfer_orders.create(**data, lines=lines, key=idempotency_key(request), **self._caller())
        return answered(answer, made_at="/api/transfers/")

    @extend_schema(
        summary="Change a draft",
        description="`lines`, when given, replace those the draft has.",
        parameters=[ID, versions.IF_MATCH, versions.ETAG],
        request=shapes.TransferChangeSerializer,
        responses=shapes.TransferSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        values = checked(shapes.TransferChangeSerializer(data=request.data))
        expected = versions.expected(request, values.pop("version", None))
        given = values.pop("lines", None)
        lines = None if given is None else [Wanted(**line) for line in given]
        return answered(
            transfer_orders.change(
                order_id=str(UUID(pk)), values=values, lines=lines, expected=expected, **self._caller()
            )
        )

    @step("Ask for a transfer: its lines stand from now on", shapes.StepSerializer)
    @action(detail=True, methods=["post"], url_path="request", url_name="request")
    def ask(self, request: Request, pk: str) -> Response:
        return self._take(transfer_orders.request, shapes.StepSerializer, pk)

    @step("Approve a transfer (managers)", shapes.StepSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        return self._take(transfer_orders.approve, shapes.StepSerializer, pk)

    @step(
        "Dispatch a transfer (staff of the source)",
        shapes.DispatchSerializer,
        "All lines leave the source together or none does; then they are in transit and in no store's on hand.",
    )
    @action(detail=True, methods=["post"], url_path="dispatch", url_name="dispatch")
    def send_off(self, request: Request, pk: str) -> Response:
        return self._take(transfer_shipments.dispatch, shapes.DispatchSerializer, pk)

    @step(
        "Receive what arrived, in one go or in parts (staff of the destination)",
        shapes.ReceiveSerializer,
        "Damaged units are received and written off at once, or with `keep_damaged` put on hold as damaged. Units "
        "beyond what was dispatched are received as far as the organisation's tolerance goes.",
    )
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str) -> Response:
        return self._take(transfer_shipments.receive, shapes.ReceiveSerializer, pk)

    @step(
        "Settle units that did not arrive",
        shapes.SettleSerializer,
        "`written_off` (managers of the destination) books the loss; `returned` (staff of the source) puts the units "
        "back on hand at the source. With nothing left in transit the transfer is closed, or cancelled when all of it "
        "went back.",
    )
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        return self._take(transfer_shipments.settle, shapes.SettleSerializer, pk)

    @step("Close a transfer that has been received", shapes.StepSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self._take(transfer_orders.close, shapes.StepSerializer, pk)

    @step("Cancel a transfer that was not dispatched", shapes.CancelSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self._take(transfer_orders.cancel, shapes.CancelSerializer, pk)

    def _take(self, verb: Callable[..., Answer], body: type[shapes.Input], pk: str) -> Response:
        said = self._said(body)
        if "outcome" in said:
            said["outcome"] = Settlement(said["outcome"])
        return answered(verb(order_id=str(UUID(pk)), key=idempotency_key(self.request), **said, **self._caller()))


@extend_schema_view(list=extend_schema(summary="What was dispatched and not yet received or settled, oldest first"))
class UnsettledViewSet(OrganizationViewSet):
    """Transfers stay here until every unit of them is accounted for."""

    scope_area = "stock"
    queryset = TransferOrder.unscoped.none()
    serializer_class = shapes.UnsettledRowSerializer
    files = {"list": File("transfers-unsettled")}
    filterset_class = UnsettledFilter
    ordering = ("dispatched_at", "id")
    ordering_fields = ["dispatched_at", "number"]

    def list(self, request: Request) -> Response:
        orders = DjangoFilterBackend().filter_queryset(request, selectors.unsettled(self.access), self)
        rows = NamedOrdering().filter_queryset(request, selectors.as_rows(orders), self)
        page = selectors.with_value(self.paginate_queryset(rows) or [], self.access)
        return self.get_paginated_response(page)


@extend_schema_view(list=extend_schema(summary="Units in transit by store and product"))
class InTransitViewSet(OrganizationViewSet):
    """What is coming to your stores (`direction=in`) or has left them (`direction=out`)."""

    scope_area = "stock"
    queryset = TransferLine.unscoped.none()
    serializer_class = shapes.InTransitRowSerializer
    files = {"list": File("transfers-in-transit")}
    filterset_class = InTransitFilter
    filter_backends = [DjangoFilterBackend]
    ordering = ("store_id", "product_id")
    unique_key = "product_id"

    def list(self, request: Request) -> Response:
        direction = "out" if request.query_params.get("direction") == "out" else "in"
        lines = self.filter_queryset(selectors.lines_in_transit(self.access, direction))
        return self.get_paginated_response(
            self.paginate_queryset(selectors.by_store_and_product(lines, direction)) or []
        )


@extend_schema_view(list=extend_schema(summary="Who did what to a transfer, oldest first", parameters=[ID]))
class TimelineViewSet(OrganizationViewSet):
    """The log's entries about one transfer, for everybody who sees it."""

    scope_area = "stock"
    queryset = AuditEntry.unscoped.none()
    serializer_class = EntrySerializer
    files = {"list": File("transfer-timeline")}
    filter_backends: list[Any] = []
    ordering = ("sequence",)
    unique_key = "sequence"

    def list(self, request: Request, id: str) -> Response:
        order_id = str(UUID(id))
        if not selectors.visible_to(self.access).filter(pk=order_id).exists():
            raise TransferNotFound()
        page = self.paginate_queryset(selectors.timeline(order_id)) or []
        context = {"access": self.access}
        return self.get_paginated_response(EntrySerializer(page, many=True, context=context).data)
