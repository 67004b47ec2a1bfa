"""Stock counts over HTTP: staff count, managers plan, review and approve."""

from __future__ import annotations

from typing import Any

import django_filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api import versions
from inventory_project.api.files import File
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from stock.api.count_reports import CountReports
from stock.api.count_serializers import (
    LINE_STATUSES,
    ApprovalInputSerializer,
    CorrectionsSerializer,
    CountChangeSerializer,
    CountEntriesAnswerSerializer,
    CountEntryInputSerializer,
    CountEntrySerializer,
    CountInputSerializer,
    CountLineSerializer,
    CountSerializer,
    CountSummarySerializer,
    DueSerializer,
    RecountInputSerializer,
    StoreAccuracySerializer,
    VoidedSerializer,
    VoidInputSerializer,
)
from stock.api.filters import OfStoreFilter, PaperNumberFilter
from stock.api.transfer_serializers import StepSerializer
from stock.choices import CountKind, CountState
from stock.errors import CountNotFound
from stock.models import StockCount
from stock.selectors import counts as selectors
from stock.services import count_entries, count_posting, counts
from stock.services.counts import Verb

CHANGE = {"parameters": [IDEMPOTENCY_KEY, versions.IF_MATCH, versions.ETAG], "responses": CountSerializer}
LINE_STATUS = OpenApiParameter("status", str, enum=LINE_STATUSES, description="The last three show what the books say.")
STAFF_VERBS = frozenset({"start", "submit", "enter", "void"})


class CountFilter(OfStoreFilter):
    store_id = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    state = django_filters.MultipleChoiceFilter(choices=CountState.choices, distinct=False)
    kind = django_filters.MultipleChoiceFilter(choices=CountKind.choices, distinct=False)
    number = PaperNumberFilter("CNT")


