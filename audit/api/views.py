"""The log's lists."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from audit import selectors
from audit.api import examples
from audit.api.serializers import (
    EntrySerializer,
    LogFilterSerializer,
    VerificationSerializer,
)
from audit.models import AuditEntry
from audit.services import checks
from inventory_project.api.file_renderers import CsvRenderer
from inventory_project.api.files import File
from inventory_project.api.pagination import KeysetPagination
from inventory_project.api.views import OrganizationView, OrganizationViewSet
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import NotFound


class LogPagination(KeysetPagination):
    """The log's own number is its order."""

    unique_key = "sequence"


@extend_schema_view(
    list=extend_schema(
        summary="Read the log, newest first (managers and admins)",
        parameters=[LogFilterSerializer],
        examples=[examples.ENTRY],
    ),
    retrieve=extend_schema(summary="Read one entry of the log", examples=[examples.ENTRY]),
)
class LogViewSet(OrganizationViewSet):
    """Every change of stock, catalogue, people and rights, and every security event."""

    queryset = AuditEntry.unscoped.none()
    serializer_class = EntrySerializer
    pagination_class = LogPagination
    query_parameters = tuple(LogFilterSerializer().fields)
    filter_backends: list[Any] = []
    files = {"list": File("logs")}
    scope_area = "audit"
    read_role = Role.MANAGER
    # Nobody writes: the answer is 405 and not 403.
    write_role = Role.STAFF
    lookup_field = "sequence"
    http_method_names = ["get", "head", "options"]

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "access": getattr(self.request, "auth", None)}

    def list(self, request: Request, **kwargs: Any) -> Any:
        asked = LogFilterSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        filters = selectors.Filters(**asked.validated_data)
        page = self.paginate_queryset(selectors.logs(filters, access=self.access))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, sequence: str, **kwargs: Any) -> Response:
        entry = selectors.logs(selectors.Filters(), access=self.access).filter(sequence=int(sequence)).first()
        if entry is None:
            raise NotFound()
        return Response(self.get_serializer(entry).data)


class LogDownloadViewSet(LogViewSet):
    """The same list, always as a file."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[CsvRenderer, str]:
        return CsvRenderer(), CsvRenderer.media_type

    @extend_schema(
        summary="Download the log as CSV (managers and admins)",
        parameters=[LogFilterSerializer],
        responses={(200, "text/csv"): OpenApiTypes.STR},
        examples=[],
    )
    def list(self, request: Request, **kwargs: Any) -> Any:
        return super().list(request, **kwargs)


class VerificationView(OrganizationView):
    """Recomputed at each asking, by a role that sees the tables as they are."""

    scope_area = "audit"
    read_role = Role.ADMIN
    opens_own_scope = True
    query_parameters: tuple[str, ...] = ()

    @extend_schema(
        summary="Check now that nobody altered the log (admins)",
        description="Recomputes the hash chains and compares them with the signed checkpoints. Of a long log only what "
        "came after the newest checkpoint is read; 409 `too_much_to_check` where that is too long as well.",
        responses=VerificationSerializer,
        examples=[examples.VERIFICATION],
    )
    def get(self, request: Request) -> Response:
        return Response(VerificationSerializer(checks.check(self.access.organization_id)).data)
