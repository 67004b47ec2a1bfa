"""Goods on hold over HTTP: into a bucket, out of it, and out of the store."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from stock.api import reservation_serializers as shapes
from stock.api.inventory import LedgerDoor
from stock.api.steps import checked
from stock.choices import Bucket, Kind
from stock.services import holds
from stock.services.holds import Booking
from stock.services.step_keys import Answer
from stock.services.transfer_orders import Wanted

ANSWERS = {200: shapes.BookedSerializer, 201: shapes.BookedSerializer}


class HoldDoor(LedgerDoor):
    """A view that books units of some products, all lines or none."""

    query_parameters = ()

    def booking(self, data: dict[str, Any]) -> Booking:
        return Booking(
            store=data["store"],
            lines=[Wanted(**line) for line in data["lines"]],
            access=self.access,
            acting_as=self.actor,
            reason=data["reason"],
            reference=data["reference"],
            key=idempotency_key(self.request),
        )


class StockHoldView(HoldDoor):
    """Take units off sale."""

    @extend_schema(
        summary="Put units on hold, or move them between buckets",
        description="On hand stays as it is; they are no longer available.",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.HoldSerializer,
        responses=ANSWERS,
    )
    def post(self, request: Request) -> Response:
        data = checked(shapes.HoldSerializer(data=request.data))
        source = data["from_bucket"]
        from_bucket = None if source is None else Bucket(source)
        return _answered(holds.hold(self.booking(data), bucket=Bucket(data["bucket"]), from_bucket=from_bucket))


class StockUnholdView(HoldDoor):
    """Put units on sale again."""

    @extend_schema(
        summary="Release units on hold: they are available again",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.BookingSerializer,
        responses=ANSWERS,
    )
    def post(self, request: Request) -> Response:
        data = checked(shapes.BookingSerializer(data=request.data))
        return _answered(holds.release(self.booking(data), bucket=Bucket(data["bucket"])))


class StockDisposeView(HoldDoor):
    """Get rid of units on hold."""

    @extend_schema(
        summary="Remove units on hold from the store, or send them back to the supplier",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.DisposeSerializer,
        responses=ANSWERS,
    )
    def post(self, request: Request) -> Response:
        data = checked(shapes.DisposeSerializer(data=request.data))
        return _answered(holds.dispose(self.booking(data), bucket=Bucket(data["bucket"]), kind=Kind(data["kind"])))


def _answered(answer: Answer) -> Response:
    if answer.replayed:
        return Response(answer.body, headers={"Idempotency-Replayed": "true"})
    return Response(answer.body, status=201)
