"""Imports over HTTP: a file is taken in, validated and applied by a worker, and can be undone."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import FileResponse
from drf_spectacular.utils import OpenApiResponse, OpenApiTypes, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.files import File
from inventory_project.api.filters import GivenFilterSet
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import InvalidInput
from stock.api.filters import PaperNumberFilter
from stock.api.import_serializers import (
    ImportChangeSerializer,
    ImportInputSerializer,
    ImportProblemSerializer,
    ImportRowSerializer,
    ImportSerializer,
)
from stock.choices import ImportKind, ImportOutcome, ImportStatus
from stock.errors import ImportFileGone, ImportNotFound
from stock.models import ImportJob
from stock.selectors import imports as selectors
from stock.services.imports import files, jobs
from stock.services.imports.asking import Asked


class ImportFilter(GivenFilterSet):
    number = PaperNumberFilter("IMP")
    status = django_filters.MultipleChoiceFilter(choices=ImportStatus.choices, distinct=False)
    kind = django_filters.MultipleChoiceFilter(choices=ImportKind.choices, distinct=False)


class ProblemFilter(GivenFilterSet):
    outcome = django_filters.MultipleChoiceFilter(choices=ImportOutcome.choices, distinct=False)


@extend_schema_view(list=extend_schema(summary="List imports, newest first", responses=ImportRowSerializer(many=True)))
class ImportViewSet(OrganizationViewSet):
    """uploaded, validating, ready (look at the preview), applying, applied, failed, undoing or undone."""

    scope_area = "stock"
    read_role = Role.MANAGER
    opens_own_scope = True
    queryset = ImportJob.unscoped.none()
    serializer_class = ImportRowSerializer
    filterset_class = ImportFilter
    ordering = ("-id",)
    ordering_fields = ["id"]
    files = {"list": File("imports"), "problems": File("import-problems", ImportProblemSerializer)}

    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()] if self.action == "create" else super().get_parsers()

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        # The parsers depend on the action, which the framework only names once the request is made.
        self.action = self.action_map.get(request.method.lower())
        return super().initialize_request(request, *args, **kwargs)

    def list(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            page = self.paginate_queryset(self.filter_queryset(selectors.visible_to(self.access)))
            return self.get_paginated_response([selectors.describe(job) for job in page or []])

    @extend_schema(summary="Read an import: progress, preview, first problems", responses=ImportSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._answer(int(pk))

    @extend_schema(
        summary="Send a file to be imported (managers)",
        description="CSV (plain or gzip) or Excel. The kind is read from the first line. Poll the answer's id.",
        parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": ImportInputSerializer},
        responses={200: ImportSerializer, 202: ImportSerializer},
    )
    def create(self, request: Request) -> Response:
        form = ImportInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        file, applies = values.pop("file"), values.pop("apply")
        job_id, replayed = jobs.submit(
            file=file,
            name=file.name,
            asked=Asked(**values),
            applies_itself=applies,
            key=idempotency_key(request),
            access=self.access,
            acting_as=self.actor,
        )
        return self._answer(job_id, changed=not replayed, status=200 if replayed else 202)

    @extend_schema(
        summary="Say otherwise what a file holds, and have it validated again (managers)",
        description="While it is ready, or when it failed before anything of it was applied.",
        request=ImportChangeSerializer,
        responses={202: ImportSerializer},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        with tenancy.scope(self.access.organization_id):
            self._find(int(pk))
        form = ImportChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        applies = values.pop("apply")
        if not values:
            raise InvalidInput("Say what is to be changed.")
        jobs.change(job_id=int(pk), values=values, applies_itself=applies, access=self.access, acting_as=self.actor)
        return self._answer(int(pk), status=202)

    @extend_schema(summary="Apply an import that is ready (managers)", request=None, responses=ImportSerializer)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def apply(self, request: Request, pk: str) -> Response:
        return self._answer(
            int(pk), changed=jobs.apply(job_id=int(pk), access=self.access, acting_as=self.actor), status=202
        )

    @extend_schema(
        summary="Undo an applied import (managers)",
        description="By equal and opposite movements, all or none. Where later changes depend on it, it stays and "
        "`error` says why.",
        request=None,
        responses=ImportSerializer,
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def undo(self, request: Request, pk: str) -> Response:
        return self._answer(
            int(pk), changed=jobs.undo(job_id=int(pk), access=self.access, acting_as=self.actor), status=202
        )

    @extend_schema(
        summary="The rows that failed, were skipped, or deserve a look", responses=ImportProblemSerializer(many=True)
    )
    @action(detail=True, filterset_class=ProblemFilter)
    def problems(self, request: Request, pk: str) -> Response:
        self.ordering, self.ordering_fields = ("line", "id"), ["line", "id"]
        with tenancy.scope(self.access.organization_id):
            found = self.filter_queryset(selectors.problems(self._find(int(pk))))
            page = self.paginate_queryset(found)
            return self.get_paginated_response([selectors.describe_problem(problem) for problem in page or []])

    @extend_schema(
        summary="The failed rows as they were sent, with an error column",
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    @action(detail=True, url_path="failed-rows", url_name="failed-rows", filterset_class=None, pagination_class=None)
    def failed_rows(self, request: Request, pk: str) -> FileResponse:
        with tenancy.scope(self.access.organization_id):
            job = self._find(int(pk))
        path = job.result.get("failed_rows", "")
        if not path:
            raise ImportFileGone("No row of this import failed, or the file is no longer kept.")
        return FileResponse(
            files.open_to_send(path),
            as_attachment=True,
            filename=f"{job.label}-failed.csv",
            content_type="text/csv; charset=utf-8",
        )

    def _find(self, job_id: int) -> ImportJob:
        job: ImportJob | None = selectors.visible_to(self.access).filter(id=job_id).first()
        if job is None:
            raise ImportNotFound()
        return job

    def _answer(self, job_id: int, *, changed: bool = True, status: int = 200) -> Response:
        with tenancy.scope(self.access.organization_id):
            said = selectors.describe_whole(self._find(job_id))
        headers = {} if changed else {"Idempotency-Replayed": "true"}
        return Response(said, status=status, headers=headers)
