"""When an organisation mails its lists, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.fields import KnownFieldsOnly
from inventory_project.api.files import File
from inventory_project.api.views import OrganizationView
from inventory_project.kernel import organizations
from inventory_project.kernel.access import Role
from stock.api import sales_choosing as choosing
from stock.choices import MailingKind
from stock.selectors import mailings as selectors
from stock.services import mailing_schedules

KIND = OpenApiParameter(
    "kind", str, enum=MailingKind.values, description=f"Which list; {MailingKind.LOW_STOCK} when left out."
)


def kind_of(request: Request) -> str:
    """The list that is asked about. Raises ValidationError."""
    return str(choosing.word(request, "kind", MailingKind.values, MailingKind.LOW_STOCK))


def _weekdays() -> serializers.ListField:
    child = serializers.IntegerField(min_value=0, max_value=6)
    return serializers.ListField(child=child, min_length=1, max_length=7, help_text="0 is Monday.")


class MailingScheduleSerializer(serializers.Serializer):  # type: ignore[type-arg]
    kind = serializers.ChoiceField(choices=MailingKind.choices)
    at = serializers.TimeField(format="%H:%M", allow_null=True, help_text="Null: each store from its own hour on.")
    weekdays = _weekdays()
    time_zone = serializers.CharField(help_text="The organisation's: `at` is by its clock.")


class MailingScheduleInputSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    at = serializers.TimeField(
        allow_null=True, input_formats=["%H:%M"], help_text="HH:MM; null: each store from its own hour on, every day."
    )
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        required=False,
        default=lambda: list(range(7)),
        min_length=1,
        max_length=7,
        help_text="0 is Monday; every day when left out.",
    )


class MailingScheduleView(OrganizationView):
    """One time for all stores, by the organisation's clock. To whom a store's list goes is set store by store."""

    scope_area = "reports"
    read_role = Role.MANAGER
    write_role = Role.ADMIN
    query_parameters = ("kind",)
    files = {"get": File("mailing-schedule", MailingScheduleSerializer)}

    @extend_schema(
        summary="When a list is mailed for all stores (managers)",
        parameters=[KIND],
        responses=MailingScheduleSerializer,
    )
    def get(self, request: Request) -> Response:
        return self._answer(kind_of(request))

    @extend_schema(
        summary="Set when a list is mailed for all stores (admins)",
        parameters=[KIND],
        request=MailingScheduleInputSerializer,
        responses=MailingScheduleSerializer,
    )
    def put(self, request: Request) -> Response:
        kind = kind_of(request)
        form = MailingScheduleInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        mailing_schedules.set_for(kind=kind, **form.validated_data, access=self.access, acting_as=self.actor)
        return self._answer(kind)

    def _answer(self, kind: str) -> Response:
        schedule = selectors.schedule_of(kind)
        told: dict[str, Any] = {"at": None, "weekdays": list(range(7))}
        if schedule is not None:
            told = {"at": schedule.at, "weekdays": schedule.weekdays}
        zone = organizations.face().time_zone
        return Response(MailingScheduleSerializer({"kind": kind, **told, "time_zone": zone}).data)
