"""Sales as the API shows them. Money is null where it is not known, or of several currencies."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from stock.selectors.sales import By


def amount(**options: Any) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, **options)


class SalesFiguresSerializer(serializers.Serializer):  # type: ignore[type-arg]
    units = amount(help_text="Sold less returned, history files included.")
    history_units = amount(help_text="Of these, known from history files only.")
    revenue = amount()
    average_price = amount(help_text="revenue / (units - history_units)")
    transactions = serializers.IntegerField(allow_null=True, help_text="Sales less reversed ones.")
    gross_margin = amount(required=False, help_text="Only for callers who may see costs.")
    margin_percent = amount(required=False)
    margin_covers_percent = amount(required=False, help_text="Share of the revenue whose cost is known.")


class ComparedSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """All null when the former period is not wholly known."""

    units = amount()
    revenue = amount()
    units_growth = amount(help_text="Percent; null when there was nothing to grow from.")
    revenue_growth = amount()


class SalesRowSerializer(SalesFiguresSerializer):
    """Named by date, store, category or product, as `by` says."""

    date = serializers.DateField(required=False)
    store_id = serializers.IntegerField(required=False)
    store_code = serializers.CharField(required=False)
    store = serializers.CharField(required=False)
    region = serializers.CharField(required=False)
    category_id = serializers.IntegerField(required=False, allow_null=True)
    category = serializers.CharField(required=False, allow_null=True)
    product_id = serializers.IntegerField(required=False)
    sku = serializers.CharField(required=False)
    product = serializers.CharField(required=False)
    share_percent = amount(help_text="Share of all units of the period.")
    previous = ComparedSerializer()
    year_before = ComparedSerializer()


class SalesHeadSerializer(serializers.Serializer):  # type: ignore[type-arg]
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    days = serializers.IntegerField()
    known_since = serializers.DateField(allow_null=True, help_text="The first day anything is known of the stores.")
    currency = serializers.CharField(allow_null=True, help_text="null: the stores have several, see `currencies`.")
    currencies = serializers.ListField(child=serializers.CharField())


class AggregatedSalesSerializer(SalesHeadSerializer):
    by = serializers.ChoiceField(choices=list(By))
    totals = SalesFiguresSerializer()
    rows_left_out = serializers.IntegerField()
    results = SalesRowSerializer(many=True)


class FormerPeriodSerializer(ComparedSerializer):
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    known = serializers.BooleanField()


class BestDaySerializer(SalesFiguresSerializer):
    date = serializers.DateField()


class SalesMetricsSerializer(SalesHeadSerializer):
    totals = SalesFiguresSerializer()
    days_known = serializers.IntegerField()
    days_with_sales = serializers.IntegerField()
    units_per_day = amount(help_text="units / days_known")
    best_day = BestDaySerializer(allow_null=True)
    trend_units_per_day = amount(help_text="How many units more each day sells than the one before; least squares.")
    previous = FormerPeriodSerializer()
    year_before = FormerPeriodSerializer()
