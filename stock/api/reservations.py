"""Reservations over HTTP: reserve, read, extend, release, fulfil."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api import versions
from inventory_project.api.files import File
from inventory_project.api.filters import NamedOrdering
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from stock.api import reservation_serializers as shapes
from stock.api.filters import OfStoreFilter, id_or_key
from stock.api.steps import ID, UUID_PATTERN, TakesSteps, answered, checked
from stock.api.steps import step as described
from stock.api.transfer_serializers import Input
from stock.choices import Kind
from stock.errors import ReservationNotFound
from stock.models import Reservation, ReservationLine
from stock.models.reservations import ReservationStatus
from stock.selectors import reservations as selectors
from stock.services import reservations
from stock.services.reservation_steps import Taken
from stock.services.step_keys import Answer
from stock.services.transfer_orders import Wanted


class ReservationFilter(OfStoreFilter):
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method="by_product", max_length=64, label="Product id or SKU")
    status = django_filters.MultipleChoiceFilter(choices=ReservationStatus.choices, distinct=False)
    reference = django_filters.CharFilter("reference", max_length=100)
    expires_before = django_filters.IsoDateTimeFilter("expires_at", "lt", label="Ends before this instant")
    updated_since = django_filters.IsoDateTimeFilter("updated_at", "gte", label="Changed at or after this instant")

    def by_product(self, found: Any, name: str, value: str) -> Any:
        lines = ReservationLine.objects.filter(id_or_key("product", "sku_key", value), reservation_id=OuterRef("pk"))
        return found.filter(Exists(lines))


step = partial(described, answers=shapes.ReservationSerializer)


@extend_schema_view(list=extend_schema(summary="List reservations, newest first"))
class ReservationViewSet(TakesSteps, OrganizationViewSet):
    """Units promised to an order: still on hand, not available, until handed over, given back or expired."""

    step_line = Taken
    scope_area = "stock"
    write_role = Role.STAFF
    opens_own_scope = True
    queryset = Reservation.unscoped.none()
    serializer_class = shapes.ReservationRowSerializer
    files = {"list": File("reservations")}
    filterset_class = ReservationFilter
    ordering = ("-id",)
    ordering_fields = ["id", "expires_at", "created_at", "updated_at"]
    lookup_value_regex = UUID_PATTERN

    def list(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            found = DjangoFilterBackend().filter_queryset(request, selectors.visible_to(self.access), self)
            rows = NamedOrdering().filter_queryset(request, selectors.as_rows(found), self)
            page = selectors.with_sums(self.paginate_queryset(rows) or [])
        return self.get_paginated_response(page)

    @extend_schema(
        summary="Read a reservation with its lines",
        parameters=[ID, versions.ETAG],
        responses=shapes.ReservationSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            row = selectors.find(str(UUID(pk)), self.access)
        if not row:
            raise ReservationNotFound()
        return Response(row, headers={"ETag": versions.etag(row["version"])})

    @extend_schema(
        summary="Reserve units of one store",
        description="All lines or none; 409 `insufficient_stock` names what is available by row. With `partial` each "
        "line gets what is there, and `short` names the rest.",
        parameters=[IDEMPOTENCY_KEY, versions.ETAG],
        request=shapes.ReservationInputSerializer,
        responses={200: shapes.ReservedSerializer, 201: shapes.ReservedSerializer},
    )
    def create(self, request: Request) -> Response:
        data = checked(shapes.ReservationInputSerializer(data=request.data))
        lines = [Wanted(**line) for line in data.pop("lines")]
        return answered(
            reservations.reserve(**data, lines=lines, key=idempotency_key(request), **self._caller()),
            made_at="/api/reservations/",
        )

    @step("Hold the units longer", shapes.ExtendSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        return self._take(reservations.extend, shapes.ExtendSerializer, pk)

    @step("Give the units back", shapes.ReleaseSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        return self._take(reservations.release, shapes.ReleaseSerializer, pk)

    @step(
        "Hand the units over",
        shapes.FulfilSerializer,
        "Posts one movement a line, a sale or a removal, and closes the promise with it: all or nothing.",
    )
    @action(detail=True, methods=["post"])
    def fulfil(self, request: Request, pk: str) -> Response:
        return self._take(reservations.fulfil, shapes.FulfilSerializer, pk)

    def _take(self, verb: Callable[..., Answer], body: type[Input], pk: str) -> Response:
        said = self._said(body)
        if "kind" in said:
            said["kind"] = Kind(said["kind"])
        key = idempotency_key(self.request)
        return answered(verb(reservation_id=str(UUID(pk)), key=key, **said, **self._caller()))
