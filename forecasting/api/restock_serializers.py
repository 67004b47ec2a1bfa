"""The shapes of restocking on the wire."""

from __future__ import annotations

from rest_framework import serializers

from forecasting.models import RestockPolicy
from forecasting.models.policies import PolicyKind
from forecasting.models.proposals import LineSource, LineStatus, ProposalStatus, ProposalTrigger
from forecasting.restock.decision import Binding
from inventory_project.api.fields import KnownFieldsOnly, ReferenceField, TextField, VersionField
from stock.api.serializers import amount, units
from stock.api.transfer_serializers import LARGEST, SMALLEST, Input

MOST_LINES = 5000
LARGEST_BUDGET = 10**12


class RestockPolicySerializer(KnownFieldsOnly, serializers.ModelSerializer):  # type: ignore[type-arg]
    """One rule. Fields that its kind does not read are kept and change nothing."""

    store = ReferenceField(source="store_id", required=False, allow_null=True)
    product = ReferenceField(source="product_id", required=False, allow_null=True)
    category = ReferenceField(source="category_id", required=False, allow_null=True)
    store_name = serializers.CharField(source="store.name", read_only=True, default=None, allow_null=True)
    store_code = serializers.CharField(source="store.code", read_only=True, default=None, allow_null=True)
    sku = serializers.CharField(source="product.sku", read_only=True, default=None, allow_null=True)
    product_name = serializers.CharField(source="product.name", read_only=True, default=None, allow_null=True)
    category_name = serializers.CharField(source="category.name", read_only=True, default=None, allow_null=True)
    version = VersionField()

    class Meta:
        model = RestockPolicy
        fields = [
            "store_name", "store_code", "sku", "product_name", "category_name",
            "id", "scope", "store", "product", "category", "abc_class", "kind", "service_level", "review_days",
            "review_weekday", "cycle_days", "factor", "least", "most", "least_days", "most_days", "lead_time_days",
            "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["id", "created_at", "updated_at"]
        # The constraints in the database judge what belongs together; see services.policies.
        validators: list[object] = []


class RestockProposeSerializer(Input):
    budget = serializers.DecimalField(
        max_digits=14,
        decimal_places=2,
        min_value=0,
        max_value=LARGEST_BUDGET,
        required=False,
        allow_null=True,
        default=None,
        help_text="Money for what is bought, in your currency; needs the right to see costs. Null: no limit.",
    )


class RestockProposalSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    trigger = serializers.ChoiceField(choices=ProposalTrigger.choices)
    status = serializers.ChoiceField(choices=ProposalStatus.choices)
    is_current = serializers.BooleanField(help_text="The one whose lines are shown and can be decided about.")
    run = serializers.IntegerField(allow_null=True, help_text="The forecast it was made from.")
    forecast_age = serializers.IntegerField(
        allow_null=True, help_text="Days old its forecast was; orders are of the days from the proposal's own on."
    )
    series = serializers.IntegerField(help_text="Products in stores that were looked at.")
    lines = serializers.IntegerField()
    lines_left_out = serializers.IntegerField(help_text="Lines the budget did not pay for.")
    budget = amount(allow_null=True, required=False, help_text="Only for callers who may see costs.")
    error = serializers.CharField()
    actor_label = serializers.CharField(help_text="Who asked for it.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class RestockLineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    proposal = serializers.IntegerField()
    is_current = serializers.BooleanField()
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    source = serializers.ChoiceField(choices=LineSource.choices)  # type: ignore[assignment]
    from_store = serializers.IntegerField(allow_null=True)
    from_store_name = serializers.CharField(allow_null=True)
    from_store_code = serializers.CharField(allow_null=True)
    supplier = serializers.IntegerField(allow_null=True)
    supplier_name = serializers.CharField(allow_null=True)
    sentence = serializers.CharField(help_text="The line in plain words.")
    quantity = units(help_text="Units proposed.")
    chosen = units(allow_null=True, help_text="What a person wants instead.")
    chosen_by = serializers.CharField()
    reason = serializers.CharField()
    accepted = units(allow_null=True, help_text="Units that went onto the paper.")
    kind = serializers.ChoiceField(choices=PolicyKind.choices)
    policy = serializers.IntegerField(allow_null=True, help_text="Null: what holds where no policy is set.")
    inventory_position = serializers.FloatField()
    reorder_point = serializers.FloatField()
    order_up_to = serializers.FloatField()
    safety_stock = serializers.FloatField()
    wanted = serializers.FloatField(help_text="Units before rounding to packs and minimum.")
    binding = serializers.ChoiceField(
        choices=[each.name.lower() for each in Binding], help_text="What set the quantity."
    )
    protection_days = serializers.IntegerField(help_text="Lead time + days between reviews - 1.")
    expected_demand = serializers.FloatField(help_text="Units in the protection days.")
    days_of_cover = serializers.FloatField(allow_null=True)
    rank = serializers.IntegerField(help_text="1 is the best use of money.")
    within_budget = serializers.BooleanField()
    unit_cost = amount(required=False, help_text="Only for callers who may see costs, as cost and margin_at_risk.")
    cost = amount(required=False)
    margin_at_risk = amount(required=False, help_text="Margin on the units expected to be short without the order.")
    status = serializers.ChoiceField(choices=LineStatus.choices)
    snoozed_until = serializers.DateField(allow_null=True)
    purchase = serializers.UUIDField(allow_null=True)
    transfer = serializers.UUIDField(allow_null=True)
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class LineStepSerializer(serializers.Serializer):  # type: ignore[type-arg]
    step = serializers.CharField()
    how = serializers.CharField()
    result = serializers.FloatField(help_text="Units, or days.")


class OverrideFiguresSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A person's own quantity beside the proposed one, looked at when its days were over."""

    sentence = serializers.CharField()
    person = serializers.CharField()
    reason = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    proposed = units()
    ordered = units()
    supply = units(help_text="What there was, or was coming, besides this order.")
    sold = units()
    sold_out_days = serializers.IntegerField(help_text="Days that ended with nothing left: more might have been sold.")
    demand = units(help_text="What was sold; on days that ended sold out at least what was expected.")
    short_proposed = units(help_text="Units of demand the proposed quantity would not have met.")
    short_ordered = units()
    left_proposed = units(help_text="Units of the proposed quantity, and of what was there, beyond demand.")
    left_ordered = units()
    margin_missed_proposed = amount(required=False, help_text="Short x margin; only for callers who may see costs.")
    margin_missed_ordered = amount(required=False)
    cost_left_proposed = amount(required=False, help_text="Left x cost: money tied up, not lost.")
    cost_left_ordered = amount(required=False)


class OverrideSerializer(OverrideFiguresSerializer):
    id = serializers.IntegerField()
    line = serializers.IntegerField()
    store = serializers.IntegerField()
    store_name = serializers.CharField()
    store_code = serializers.CharField()
    currency = serializers.CharField()
    product = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    judged_at = serializers.DateTimeField()


class OverrideTotalSerializer(serializers.Serializer):  # type: ignore[type-arg]
    person = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)
    store = serializers.IntegerField(required=False)
    store_name = serializers.CharField(required=False)
    product = serializers.IntegerField(required=False)
    sku = serializers.CharField(required=False)
    product_name = serializers.CharField(required=False)
    currency = serializers.CharField()
    lines = serializers.IntegerField()
    shorter = serializers.IntegerField(help_text="Lines that left more demand unmet than the proposal would have.")
    less_short = serializers.IntegerField(help_text="Lines that left less demand unmet.")
    short_proposed = units()
    short_ordered = units()
    left_proposed = units()
    left_ordered = units()
    margin_missed_proposed = amount(required=False, help_text="Only for callers who may see costs, as all money.")
    margin_missed_ordered = amount(required=False)
    cost_left_proposed = amount(required=False)
    cost_left_ordered = amount(required=False)


class OverrideTotalsSerializer(serializers.Serializer):  # type: ignore[type-arg]
    by = serializers.CharField()
    results = OverrideTotalSerializer(many=True)


class RestockLineDetailSerializer(RestockLineSerializer):
    outcome = OverrideFiguresSerializer(
        allow_null=True, help_text="Of a quantity a person changed, once its protection days are over."
    )
    steps = LineStepSerializer(many=True)
    inputs = serializers.DictField(help_text="Everything the quantity was computed from.")


class RestockLineEditSerializer(Input):
    quantity = units(min_value=SMALLEST, max_value=LARGEST, allow_null=True, help_text="Null takes the choice back.")
    reason = TextField(
        max_length=300, required=False, allow_blank=True, default="", help_text="Needed with a quantity."
    )
    version = VersionField()


class RestockDismissSerializer(Input):
    reason = TextField(max_length=300, required=False, allow_blank=True, default="")


class RestockSnoozeSerializer(Input):
    until = serializers.DateField(help_text="A day after today, at most 90 days away.")


class RestockAcceptSerializer(Input):
    lines = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), allow_empty=False, max_length=MOST_LINES
    )
    fresh = serializers.BooleanField(
        required=False, default=False, help_text="Take the quantities of this moment where stock has moved since."
    )


class RestockPaperSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    number = serializers.CharField()
    lines = serializers.IntegerField()


class PurchasePaperSerializer(RestockPaperSerializer):
    supplier = serializers.IntegerField()
    store = serializers.IntegerField()


class TransferPaperSerializer(RestockPaperSerializer):
    from_store = serializers.IntegerField()
    to_store = serializers.IntegerField()


class RestockAcceptedSerializer(serializers.Serializer):  # type: ignore[type-arg]
    accepted = serializers.IntegerField()
    purchases = PurchasePaperSerializer(many=True)
    transfers = TransferPaperSerializer(many=True)
    changed = serializers.DictField(help_text="By line: its position and quantity then and now.")
    dropped = serializers.ListField(child=serializers.IntegerField(), help_text="Lines nothing is needed for any more.")


class RestockReplaySerializer(serializers.Serializer):  # type: ignore[type-arg]
    same = serializers.BooleanField(help_text="Whether the same numbers came out, to the last bit.")
    stored = serializers.DictField()
    replayed = serializers.DictField()
