"""Movements over HTTP: submit one or many, read, reverse."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.files import File
from inventory_project.api.filters import flag
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, PREFER, idempotency_key, prefers
from inventory_project.api.parsers import OrjsonParser
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import InvalidInput
from stock.api.filters import MovementFilter
from stock.api.parsers import NdjsonParser
from stock.api.serializers import (
    BulkAnswerSerializer,
    MovementInputSerializer,
    MovementSerializer,
    ReversalInputSerializer,
)
from stock.choices import REJECTIONS, AppliedVia, MovementStatus, rejected_fields
from stock.errors import MovementNotFound
from stock.models import StockMovement
from stock.selectors import movements as selectors
from stock.services import lanes, movements, reversals
from stock.services.accepting import Receipt

SALE = OpenApiExample(
    "A sale",
    value={"store": "DOWNTOWN", "product": "TEA-001", "movement_type": "OUT", "quantity": 2, "unit_price": 4.5},
    request_only=True,
)
APPLIED = "Final: applied (201) or rejected with its reason (200); also the answer to a repeated key."


def receipt_response(
    movement_id: str, view: Any, *, replayed: bool = False, waiting: dict[str, Any] | None = None
) -> Response:
    """The movement as it stands: 202 while it waits, 201 when applied, 200 when rejected or replayed.

    `waiting` is the row where the caller knows that it waits.
    """
    row = waiting
    if row is None:
        with tenancy.scope(view.access.organization_id):
            row = selectors.find(movement_id, view.access)
    if row is None:
        raise MovementNotFound()
    body = selectors.describe(row, sees_costs=view.access.sees_costs)
    status = {MovementStatus.ACCEPTED: 202, MovementStatus.APPLIED: 200 if replayed else 201}.get(row["status"], 200)
    headers = {"Location": f"/api/stock-movements/{movement_id}/"}
    if replayed:
        headers["Idempotency-Replayed"] = "true"
    return Response(body, status=status, headers=headers)


@extend_schema_view(
    list=extend_schema(summary="List movements, newest first", responses=MovementSerializer(many=True)),
)
class MovementViewSet(OrganizationViewSet):
    """The ledger's movements. They are final: a correction is a reversal."""

    scope_area = "stock"
    write_role = Role.STAFF
    opens_own_scope = True
    queryset = StockMovement.unscoped.none()
    serializer_class = MovementSerializer
    files = {"list": File("stock-movements")}
    filterset_class = MovementFilter
    ordering = ("-id",)
    ordering_fields = ["id", "effective_at"]
    lookup_value_regex = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"

    def list(self, request: Request) -> Response:
        waiting = request.query_params.get("status") == MovementStatus.ACCEPTED
        with tenancy.scope(self.access.organization_id):
            rows = self.filter_queryset((selectors.waiting if waiting else selectors.final)(self.access))
            page = self.paginate_queryset(rows)
        described = [selectors.describe(row, sees_costs=self.access.sees_costs) for row in page or []]
        return self.get_paginated_response(described)

    @extend_schema(
        summary="Read a movement: accepted, applied or rejected",
        parameters=[OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        responses=MovementSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        movement_id = str(UUID(pk))
        with tenancy.scope(self.access.organization_id):
            row = selectors.find(movement_id, self.access)
        if row is None:
            raise MovementNotFound()
        if row["status"] == MovementStatus.ACCEPTED and self._is_stuck(row):
            # Nobody came for it: whoever asks gets it done.
            lanes.drain(self.access.organization_id, lanes.lane_of(row["store_id"]), via=AppliedVia.REQUEST)
            with tenancy.scope(self.access.organization_id):
                row = selectors.find(movement_id, self.access) or row
        return Response(selectors.describe(row, sees_costs=self.access.sees_costs))

    @staticmethod
    def _is_stuck(row: dict[str, Any]) -> bool:
        return bool((clock.now() - row["recorded_at"]).total_seconds() > lanes.STUCK_SECONDS)

    @extend_schema(
        summary="Submit one movement",
        description="Answers 202 with the receipt; `Prefer: wait=5` answers when it is final. With the same "
        "Idempotency-Key and body the first receipt comes again; with another body 422.",
        parameters=[IDEMPOTENCY_KEY, PREFER],
        request=MovementInputSerializer,
        responses={200: MovementSerializer, 201: MovementSerializer, 202: MovementSerializer},
        examples=[SALE],
    )
    def create(self, request: Request) -> Response:
        receipt = movements.submit(
            raw=request.data,
            key=idempotency_key(request),
            access=self.access,
            acting_as=self.actor,
            wait=prefers(request, "wait"),
        )
        assert receipt.id is not None
        return receipt_response(receipt.id, self, replayed=receipt.replayed, waiting=receipt.waiting)

    @extend_schema(
        summary="Submit up to 10,000 movements, with a verdict for each row",
        description="A JSON array, {movements: [...]} or newline-delimited JSON. Rows are judged in order, each on its "
        "own merits, in one transaction. `?atomic=true` applies all or none. `Prefer: respond-async` queues them.",
        parameters=[IDEMPOTENCY_KEY, PREFER, OpenApiParameter("atomic", bool, description="All rows or none.")],
        request={
            "application/json": MovementInputSerializer(many=True),
            "application/x-ndjson": OpenApiTypes.STR,
        },
        responses={200: BulkAnswerSerializer, 202: BulkAnswerSerializer},
    )
    @action(
        detail=False,
        methods=["post"],
        parser_classes=[OrjsonParser, NdjsonParser],
        filterset_class=None,
        pagination_class=None,
        query_parameters={"atomic"},
    )
    def bulk(self, request: Request) -> Response:
        data = request.data
        rows = data.get("movements") if isinstance(data, dict) else data
        if not isinstance(rows, list):
            raise InvalidInput("Send a list of movements.", fields={"non_field_errors": ["A list is needed."]})
        respond_async = prefers(request, "respond-async")
        receipts = movements.submit_many(
            raws=rows,
            access=self.access,
            acting_as=self.actor,
            key=idempotency_key(request),
            all_or_nothing=flag(request, "atomic"),
            respond_async=respond_async,
        )
        return Response(bulk_answer(receipts), status=202 if respond_async else 200)

    @extend_schema(
        summary="Reverse a movement",
        description="Posts the equal and opposite movement. A transfer's two legs are reversed together.",
        parameters=[OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        request=ReversalInputSerializer,
        responses={201: MovementSerializer},
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def reverse(self, request: Request, pk: str) -> Response:
        form = ReversalInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        reversal_id = reversals.reverse(
            movement_id=str(UUID(pk)),
            reason=form.validated_data["reason"],
            access=self.access,
            acting_as=self.actor,
        )
        return receipt_response(reversal_id, self)


def bulk_answer(receipts: list[Receipt]) -> dict[str, Any]:
    """Verdicts by row, and how many of each."""
    results = [
        {
            "row": receipt.row,
            "id": receipt.id,
            "status": receipt.status,
            "reason": REJECTIONS.get(receipt.rejection, receipt.rejection),
            "code": receipt.code or receipt.rejection or ("invalid" if receipt.errors else ""),
            "balance_after": receipt.balance_after,
            "replayed": receipt.replayed,
            "fields": receipt.errors or rejected_fields(receipt.rejection),
        }
        for receipt in receipts
    ]
    statuses = [receipt.status for receipt in receipts]
    counts = {word: statuses.count(word) for word in ("accepted", "applied", "rejected", "invalid")}
    return {"results": results, **counts, "replayed": sum(receipt.replayed for receipt in receipts)}
