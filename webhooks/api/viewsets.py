"""Webhooks over HTTP: admins only, because whoever chooses where the log goes can read all of it there."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api import versions
from inventory_project.api.files import File
from inventory_project.api.records import RecordViewSet
from inventory_project.api.views import OrganizationView, OrganizationViewSet
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import NotFound
from webhooks.api import examples
from webhooks.api.filters import DeliveryFilter, WebhookFilter
from webhooks.api.serializers import (
    DeliverySerializer,
    EventTypesSerializer,
    IssuedWebhookSerializer,
    ReplaySerializer,
    ResumeSerializer,
    RotateSecretSerializer,
    WebhookSerializer,
)
from webhooks.event_types import NOUNS
from webhooks.models import WebhookDelivery, WebhookEndpoint
from webhooks.selectors import endpoints as selectors
from webhooks.services import endpoints, secrets

AREA = "audit"  # what a token needs to read the whole log


@extend_schema_view(
    list=extend_schema(summary="List webhooks (admins)"),
    retrieve=extend_schema(summary="Read a webhook: its place in the log, and how it gets on (admins)"),
    update=extend_schema(summary="Replace a webhook's fields (admins)"),
    partial_update=extend_schema(summary="Change some of a webhook's fields (admins)"),
    destroy=extend_schema(summary="Delete a webhook and the list of what was sent to it", responses={204: None}),
)
class WebhookViewSet(RecordViewSet):
    """Addresses that are sent the log, in order, signed, until they take it. `docs/webhooks.md` has the rules."""

    queryset = WebhookEndpoint.unscoped.all()
    serializer_class = WebhookSerializer
    files = {"list": File("webhooks")}
    filterset_class = WebhookFilter
    ordering_fields = ["id", "created_at", "updated_at"]
    scope_area = AREA
    read_role = write_role = Role.ADMIN  # type: ignore[assignment]

    @property
    def service(self) -> Any:  # type: ignore[override]
        verbs = ("create", "update", "remove")
        return SimpleNamespace(**{name: partial(getattr(endpoints, name), access=self.access) for name in verbs})

    def visible(self) -> Any:
        return selectors.visible_to(self.access)

    @extend_schema(
        summary="Send the log to an address of yours (admins)",
        description="It is sent what happens from now on. The secret is shown in this answer only.",
        parameters=[versions.ETAG],
        responses={201: IssuedWebhookSerializer},
        examples=[examples.NEW],
    )
    def create(self, request: Request) -> Response:
        values = self._read(request)
        values.pop("version", None)
        return self._with_secret(self.service.create(acting_as=self.actor, values=values), status=201)

    @extend_schema(
        summary="Give a webhook a new secret (admins)",
        description="Until the overlap ends, each request carries a signature of both.",
        request=RotateSecretSerializer,
        responses=IssuedWebhookSerializer,
    )
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, request: Request, pk: str) -> Response:
        asked = self._asked(RotateSecretSerializer)
        record = self.get_object()
        return self._with_secret(endpoints.rotate(acting_as=self.actor, access=self.access, record=record, **asked))

    @extend_schema(
        summary="Send a webhook a test event (admins)",
        description="Sent at once and tried once, even when the webhook is paused or off. Poll the delivery.",
        request=None,
        responses={202: DeliverySerializer},
    )
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str) -> Response:
        delivery = endpoints.test(acting_as=self.actor, record=self.get_object())
        return Response(DeliverySerializer(delivery).data, status=202)

    @extend_schema(
        summary="Send everything since a moment again, in order (admins)",
        description="Sets the webhook's place in the log; it goes on from there. A place further on skips.",
        request=ReplaySerializer,
        responses={202: WebhookSerializer},
        examples=[examples.REPLAY],
    )
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, pk: str) -> Response:
        record = self.get_object()
        record = endpoints.replay_since(acting_as=self.actor, record=record, **self._asked(ReplaySerializer))
        return self._answer(record, status=202)

    @extend_schema(
        summary="Go on with a webhook that was paused, or try again at once (admins)",
        request=ResumeSerializer,
        responses=WebhookSerializer,
    )
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        record = self.get_object()
        return self._answer(endpoints.resume(acting_as=self.actor, record=record, **self._asked(ResumeSerializer)))

    def _asked(self, form: Any) -> dict[str, Any]:
        asked = form(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def _with_secret(self, record: WebhookEndpoint, *, status: int = 200) -> Response:
        shown = {**self.get_serializer(record).data, "secret": secrets.secret_of(record.secret_seed)}
        headers = {**versions.headers(record), "Cache-Control": "no-store"}
        return Response(shown, status=status, headers=headers)


class EventTypesView(OrganizationView):
    """What can be chosen."""

    scope_area = AREA
    read_role = write_role = Role.ADMIN
    files = {"get": File("event-types")}
    query_parameters: tuple[str, ...] = ()

    @extend_schema(summary="List the events a webhook can be sent (admins)", responses=EventTypesSerializer)
    def get(self, request: Request, **kwargs: Any) -> Response:
        rows = [{"type": name, "description": noun.sentence} for noun in NOUNS for name in noun.actions]
        return Response({"results": rows})


@extend_schema_view(list=extend_schema(summary="List what was sent to webhooks, newest first (admins)"))
class DeliveryViewSet(OrganizationViewSet):
    """Requests to webhooks: pending, delivered, failed, dead (tried for days) or replaced."""

    queryset = WebhookDelivery.unscoped.none()
    serializer_class = DeliverySerializer
    files = {"list": File("webhook-deliveries")}
    filterset_class = DeliveryFilter
    ordering = ("-id",)
    ordering_fields = ["id"]
    scope_area = AREA
    read_role = write_role = Role.ADMIN

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(selectors.deliveries_visible_to(self.access)))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(summary="Read a delivery: what was sent, and what the receiver said (admins)")
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self._find(pk)).data)

    @extend_schema(
        summary="Send the events of a delivery again (admins)",
        description="Beside the webhook's own order, and tried once. The answer is the new delivery.",
        request=None,
        responses={202: DeliverySerializer},
    )
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, pk: str) -> Response:
        again = endpoints.replay_delivery(acting_as=self.actor, delivery=self._find(pk))
        return Response(self.get_serializer(again).data, status=202)

    def _find(self, pk: str) -> WebhookDelivery:
        found: WebhookDelivery | None = selectors.deliveries_visible_to(self.access).filter(pk=int(pk)).first()
        if found is None:
            raise NotFound()
        return found
