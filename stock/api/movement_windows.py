"""What moved of late over HTTP, for a screen that asks every few seconds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Organization
from inventory_project.api.files import File
from inventory_project.api.views import OrganizationView
from inventory_project.kernel import clock
from stock.api import choosing
from stock.api.sales_choosing import word
from stock.selectors import movement_windows
from stock.selectors.movement_windows import WINDOWS, Window
from stores import selectors as stores

WINDOW = OpenApiParameter("window", str, enum=list(WINDOWS), description="1h when left out.")
PARAMETERS = [WINDOW, *choosing.STORES]


class MovedSerializer(serializers.Serializer):  # type: ignore[type-arg]
    units_in = serializers.FloatField()
    units_out = serializers.FloatField()
    movements = serializers.IntegerField()


class StepSerializer(MovedSerializer):
    starts_at = serializers.DateTimeField()


class CategoryMovedSerializer(MovedSerializer):
    category_id = serializers.IntegerField(allow_null=True)
    category = serializers.CharField(allow_null=True)


class WindowSerializer(serializers.Serializer):  # type: ignore[type-arg]
    window = serializers.ChoiceField(choices=list(WINDOWS))
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="The end of the step that is going on.")
    step_seconds = serializers.IntegerField()
    time_zone = serializers.CharField(help_text="Whose midnight `today` begins at.")
    totals = MovedSerializer()


class TimelineSerializer(WindowSerializer):
    results = StepSerializer(many=True)


class ByCategorySerializer(WindowSerializer):
    results = CategoryMovedSerializer(many=True)


class WindowView(OrganizationView, ABC):
    """A window over the movements of the chosen stores, by the time they took effect."""

    scope_area = "reports"
    query_parameters = ("window", "store", "region")

    @abstractmethod
    def rows(self, shown: Window, store_ids: list[int] | None) -> list[dict[str, Any]]:
        """What moved in the window in these stores (None: all of them); each view says by what."""

    def answer(self, request: Request) -> Any:
        name = word(request, "window", WINDOWS, "1h")
        store_ids, zone = self._stores(request)
        shown = movement_windows.window(name, now=clock.now(), zone=zone)
        found = self.rows(shown, store_ids)
        return Response(
            {
                "window": name,
                "begins_at": shown.begins,
                "ends_at": shown.ends,
                "step_seconds": int(shown.step.total_seconds()),
                "time_zone": zone,
                "totals": movement_windows.total(found),
                "results": found,
            }
        )

    def _stores(self, request: Request) -> tuple[list[int] | None, str]:
        """The chosen stores (None: all), and the clock they share: their own where it is one, else the company's."""
        chosen = list(choosing.stores(stores.visible_to(self.access), request).values_list("id", "time_zone"))
        home = Organization.objects.values_list("time_zone", flat=True).get(id=self.access.organization_id)
        zones = {zone for _, zone in chosen}
        asked = request.query_params
        everything = self.access.store_ids is None and not any(asked.getlist("store")) and not asked.get("region")
        return None if everything else [id for id, _ in chosen], zones.pop() if len(zones) == 1 else home


class MovementTimelineView(WindowView):
    """In and out, step by step."""

    files = {"get": File("movement-timeline", StepSerializer)}

    @extend_schema(summary="What came in and out, step by step", parameters=PARAMETERS, responses=TimelineSerializer)
    def get(self, request: Request) -> Any:
        return self.answer(request)

    def rows(self, shown: Window, store_ids: list[int] | None) -> list[dict[str, Any]]:
        return movement_windows.timeline(shown, store_ids=store_ids)


class MovementsByCategoryView(WindowView):
    """In and out by category."""

    files = {"get": File("movements-by-category", CategoryMovedSerializer)}

    @extend_schema(summary="What came in and out, by category", parameters=PARAMETERS, responses=ByCategorySerializer)
    def get(self, request: Request) -> Any:
        return self.answer(request)

    def rows(self, shown: Window, store_ids: list[int] | None) -> list[dict[str, Any]]:
        return movement_windows.by_category(shown, store_ids=store_ids)
