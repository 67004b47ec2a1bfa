"""Closing and reopening the books over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.fields import KnownFieldsOnly, TextField
from inventory_project.api.files import File
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel.access import Role
from stock.models import PeriodClosing
from stock.selectors import periods as selectors
from stock.services import periods

FIRST_YEAR = 2000


class PeriodInputSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    closed_through = serializers.DateField(
        allow_null=True, help_text="The last business day whose books are closed; null opens all of them."
    )
    reason = TextField(max_length=300, help_text="Why: it is kept with the decision.")

    def validate_closed_through(self, value: Any) -> Any:
        if value is not None and value.year < FIRST_YEAR:
            raise serializers.ValidationError(f"A day from the year {FIRST_YEAR} on is needed.")
        return value


class PeriodSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    closed_through = serializers.DateField(allow_null=True, help_text="null: the books were opened.")
    reason = serializers.CharField()
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField()


@extend_schema_view(list=extend_schema(summary="Closings and reopenings of the books, newest first"))
class PeriodViewSet(ListModelMixin, OrganizationViewSet):
    """How far the books are closed: the newest decision counts. Everybody reads it, admins decide."""

    # Not `stock`: a till's token, made by an admin, must not close the books.
    scope_area = "accounts"
    write_role = Role.ADMIN
    queryset = PeriodClosing.unscoped.none()
    serializer_class = PeriodSerializer
    files = {"list": File("periods")}
    filter_backends: list[Any] = []
    ordering = ["-id"]
    query_parameters = ()

    def get_queryset(self) -> Any:
        return selectors.decisions()

    @extend_schema(
        summary="Close the books through a business day, or open them again",
        description="No movement that is effective on a closed day is applied after this answer: not a late sale, not "
        "a correction. Reversals of movements of closed days are booked as of now.",
        request=PeriodInputSerializer,
        responses={201: PeriodSerializer},
        examples=[
            OpenApiExample(
                "Close April", value={"closed_through": "2026-04-30", "reason": "Month end"}, request_only=True
            )
        ],
    )
    def create(self, request: Request) -> Response:
        form = PeriodInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        decision = periods.close(**form.validated_data, acting_as=self.actor)
        return Response(PeriodSerializer(decision).data, status=201)