@extend_schema_view(list=extend_schema(summary="List stock counts, newest first", responses=CountSerializer(many=True)))
class StockCountViewSet(CountReports, OrganizationViewSet):
    """Planned, counting, counted (in review), recount, posted or cancelled. Selling goes on all the while."""

    scope_area = "stock"
    opens_own_scope = True
    queryset = StockCount.unscoped.none()
    serializer_class = CountSerializer
    filterset_class = CountFilter
    ordering = ("-id",)
    ordering_fields = ["id"]
    files = {
        "list": File("counts"),
        "lines": File("count-lines", CountLineSerializer),
        "entries": File("count-entries", CountEntrySerializer),
        "due": File("counts-due", DueSerializer),
        "accuracy": File("count-accuracy", StoreAccuracySerializer, rows="stores"),
    }

    @property
    def write_role(self) -> Role:  # type: ignore[override]
        return Role.STAFF if self.action in STAFF_VERBS else Role.MANAGER

    @property
    def read_role(self) -> Role:  # type: ignore[override]
        return Role.MANAGER if self.action == "accuracy" else Role.STAFF

    def list(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            page = self.paginate_queryset(self.filter_queryset(selectors.visible_to(self.access)))
            return self.get_paginated_response([selectors.describe(count) for count in page or []])

    @extend_schema(summary="Read a stock count", parameters=[versions.ETAG])
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._answer(int(pk))

    @extend_schema(
        summary="Plan a stock count (managers)",
        description="Full: every balance of the store. Cycle: `products`, or the first `take` of those that are due. "
        "Spot: `products`. What is found besides is added.",
        parameters=[IDEMPOTENCY_KEY],
        request=CountInputSerializer,
        responses={200: CountSerializer, 201: CountSerializer},
    )
    def create(self, request: Request) -> Response:
        values = self._read(CountInputSerializer)
        products, take = values.pop("products", None), values.pop("take", None)
        count_id, replayed = counts.plan(
            store=values.pop("store"),
            values=values,
            products=products,
            take=take,
            verb=self._verb("plan"),
        )
        return self._answer(count_id, changed=not replayed, status=200 if replayed else 201)

    @extend_schema(
        summary="Change a count's name, day, tolerances (managers)",
        parameters=[versions.IF_MATCH, versions.ETAG],
        request=CountChangeSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        values = self._read(CountChangeSerializer)
        version = values.pop("version", None)
        counts.edit(count_id=int(pk), values=values, verb=self._verb("edit", version))
        return self._answer(int(pk))

    @extend_schema(summary="Start to count", request=None, **CHANGE)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def start(self, request: Request, pk: str) -> Response:
        self._read(StepSerializer)
        return self._answer(int(pk), changed=counts.start(count_id=int(pk), verb=self._verb("start")))

    @extend_schema(summary="End the counting; a manager reviews", request=None, **CHANGE)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def submit(self, request: Request, pk: str) -> Response:
        self._read(StepSerializer)
        return self._answer(int(pk), changed=counts.submit(count_id=int(pk), verb=self._verb("submit")))

    @extend_schema(summary="Give a count up (managers)", request=None, **CHANGE)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def cancel(self, request: Request, pk: str) -> Response:
        self._read(StepSerializer)
        return self._answer(int(pk), changed=counts.cancel(count_id=int(pk), verb=self._verb("cancel")))

    @extend_schema(
        summary="Have lines counted again (managers)",
        description="A new round begins for the named products, or for `which` lines; its entries replace the former.",
        request=RecountInputSerializer,
        **CHANGE,
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def recount(self, request: Request, pk: str) -> Response:
        values = self._read(RecountInputSerializer)
        changed = counts.recount(
            count_id=int(pk),
            products=values.get("products", []),
            which=values.get("which"),
            verb=self._verb("recount"),
        )
        return self._answer(int(pk), changed=changed)

    @extend_schema(
        summary="Approve a count: post its adjustments (managers)",
        description="One count_adjustment for each line that differs from the book of the moment it was counted; all "
        "or none. Lines nobody counted are left alone unless `uncounted_as_zero`.",
        request=ApprovalInputSerializer,
        **CHANGE,
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def approve(self, request: Request, pk: str) -> Response:
        values = self._read(ApprovalInputSerializer)
        changed = count_posting.approve(count_id=int(pk), verb=self._verb("approve"), **values)
        return self._answer(int(pk), changed=changed)

    @extend_schema(
        summary="Correct a posted count for movements that became known afterwards (managers)",
        description="Posts what is missing so that each balance is what was counted and all that came later. It also "
        "happens by itself every hour for two weeks; doing it twice changes nothing.",
        request=None,
        responses=CorrectionsSerializer,
    )
    @action(detail=True, methods=["post"], url_path="correct-late", filterset_class=None, pagination_class=None)
    def correct_late(self, request: Request, pk: str) -> Response:
        self._read(StepSerializer)
        posted = count_posting.correct_late(count_id=int(pk), access=self.access, acting_as=self.actor)
        corrections = [
            {
                "count": p.count_id,
                "line": p.line_id,
                "product": p.product_id,
                "sku": p.sku,
                "quantity": p.quantity,
                "movement": p.movement_id,
            }
            for p in posted
        ]
        return Response({"corrections": corrections})

    @extend_schema(summary="A count's lines", parameters=[LINE_STATUS], responses=CountLineSerializer(many=True))
    @action(detail=True, filterset_class=None, ordering=("id",))
    def lines(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            count = self._find(int(pk))
            shows = selectors.shows_book(count, self.access)
            status = request.query_params.get("status") or None
            allowed = LINE_STATUSES if shows else LINE_STATUSES[: -len(selectors.CHOICES)]
            if status and status not in allowed:
                raise ValidationError({"status": [f"One of: {', '.join(allowed)}."]})
            page = self.paginate_queryset(selectors.lines(count, status)) or []
            reviewed = {line["id"]: line for line in selectors.review(count, line_ids=[line.pk for line in page])}
        rows = [
            selectors.describe_line(reviewed[line.pk], shows=shows, sees_costs=self.access.sees_costs) for line in page
        ]
        return self.get_paginated_response(rows)

    @extend_schema(summary="What was entered", responses=CountEntrySerializer(many=True))
    @action(detail=True, filterset_class=None, ordering=("id",))
    def entries(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            rows = self.paginate_queryset(selectors.entries(self._find(int(pk)), self.access))
        return self.get_paginated_response(rows)

    @extend_schema(
        summary="Enter what was found",
        description="One entry, a list of them, or {entries: [...]}; all rows or none. Entries of one product in "
        "several places add up. A row without a key of its own takes the request's and its number.",
        parameters=[IDEMPOTENCY_KEY],
        request=CountEntryInputSerializer(many=True),
        responses={200: CountEntriesAnswerSerializer, 201: CountEntriesAnswerSerializer},
    )
    @entries.mapping.post
    def enter(self, request: Request, pk: str) -> Response:
        self._require(int(pk))
        data = request.data
        if isinstance(data, dict):
            data = data["entries"] if set(data) == {"entries"} else [data]
        if not isinstance(data, list):
            raise ValidationError({"rows": ["A list of entries is needed."]})
        receipts = count_entries.record(
            count_id=int(pk), raws=data, key=idempotency_key(request), access=self.access, acting_as=self.actor
        )
        replayed = sum(receipt["replayed"] for receipt in receipts)
        body = {"results": receipts, "recorded": len(receipts) - replayed, "replayed": replayed}
        if replayed == len(receipts):
            return Response(body, headers={"Idempotency-Replayed": "true"})
        return Response(body, status=201)

    @extend_schema(
        summary="Take back mistaken entries",
        description="They stay on record and no longer add up. Staff take back their own.",
        request=VoidInputSerializer,
        responses=VoidedSerializer,
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def void(self, request: Request, pk: str) -> Response:
        self._require(int(pk))
        entry_ids = self._read(VoidInputSerializer)["entries"]
        voided = count_entries.void(count_id=int(pk), entry_ids=entry_ids, access=self.access, acting_as=self.actor)
        return Response({"voided": voided})

    @extend_schema(summary="Progress, accuracy and shrinkage of one count", responses=CountSummarySerializer)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def summary(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            return Response(selectors.summary(self._find(int(pk)), self.access))

    def _find(self, count_id: int) -> StockCount:
        count = selectors.visible_to(self.access).filter(id=count_id).first()
        if count is None:
            raise CountNotFound()
        return count

    def _require(self, count_id: int) -> None:
        """A count that is missing is said to be before anything is said of the body."""
        with tenancy.scope(self.access.organization_id):
            self._find(count_id)

    def _answer(self, count_id: int, *, changed: bool = True, status: int = 200) -> Response:
        with tenancy.scope(self.access.organization_id):
            count = self._find(count_id)
        headers = versions.headers(count) | ({} if changed else {"Idempotency-Replayed": "true"})
        return Response(selectors.describe(count), status=status, headers=headers)

    def _read(self, serializer: Any) -> dict[str, Any]:
        form = serializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _verb(self, name: str, version: int | None = None) -> Verb:
        expected = versions.expected(self.request, version)
        return Verb(name, self.access, self.actor, idempotency_key(self.request), expected)
