"""Paths for developers, served only where ENABLE_DEVELOPMENT_ENDPOINTS (or DEBUG) says so."""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.urls import re_path
from drf_spectacular.utils import extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project import tasks
from inventory_project.api.views import OrganizationView
from inventory_project.demo import dummy
from inventory_project.kernel import queue, redis
from inventory_project.kernel.access import Role

PATIENCE_SECONDS = 3.0
LOOK_SECONDS = 0.02


class DummyRequestSerializer(serializers.Serializer):  # type: ignore[type-arg]
    stores = serializers.IntegerField(min_value=1, max_value=10, default=2)
    products = serializers.IntegerField(min_value=1, max_value=200, default=10)
    movements = serializers.IntegerField(min_value=0, max_value=5000, default=100)


class DummyAnswerSerializer(serializers.Serializer):  # type: ignore[type-arg]
    stores = serializers.ListField(child=serializers.CharField(), help_text="Codes of the stores made.")
    products = serializers.ListField(child=serializers.CharField(), help_text="SKUs of the products made.")
    applied = serializers.IntegerField()
    rejected = serializers.IntegerField()


class QueueAnswerSerializer(serializers.Serializer):  # type: ignore[type-arg]
    queue = serializers.ChoiceField(["ok", "unavailable"])
    worker_answered = serializers.BooleanField()
    milliseconds = serializers.FloatField(help_text="From ringing the task to its answer, or to giving up.")


class DevelopmentView(OrganizationView):
    scope_area = "settings"
    read_role = write_role = Role.ADMIN
    opens_own_scope = True
    schema_tag = "development"


class GenerateDummyDataView(DevelopmentView):
    @extend_schema(
        summary="Make dummy stores, products and movements",
        description="Development only. They land in the caller's own organisation, through the ledger.",
        request=DummyRequestSerializer,
        responses={201: DummyAnswerSerializer},
    )
    def post(self, request: Request) -> Response:
        form = DummyRequestSerializer(data=request.data or {})
        form.is_valid(raise_exception=True)
        return Response(dummy.generate(**form.validated_data, access=self.access, acting_as=self.actor), status=201)


class TestCeleryView(DevelopmentView):
    @extend_schema(
        summary="Ring a worker and wait for its answer",
        description="Development only. The task goes through the real broker.",
        responses=QueueAnswerSerializer,
    )
    def get(self, request: Request) -> Response:
        started = time.monotonic()
        key = f"echo:{secrets.token_hex(8)}"
        rung = queue.ring(tasks.ECHO, key=key)
        answered = rung and _answered(key, started + PATIENCE_SECONDS)
        body: dict[str, Any] = {"queue": "ok" if rung else "unavailable", "worker_answered": answered}
        return Response({**body, "milliseconds": round((time.monotonic() - started) * 1000, 1)})


def _answered(key: str, deadline: float) -> bool:
    while time.monotonic() < deadline:
        try:
            if redis.client().getdel(key):
                return True
        except RedisError:
            return False
        time.sleep(LOOK_SECONDS)
    return False


urlpatterns = [
    re_path(r"^generate-dummy-data/?$", GenerateDummyDataView.as_view(), name="generate-dummy-data"),
    re_path(r"^test-celery/?$", TestCeleryView.as_view(), name="test-celery"),
]
