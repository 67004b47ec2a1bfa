"""Who gets a store's lists by mail, over HTTP: what is low or out, and the restock report."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.fields import KnownFieldsOnly
from inventory_project.api.files import File
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.pagination import KeysetPagination
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import NotFound
from stock.api.mailing_schedules import KIND, kind_of
from stock.choices import MailingState
from stock.models import MailingRun
from stock.models.mailings import LAST_HOUR
from stock.selectors import mailings as selectors
from stock.services import mailings
from stores import selectors as stores
from stores.models import Store

OFF: dict[str, Any] = {"is_on": False, "hour": 7, "recipients": [], "last_run": None}


class RecipientSerializer(serializers.Serializer):  # type: ignore[type-arg]
    member = serializers.IntegerField(allow_null=True, help_text="The member's id; null: an address an admin added.")
    name = serializers.CharField()
    email = serializers.CharField()


class MailingRunSerializer(serializers.Serializer):  # type: ignore[type-arg]
    due_date = serializers.DateField(help_text="By the store's clock, or the organisation's where it has a schedule.")
    state = serializers.ChoiceField(choices=MailingState.choices)
    attempts = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    rows = serializers.IntegerField(help_text="Products the list named.")
    addresses = serializers.ListField(child=serializers.CharField())
    error = serializers.CharField(help_text="What the mail server said; empty when it took the list.")


class MailingSerializer(serializers.Serializer):  # type: ignore[type-arg]
    store_id = serializers.IntegerField()
    store = serializers.CharField()
    store_code = serializers.CharField()
    time_zone = serializers.CharField()
    is_on = serializers.BooleanField()
    hour = serializers.IntegerField(
        help_text="From this hour on, 0 to 23, by the store's clock; the organisation's schedule goes before it."
    )
    recipients = RecipientSerializer(many=True)
    last_run = MailingRunSerializer(allow_null=True)


class MailingInputSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    """The whole setting: recipients that are not named are dropped."""

    is_on = serializers.BooleanField()
    hour = serializers.IntegerField(min_value=0, max_value=LAST_HOUR)
    members = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, default=list, max_length=50
    )
    emails = serializers.ListField(child=serializers.EmailField(), required=False, default=list, max_length=50)


class LetterSerializer(serializers.Serializer):  # type: ignore[type-arg]
    subject = serializers.CharField()
    text = serializers.CharField()
    html = serializers.CharField()
    rows = serializers.IntegerField()
    addresses = serializers.ListField(child=serializers.CharField())


class SentSerializer(serializers.Serializer):  # type: ignore[type-arg]
    rows = serializers.IntegerField()
    addresses = serializers.ListField(child=serializers.CharField())


class RunPagination(KeysetPagination):
    """The newest day first."""

    default_ordering = ("-due_date",)


@extend_schema_view(
    list=extend_schema(summary="Who gets each store's list by mail (managers)", parameters=[KIND]),
    retrieve=extend_schema(
        summary="Who gets one store's list by mail (managers)", parameters=[KIND], responses=MailingSerializer
    ),
)
class MailingViewSet(OrganizationViewSet):
    """A store's low and out of stock list, or its restock report, mailed to those named once a day. Off at first."""

    scope_area = "reports"
    read_role = Role.MANAGER
    opens_own_scope = True
    queryset = Store.unscoped.none()
    serializer_class = MailingSerializer
    files = {"list": File("mailings"), "runs": File("mailing-runs", MailingRunSerializer)}
    filter_backends: list[Any] = []
    query_parameters = ("kind",)
    ordering = ("name",)

    @property
    def kind(self) -> str:
        return kind_of(self.request)

    def list(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            page = self.paginate_queryset(self._stores()) or []
            answer = self._shown(page)
        return self.get_paginated_response(answer)

    def retrieve(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            return Response(self._one(pk))

    @extend_schema(
        summary="Set whether, when and to whom a store's list is mailed (managers; new addresses: admins)",
        parameters=[KIND],
        request=MailingInputSerializer,
        responses=MailingSerializer,
    )
    def update(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            self._one(pk)
        form = MailingInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = {**form.validated_data, "kind": self.kind}
        with tenancy.scope(self.access.organization_id):
            mailings.configure(store_id=int(pk), **told, access=self.access, acting_as=self.actor)
            return Response(self._one(pk))

    @extend_schema(
        summary="Read what would be mailed now; nothing is sent", parameters=[KIND], responses=LetterSerializer
    )
    @action(detail=True, pagination_class=None)
    def preview(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            letter, rows, addresses = mailings.preview(store_id=int(pk), access=self.access, kind=self.kind)
        told = {"subject": letter.subject, "text": letter.text, "html": letter.html}
        return Response({**told, "rows": rows, "addresses": addresses})

    @extend_schema(
        summary="Mail a store's list now, beside the day's own",
        description="409 `nobody_to_mail`: no recipient is named. 503 `mail_not_sent`: the mail server refuses.",
        request=None,
        parameters=[KIND, IDEMPOTENCY_KEY],
        responses=SentSerializer,
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def send(self, request: Request, pk: str) -> Response:
        answer = mailings.send_now(
            store_id=int(pk),
            kind=self.kind,
            access=self.access,
            acting_as=self.actor,
            key=idempotency_key(request),
        )
        return Response(answer.body, headers={"Idempotency-Replayed": "true"} if answer.replayed else {})

    @extend_schema(
        summary="What became of each day's list, newest first",
        parameters=[KIND],
        responses=MailingRunSerializer(many=True),
    )
    @action(detail=True, pagination_class=RunPagination, ordering=("-due_date",))
    def runs(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            self._one(pk)
            runs = MailingRun.objects.filter(mailing__store_id=int(pk), mailing__kind=self.kind)
            page = self.paginate_queryset(runs) or []
        return self.get_paginated_response(MailingRunSerializer(page, many=True).data)

    def _stores(self) -> Any:
        return stores.visible_to(self.access).filter(is_active=True)

    def _one(self, pk: str) -> dict[str, Any]:
        store = stores.visible_to(self.access).filter(pk=pk).first()
        if store is None:
            raise NotFound()
        return self._shown([store])[0]

    def _shown(self, page: list[Store]) -> list[dict[str, Any]]:
        settings = selectors.settings_of([store.pk for store in page], self.kind)
        rows = []
        for store in page:
            head = {"store_id": store.pk, "store": store.name, "store_code": store.code, "time_zone": store.time_zone}
            rows.append(MailingSerializer({**head, **settings.get(store.pk, OFF)}).data)
        return rows
