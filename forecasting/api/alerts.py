"""Alerts over HTTP: what is wrong, how urgent it is, and what one does about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from forecasting.api import alert_serializers as shapes
from forecasting.api.alert_filters import AlertFilter
from forecasting.api.restock_serializers import RestockAcceptedSerializer
from forecasting.errors import AlertNotFound
from forecasting.models import Alert
from forecasting.selectors import alerts as selectors
from forecasting.services import alert_orders, alerts
from inventory_project.api.files import File
from inventory_project.api.filters import NamedOrdering
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationView, OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from stock.api.steps import checked, drafted

WHICH = (
    "Those somebody may still have to do something about; with `status=resolved` the history. The most urgent first, "
    "and of those the most money at risk (for callers without the right to see costs: the most units)."
)
STAFF_ORDER = ("severity", "-units_at_risk")
MONEY_ORDER = ("severity", "-money_at_risk")
SNOOZE = OpenApiExample(
    "Until Monday", value={"until": "2026-11-23T08:00:00Z", "note": "Supplier called"}, request_only=True
)
SEVERAL = OpenApiExample("Two", value={"alerts": [17, 18], "note": "Ordered by telephone"}, request_only=True)
HALF = OpenApiExample("A quantity of one's own", value={"quantity": 24}, request_only=True)


@extend_schema_view(list=extend_schema(summary="List alerts, the most urgent first", description=WHICH))
class AlertViewSet(OrganizationViewSet):
    """Raised and closed by themselves: after each forecast, and within a second of the movement that is the cause."""

    scope_area = "stock"
    queryset = Alert.unscoped.none()
    serializer_class = shapes.AlertSerializer
    files = {"list": File("alerts")}
    filterset_class = AlertFilter
    ordering = STAFF_ORDER
    ordering_fields = ["id", "severity", "units_at_risk", "opened_at", "updated_at"]

    def list(self, request: Request) -> Response:
        found = DjangoFilterBackend().filter_queryset(request, selectors.visible_to(self.access), self)
        if "status" not in request.query_params:
            found = selectors.going_on(found)
        if self.access.sees_costs:  # an order by money, and its cursor, tell money
            self.ordering, self.ordering_fields = MONEY_ORDER, [*type(self).ordering_fields, "money_at_risk"]
        rows = NamedOrdering().filter_queryset(request, selectors.as_rows(found), self)
        return self.get_paginated_response(selectors.shown(self.paginate_queryset(rows) or [], self.access))

    @extend_schema(summary="Read an alert with its history", responses=shapes.AlertDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(selectors.find(int(pk), self.access))

    @extend_schema(
        summary="Somebody has seen it (managers)",
        request=shapes.AlertNoteSerializer,
        responses=shapes.AlertDetailSerializer,
    )
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: str) -> Response:
        return self._decide(_acknowledge, pk, shapes.AlertNoteSerializer)

    @extend_schema(
        summary="Not before a moment, unless it gets worse (managers)",
        request=shapes.AlertSnoozeSerializer,
        responses=shapes.AlertDetailSerializer,
        examples=[SNOOZE],
    )
    @action(detail=True, methods=["post"])
    def snooze(self, request: Request, pk: str) -> Response:
        return self._decide(alerts.snooze, pk, shapes.AlertSnoozeSerializer)

    @extend_schema(
        summary="Give it to somebody (managers)",
        request=shapes.AlertAssignSerializer,
        responses=shapes.AlertDetailSerializer,
    )
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        return self._decide(_assign, pk, shapes.AlertAssignSerializer)

    @extend_schema(
        summary="Somebody has seen to it (managers)",
        description="While its cause lasts it stays silent, unless it gets worse; then it is open again.",
        request=shapes.AlertNoteSerializer,
        responses=shapes.AlertDetailSerializer,
    )
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, pk: str) -> Response:
        return self._decide(alerts.resolve, pk, shapes.AlertNoteSerializer)

    def _decide(self, verb: Callable[..., None], pk: str, shape: Any) -> Response:
        """One that is not there is said before anything about the body is."""
        if not selectors.visible_to(self.access).filter(pk=pk).exists():
            raise AlertNotFound()
        data = checked(shape(data=self.request.data))
        verb(alert_id=int(pk), access=self.access, acting_as=self.actor, **data)
        return Response(selectors.find(int(pk), self.access))


def _acknowledge(*, alert_id: int, **said: Any) -> None:
    alerts.acknowledge(alert_ids=[alert_id], **said)


def _assign(*, user: int | None, **said: Any) -> None:
    alerts.assign(user_id=user, **said)


class AlertRestockView(OrganizationView):
    """One step from an alert to a draft."""

    scope_area = "stock"
    write_role = Role.MANAGER
    opens_own_scope = True
    query_parameters = ()

    @extend_schema(
        summary="Restock from an alert: draft the order it asks for (managers)",
        description=(
            "The open lines of the current proposal for this product and store are accepted, transfers between stores "
            "among them, by the stock of this moment; where there are none the recommended quantity, or `quantity`, is "
            "ordered from the product's supplier. Drafts, not sent. The alert is acknowledged."
        ),
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.AlertRestockSerializer,
        responses={200: RestockAcceptedSerializer, 201: RestockAcceptedSerializer},
        examples=[HALF],
    )
    def post(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            if not selectors.visible_to(self.access).filter(pk=pk).exists():
                raise AlertNotFound()
        data = checked(shapes.AlertRestockSerializer(data=request.data))
        answer = alert_orders.restock(
            alert_id=int(pk),
            quantity=data["quantity"],
            access=self.access,
            acting_as=self.actor,
            key=idempotency_key(request),
        )
        return drafted(answer)


class AlertsAcknowledgeView(OrganizationView):
    """Several at once."""

    scope_area = "stock"
    write_role = Role.MANAGER
    query_parameters = ()

    @extend_schema(
        operation_id="alerts_acknowledge_several",
        summary="Acknowledge several alerts: all or none (managers)",
        request=shapes.AlertsAcknowledgeSerializer,
        responses=shapes.AlertsAcknowledgedSerializer,
        examples=[SEVERAL],
    )
    def post(self, request: Request) -> Response:
        data = checked(shapes.AlertsAcknowledgeSerializer(data=request.data))
        done = alerts.acknowledge(alert_ids=data["alerts"], note=data["note"], access=self.access, acting_as=self.actor)
        return Response({"acknowledged": done})


class AlertSummaryView(OrganizationView):
    """How urgent it is, in numbers."""

    scope_area = "stock"
    query_parameters = ()
    files = {"get": File("alert-summary")}

    @extend_schema(summary="Count the alerts by severity, kind and status", responses=shapes.AlertSummarySerializer)
    def get(self, request: Request) -> Response:
        return Response(selectors.summary(self.access))
