"""Exports over HTTP: a list or report is made into a file in the background, and fetched when it is ready."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import FileResponse
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    OpenApiTypes,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from accounts.api.permissions import IsMember
from inventory_project.api.fields import KnownFieldsOnly, TextField
from inventory_project.api.file_renderers import MEDIA_TYPES
from inventory_project.api.files import File
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationViewSet
from inventory_project.kernel import tenancy
from stock.api.export_links import LinkAuthentication, link_to
from stock.choices import ExportFormat, ExportStatus
from stock.errors import ExportNotFound
from stock.models import ExportJob
from stock.selectors import exports as selectors
from stock.services.exports import jobs


class ExportInputSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    path = TextField(
        max_length=2000, help_text="The list's or report's own address with its filters and order, from /api/ on."
    )
    format = serializers.ChoiceField(choices=ExportFormat.choices, default=ExportFormat.CSV)
    bom = serializers.BooleanField(default=False, help_text="csv only: begins with a byte order mark, for Excel.")


class ExportSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=ExportStatus.choices)
    path = serializers.CharField()
    format = serializers.ChoiceField(choices=ExportFormat.choices)
    bom = serializers.BooleanField()
    rows = serializers.IntegerField(help_text="Written so far; when ready, all of them.")
    size = serializers.IntegerField(allow_null=True, help_text="Bytes, when ready.")
    file_name = serializers.CharField()
    error = serializers.CharField(help_text="Why it failed.")
    created_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True, help_text="When the file is removed.")
    download_url = serializers.CharField(
        allow_null=True, help_text="When ready: works by itself for some minutes. Read the export again for a new one."
    )


class ExportFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=ExportStatus.choices, distinct=False)


@extend_schema_view(list=extend_schema(summary="List your exports, newest first"))
class ExportViewSet(OrganizationViewSet):
    """waiting, running, ready, failed or expired. Whoever may read a list may export it, and sees its own exports."""

    permission_classes = [IsMember]
    opens_own_scope = True
    queryset = ExportJob.unscoped.none()
    serializer_class = ExportSerializer
    filterset_class = ExportFilter
    ordering = ("-id",)
    ordering_fields = ["id"]
    files = {"list": File("exports")}

    def list(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            page = self.paginate_queryset(self.filter_queryset(selectors.visible_to(self.access)))
        return self.get_paginated_response([self._described(job) for job in page or []])

    @extend_schema(summary="Read an export: status, progress, and where its file is")
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._described(self._find(int(pk))))

    @extend_schema(
        summary="Have a list or report made into a file in the background",
        description="The file is made with your rights as they are at that moment. Poll the answer's id. With the same "
        "Idempotency-Key and body the first export comes again, as it is by then; with another body 422.",
        parameters=[IDEMPOTENCY_KEY],
        request=ExportInputSerializer,
        responses={202: ExportSerializer},
        examples=[
            OpenApiExample(
                "All movements of a store",
                value={"path": "/api/stock-movements/?store=DOWNTOWN", "format": "xlsx"},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        form = ExportInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        job_id, replayed = jobs.submit(
            path=asked["path"],
            form=asked["format"],
            has_mark=asked["bom"],
            access=self.access,
            acting_as=self.actor,
            key=idempotency_key(request),
        )
        headers = {"Location": f"/api/exports/{job_id}/"}
        if replayed:
            headers["Idempotency-Replayed"] = "true"
        return Response(self._described(self._find(job_id)), status=202, headers=headers)

    @extend_schema(summary="Delete an export and its file; one that is being made is stopped", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        jobs.remove(job_id=int(pk), access=self.access, acting_as=self.actor)
        return Response(status=204)

    @extend_schema(
        summary="Download the file of an export that is ready",
        description="By `download_url` as it is, or with the credentials of whoever asked for the export.",
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    @action(
        detail=True,
        filterset_class=None,
        pagination_class=None,
        authentication_classes=[LinkAuthentication, *api_settings.DEFAULT_AUTHENTICATION_CLASSES],
    )
    def download(self, request: Request, pk: str) -> FileResponse:
        job, file = jobs.open_file(job_id=int(pk), access=self.access, acting_as=self.actor)
        return FileResponse(
            file,
            as_attachment=True,
            filename=job.file_name,
            content_type=MEDIA_TYPES[job.format],
            headers={"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"},
        )

    def _find(self, job_id: int) -> ExportJob:
        with tenancy.scope(self.access.organization_id):
            job: ExportJob | None = selectors.visible_to(self.access).filter(pk=job_id).first()
        if job is None:
            raise ExportNotFound()
        return job

    def _described(self, job: ExportJob) -> dict[str, Any]:
        has_file = job.status == ExportStatus.READY and not selectors.is_over(job)
        # A link is not for a file that is kept and handed on.
        return selectors.describe(job, link_to(job, self.request) if has_file and not self.is_page_of_file else None)
