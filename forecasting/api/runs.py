"""Runs over HTTP: how far they are, and asking for one."""

from __future__ import annotations

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from forecasting.api.serializers import ForecastRunSerializer
from forecasting.choices import RunStatus, Trigger
from forecasting.errors import RunNotFound
from forecasting.models import ForecastRun
from forecasting.selectors import runs as selectors
from forecasting.services import runs
from inventory_project.api.files import File
from inventory_project.api.views import OrganizationView, OrganizationViewSet
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role


class RunFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=RunStatus.choices, distinct=False)
    trigger = django_filters.MultipleChoiceFilter(choices=Trigger.choices, distinct=False)


@extend_schema_view(list=extend_schema(summary="List forecast runs, newest first"))
class RunViewSet(OrganizationViewSet):
    """Forecasts of everything: queued, running, finished or failed."""

    scope_area = "reports"
    queryset = ForecastRun.unscoped.none()
    serializer_class = ForecastRunSerializer
    files = {"list": File("forecast-runs")}
    filterset_class = RunFilter
    ordering = ("-id",)
    ordering_fields = ["id"]

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(selectors.all_runs())) or []
        return self.get_paginated_response([selectors.describe(run, self.access) for run in page])

    @extend_schema(summary="Read a forecast run: progress, counts, accuracy", responses=ForecastRunSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        run = selectors.all_runs().filter(pk=int(pk)).first()
        if run is None:
            raise RunNotFound()
        return Response(selectors.describe(run, self.access))


class RetrainView(OrganizationView):
    """Ask for forecasts anew."""

    scope_area = "reports"
    write_role = Role.MANAGER
    opens_own_scope = True
    query_parameters: tuple[str, ...] = ()

    @extend_schema(
        summary="Forecast everything anew (managers)",
        description="A worker does it; poll the run. While one that was asked for waits, the answer is that one.",
        request=None,
        responses={202: ForecastRunSerializer},
    )
    def post(self, request: Request) -> Response:
        organization_id = self.access.organization_id
        run_id = runs.request(organization_id=organization_id, trigger=Trigger.ON_DEMAND, acting_as=self.actor)
        with tenancy.scope(organization_id):
            answer: dict[str, Any] = selectors.describe(selectors.all_runs().get(pk=run_id), self.access)
        return Response(answer, status=202)
