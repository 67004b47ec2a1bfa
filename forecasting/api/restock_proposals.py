"""Restock proposals over HTTP: ask for one, read its lines, decide about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from forecasting.api import restock_serializers as shapes
from forecasting.api.restock_filters import LineFilter
from forecasting.errors import LineNotFound, ProposalNotFound
from forecasting.models import RestockLine, RestockProposal
from forecasting.selectors import restock_lines as selectors
from forecasting.services import acceptance, line_decisions, line_numbers, proposals
from inventory_project.api import versions
from inventory_project.api.files import File
from inventory_project.api.filters import NamedOrdering
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationView, OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import PermissionRefused
from stock.api.steps import checked, drafted

LEVELS = ("wanted", "reorder_point", "order_up_to", "safety_stock", "binding")


class ProposeView(OrganizationView):
    """Orders and transfers proposed now, from the current forecast and the stock of this moment."""

    scope_area = "stock"
    opens_own_scope = True
    query_parameters = ()

    @extend_schema(
        summary="Ask for a restock proposal (managers)",
        description="Worked out in the background: read it again until its status is `ready`.",
        request=shapes.RestockProposeSerializer,
        responses={202: shapes.RestockProposalSerializer},
    )
    def post(self, request: Request) -> Response:
        budget = checked(shapes.RestockProposeSerializer(data=request.data))["budget"]
        if budget is not None and not self.access.sees_costs:
            raise PermissionRefused(
                "You do not have the right to see or set costs.",
                fields={"budget": ["Needs the right to see costs."]},
            )
        made = proposals.request(organization_id=self.access.organization_id, acting_as=self.actor, budget=budget)
        with tenancy.scope(self.access.organization_id):
            row = selectors.as_proposal(RestockProposal.objects.get(pk=made), self.access)
        return Response(row, status=202, headers={"Location": f"/api/restock/proposals/{made}/"})


@extend_schema_view(list=extend_schema(summary="List restock proposals, newest first"))
class ProposalViewSet(OrganizationViewSet):
    """A proposal is made after each forecast, and whenever one is asked for."""

    scope_area = "stock"
    queryset = RestockProposal.unscoped.none()
    serializer_class = shapes.RestockProposalSerializer
    files = {"list": File("restock-proposals")}
    filter_backends: list[Any] = []
    query_parameters: tuple[str, ...] = ()
    ordering = ("-id",)

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(selectors.proposals()) or []
        return self.get_paginated_response([selectors.as_proposal(row, self.access) for row in page])

    @extend_schema(summary="Read a restock proposal", responses=shapes.RestockProposalSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        row = RestockProposal.objects.filter(pk=pk).first()
        if row is None:
            raise ProposalNotFound()
        return Response(selectors.as_proposal(row, self.access))


@extend_schema_view(list=extend_schema(summary="List the lines of the proposal shown, the best use of money first"))
class LineViewSet(OrganizationViewSet):
    """What to buy and what to move, store by store."""

    scope_area = "stock"
    queryset = RestockLine.unscoped.none()
    serializer_class = shapes.RestockLineSerializer
    files = {"list": File("restock-lines")}
    filterset_class = LineFilter
    ordering = ("rank",)
    ordering_fields = ["id", "rank", "quantity", "updated_at"]

    def list(self, request: Request) -> Response:
        named = "proposal" in request.query_params
        lines = selectors.visible_to(self.access) if named else selectors.current(self.access)
        found = DjangoFilterBackend().filter_queryset(request, lines, self)
        rows = NamedOrdering().filter_queryset(request, selectors.as_rows(found), self)
        return self.get_paginated_response(selectors.shown(self.paginate_queryset(rows) or [], self.access))

    @extend_schema(
        summary="Read a line with its inputs and the steps of its arithmetic",
        parameters=[versions.ETAG],
        responses=shapes.RestockLineDetailSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._answer(pk)

    @extend_schema(
        summary="Choose another quantity, with a reason (managers)",
        parameters=[versions.IF_MATCH, versions.ETAG],
        request=shapes.RestockLineEditSerializer,
        responses=shapes.RestockLineDetailSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        self._find(pk)
        data = checked(shapes.RestockLineEditSerializer(data=request.data))
        expected = versions.expected(request, data.pop("version", None))
        return self._decide(line_decisions.edit, pk, expected=expected, **data)

    @extend_schema(
        summary="Not this time (managers)",
        parameters=[versions.IF_MATCH],
        request=shapes.RestockDismissSerializer,
        responses=shapes.RestockLineDetailSerializer,
    )
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        self._find(pk)
        data = checked(shapes.RestockDismissSerializer(data=request.data))
        return self._decide(line_decisions.dismiss, pk, expected=versions.expected(request), **data)

    @extend_schema(
        summary="Not before a day (managers)",
        parameters=[versions.IF_MATCH],
        request=shapes.RestockSnoozeSerializer,
        responses=shapes.RestockLineDetailSerializer,
    )
    @action(detail=True, methods=["post"])
    def snooze(self, request: Request, pk: str) -> Response:
        self._find(pk)
        data = checked(shapes.RestockSnoozeSerializer(data=request.data))
        return self._decide(line_decisions.snooze, pk, expected=versions.expected(request), **data)

    @extend_schema(
        summary="Work the line out again from its stored inputs",
        description="`same` is false only when the program computes otherwise than when the line was made.",
        responses=shapes.RestockReplaySerializer,
    )
    @action(detail=True)
    def replay(self, request: Request, pk: str) -> Response:
        line = self._find(pk)
        stored = {name: getattr(line, name) for name in LEVELS} | {"quantity": float(line.quantity)}
        return Response(line_numbers.compared(line) | {"stored": stored})

    def _find(self, pk: str) -> RestockLine:
        """The line; one that is not there is said before anything about the body is."""
        line = selectors.visible_to(self.access).filter(pk=pk).first()
        if line is None:
            raise LineNotFound()
        return line

    def _decide(self, verb: Callable[..., None], pk: str, **said: Any) -> Response:
        verb(line_id=int(pk), access=self.access, acting_as=self.actor, **said)
        return self._answer(pk)

    def _answer(self, pk: str) -> Response:
        row = selectors.find(int(pk), self.access)
        if not row:
            raise LineNotFound()
        return Response(row, headers={"ETag": versions.etag(row["version"])})


class AcceptView(OrganizationView):
    """Lines become papers: drafts to suppliers and draft transfers, all of them or none."""

    scope_area = "stock"
    write_role = Role.MANAGER
    opens_own_scope = True
    query_parameters = ()

    @extend_schema(
        summary="Accept lines: draft purchase orders and transfers (managers)",
        description=(
            "One purchase order for each supplier and store, one transfer for each two stores. The quantities are "
            "worked out again with the stock of this moment: 409 `numbers_changed` says what would be different, and "
            "with `fresh` the new ones are taken."
        ),
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.RestockAcceptSerializer,
        responses={200: shapes.RestockAcceptedSerializer, 201: shapes.RestockAcceptedSerializer},
    )
    def post(self, request: Request) -> Response:
        data = checked(shapes.RestockAcceptSerializer(data=request.data))
        answer = acceptance.accept(
            line_ids=data["lines"],
            use_fresh=data["fresh"],
            access=self.access,
            acting_as=self.actor,
            key=idempotency_key(request),
        )
        return drafted(answer)
