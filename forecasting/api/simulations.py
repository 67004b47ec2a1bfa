"""What if, over HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from forecasting.models.policies import LONGEST_COVER, LONGEST_CYCLE, LONGEST_REVIEW, PolicyKind
from forecasting.selectors import simulations
from forecasting.selectors.simulations import MOST_SERIES, MOST_WEEKS, Question
from inventory_project.api.views import OrganizationView
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import PermissionRefused
from stock.api.serializers import amount, units
from stock.api.steps import checked
from stock.api.transfer_serializers import LARGEST, Input

MOST_NAMED = 5000


def _ids() -> serializers.ListField:
    child = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    return serializers.ListField(child=child, required=False, allow_empty=False, max_length=MOST_NAMED)


def _days(smallest: int, largest: int) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=smallest, max_value=largest, required=False)


class PolicyChangesSerializer(Input):
    """What is different. What is left out stays as it is today, product by product."""

    kind = serializers.ChoiceField(choices=PolicyKind.choices, required=False)
    service_level = serializers.DecimalField(
        max_digits=4, decimal_places=3, min_value=Decimal("0.5"), max_value=Decimal("0.999"), required=False
    )
    lead_time_days = _days(0, 365)
    review_days = _days(1, LONGEST_REVIEW)
    review_weekday = serializers.IntegerField(min_value=0, max_value=6, required=False, help_text="0 is Monday.")
    cycle_days = _days(1, LONGEST_CYCLE)
    factor = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal("0.1"), max_value=10, required=False
    )
    least = units(min_value=0, max_value=LARGEST, required=False)
    most = units(min_value=0, max_value=LARGEST, required=False)
    least_days = _days(0, LONGEST_COVER)
    most_days = _days(1, LONGEST_COVER)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "review_weekday" in attrs and attrs.get("review_days", 7) != 7:
            raise serializers.ValidationError({"review_weekday": ["A weekday goes with review_days 7."]})
        return attrs


class SimulationInputSerializer(Input):
    weeks = serializers.IntegerField(min_value=1, max_value=MOST_WEEKS, required=False, default=26)
    stores = _ids()
    products = _ids()
    category = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    policy = PolicyChangesSerializer(required=False)
    budget = serializers.DecimalField(
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
        help_text="Money for all orders of one night; needs the right to see costs.",
    )
    demand_factor = serializers.DecimalField(
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.1"),
        max_value=10,
        required=False,
        default=Decimal(1),
        help_text="1.2: customers want a fifth more in the weeks replayed, under both policies.",
    )


class SimulationOutcomeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    fill_rate = serializers.FloatField(allow_null=True, help_text="Share of known demand met; null without any.")
    stockout_days = serializers.IntegerField(help_text="Days on which a product missed a sale in a store.")
    stockout_share = serializers.FloatField(help_text="Of all days of all products in stores.")
    average_stock = serializers.FloatField(help_text="Units at night.")
    days_of_stock = serializers.FloatField(allow_null=True)
    orders = serializers.IntegerField()
    units_ordered = serializers.FloatField()
    money_tied_up = amount(required=False, help_text="Average stock at cost; only for callers who may see costs.")
    lost_sales = amount(help_text="Demand not met, at the sale price.")


class SimulationSerializer(serializers.Serializer):  # type: ignore[type-arg]
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    series = serializers.IntegerField(help_text="Products in stores.")
    series_left_out = serializers.IntegerField(help_text=f"Beyond the {MOST_SERIES:,} with the most expected sales.")
    today = SimulationOutcomeSerializer()
    what_if = SimulationOutcomeSerializer()


class SimulateView(OrganizationView):
    """The past once more under another policy. Nothing is changed by it."""

    scope_area = "stock"
    write_role = Role.STAFF
    opens_own_scope = True
    query_parameters = ()

    @extend_schema(
        summary="Replay the past under another restock policy, beside today's",
        description=(
            "Each policy orders at night from forecasts made of what was known by then; goods arrive in the morning, "
            "and what is not there is not sold. Four weeks before the first day are lived through and not counted."
        ),
        request=SimulationInputSerializer,
        responses={200: SimulationSerializer},
    )
    def post(self, request: Request) -> Response:
        data = checked(SimulationInputSerializer(data=request.data))
        if data["budget"] is not None and not self.access.sees_costs:
            raise PermissionRefused(
                "You do not have the right to see or set costs.",
                fields={"budget": ["Needs the right to see costs."]},
            )
        changes = {
            name: float(value) if isinstance(value, Decimal) else value
            for name, value in data.get("policy", {}).items()
        }
        question = Question(
            weeks=data["weeks"],
            stores=data.get("stores"),
            products=data.get("products"),
            category=data.get("category"),
            changes=changes,
            budget=None if data["budget"] is None else float(data["budget"]),
            demand_factor=float(data["demand_factor"]),
        )
        return Response(simulations.simulate(question, self.access))
