"""The viewset of versioned records: list, create, read, replace, change, remove, restore.

A room names its service module (create, update, remove, restore), its selector (`get_queryset`) and its serializer.
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api import versions
from inventory_project.api.pagination import SIZE_PARAM
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import cache
from inventory_project.kernel.access import Role

RETIRED = inline_serializer(
    "Retired",
    {
        "status": serializers.ChoiceField(["retired"]),
        "detail": serializers.CharField(),
        "id": serializers.IntegerField(),
        "version": serializers.IntegerField(),
    },
)


class RecordViewSet(OrganizationViewSet):
    """Edits are safe against lost updates: see `inventory_project.api.versions`."""

    service: ClassVar[Any]
    retired_detail: ClassVar[str] = "It has history, so it was retired and not deleted."
    admin_actions: ClassVar[frozenset[str]] = frozenset()
    # A short list that is read far more often than changed: its first page is remembered until any record changes.
    is_reference: ClassVar[bool] = False

    @property
    def write_role(self) -> Role:  # type: ignore[override]
        return Role.ADMIN if self.action in self.admin_actions else Role.MANAGER

    def visible(self) -> Any:
        """The records the caller may see."""
        raise NotImplementedError  # each room says it; a default could show what it must not

    def get_queryset(self) -> Any:
        # The schema generator asks without a caller.
        return self.queryset if getattr(self, "swagger_fake_view", False) else self.visible()

    def list(self, request: Request) -> Response:
        sizes = request.query_params.getlist(SIZE_PARAM)
        if not self.is_reference or request.query_params.keys() - {SIZE_PARAM} or len(sizes) > 1:
            return self._page(request)  # no end of questions: keeping each one's answer would fill the memory
        # What every screen loads to choose from: the first page, by whose stores and under which address it was asked.
        stores = self.access.store_ids
        asked = f"{request.build_absolute_uri()} {'all' if stores is None else sorted(stores)}"
        name = f"{self.basename}:{hashlib.sha256(asked.encode()).hexdigest()}"
        return Response(cache.remember(cache.REFERENCE, name, lambda: self._page(request).data))

    def _page(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(parameters=[versions.ETAG])
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._answer(self.get_object())

    @extend_schema(parameters=[versions.ETAG])
    def create(self, request: Request) -> Response:
        values = self._read(request)
        values.pop("version", None)
        return self._answer(self.service.create(acting_as=self.actor, values=values), status=201)

    @extend_schema(parameters=[versions.IF_MATCH, versions.ETAG])
    def update(self, request: Request, pk: str) -> Response:
        return self._change(request, partial=False)

    @extend_schema(parameters=[versions.IF_MATCH, versions.ETAG])
    def partial_update(self, request: Request, pk: str) -> Response:
        return self._change(request, partial=True)

    @extend_schema(
        parameters=[versions.IF_MATCH],
        responses={200: RETIRED, 204: OpenApiResponse(description="Deleted: nothing referred to it.")},
    )
    def destroy(self, request: Request, pk: str) -> Response:
        record = self.get_object()
        if self.service.remove(acting_as=self.actor, record=record, expected=versions.expected(request)):
            return Response(status=204)
        answer = {"status": "retired", "detail": self.retired_detail, "id": record.pk, "version": record.version}
        return Response(answer, headers=versions.headers(record))

    def _read(self, request: Request, *, partial: bool = False) -> dict[str, Any]:
        serializer = self.get_serializer(data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _change(self, request: Request, *, partial: bool) -> Response:
        record = self.get_object()
        values = self._read(request, partial=partial)
        expected = versions.expected(request, values.pop("version", None))
        return self._answer(self.service.update(acting_as=self.actor, record=record, values=values, expected=expected))

    def _answer(self, record: Any, *, status: int = 200) -> Response:
        return Response(self.get_serializer(record).data, status=status, headers=versions.headers(record))


class RestorableViewSet(RecordViewSet):
    """Records that are retired where they have history, and can be brought back."""

    @extend_schema(request=None, parameters=[versions.IF_MATCH, versions.ETAG])
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Bring a retired record back. Restoring what is not retired changes nothing."""
        record = self.get_object()
        expected = versions.expected(request)
        return self._answer(self.service.restore(acting_as=self.actor, record=record, expected=expected))
