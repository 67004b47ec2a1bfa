"""The shapes of forecasts over HTTP. Shares are shares (0.12 is 12 %), null is what is not known."""

from __future__ import annotations

from rest_framework import serializers

from forecasting.choices import Method, RunStatus, State, Trigger

Shape = serializers.Serializer  # type: ignore[type-arg]


class ForecastTotalSerializer(Shape):
    days = serializers.IntegerField(help_text="The next so many days together.")
    units = serializers.FloatField(help_text="Expected units.")
    low = serializers.FloatField(help_text="Demand is below this 1 time in 20.")
    median = serializers.FloatField()
    high = serializers.FloatField(help_text="Demand stays within this 19 times in 20.")


class ForecastRowSerializer(Shape):
    id = serializers.CharField(help_text="Store and product: `<store id>-<product id>`; the same after every run.")
    store_id = serializers.IntegerField()
    store_code = serializers.CharField()
    store_name = serializers.CharField()
    product_id = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    first_day = serializers.DateField(help_text="The first day forecast, by the store's clock.")
    state = serializers.ChoiceField(State.choices)
    method = serializers.ChoiceField(Method.choices)
    observed_days = serializers.IntegerField(help_text="Days that say something about demand.")
    totals = ForecastTotalSerializer(many=True)
    stockout_days = serializers.IntegerField(help_text="Of the last 30 days, those it was sold out on.")
    lost_units = serializers.FloatField(help_text="What would have been sold on those days as well.")
    lost_money = serializers.FloatField(help_text="The same at today's sale price.")


class ForecastDaySerializer(Shape):
    date = serializers.DateField()
    units = serializers.FloatField()


class ForecastPatternSerializer(Shape):
    found = serializers.BooleanField()
    strength = serializers.FloatField(help_text="0 to 1.")


class ForecastComponentsSerializer(Shape):
    level = serializers.FloatField(help_text="Units on an ordinary day; level x trend x weekday x season is a day.")
    trend_30_days = serializers.FloatField()
    season_30_days = serializers.FloatField()
    weekdays = serializers.DictField(child=serializers.FloatField())
    average_7_days = serializers.FloatField()
    average_28_days = serializers.FloatField()
    weekly_pattern = ForecastPatternSerializer()
    yearly_pattern = ForecastPatternSerializer()
    half_life_days = serializers.FloatField(allow_null=True)
    windows_tested = serializers.IntegerField()


class ForecastBaselineSerializer(Shape):
    method = serializers.CharField()
    wape = serializers.FloatField(allow_null=True)
    bias = serializers.FloatField(allow_null=True)
    smape = serializers.FloatField(allow_null=True)
    mape = serializers.FloatField(allow_null=True)
    mase = serializers.FloatField(allow_null=True)
    rmsse = serializers.FloatField(allow_null=True)
    pinball_95 = serializers.FloatField(allow_null=True)


class ForecastMeasuresSerializer(Shape):
    units_tested = serializers.FloatField()
    wape = serializers.FloatField(allow_null=True, help_text="Units off, by units sold.")
    bias = serializers.FloatField(allow_null=True, help_text="Above 0: too high.")
    smape = serializers.FloatField(allow_null=True)
    mape = serializers.FloatField(allow_null=True, help_text="Over days with sales only.")
    mase = serializers.FloatField(allow_null=True)
    rmsse = serializers.FloatField(allow_null=True)
    coverage_95 = serializers.FloatField(allow_null=True, help_text="Weeks within the 95 % quantile; 0.95 is right.")
    pinball_95 = serializers.FloatField(allow_null=True)
    baseline = ForecastBaselineSerializer(help_text="The same of repeating the last week.")


class ForecastOneAccuracySerializer(ForecastMeasuresSerializer):
    days_tested = serializers.IntegerField()


class ForecastBacktestDaySerializer(Shape):
    date = serializers.DateField()
    forecast = serializers.FloatField()
    actual = serializers.FloatField()


class ForecastBacktestSerializer(Shape):
    first_day = serializers.DateField(allow_null=True)
    days = ForecastBacktestDaySerializer(many=True)


class ForecastAlternativeSerializer(Shape):
    method = serializers.CharField()
    method_used = serializers.CharField(help_text="Another where history is too short for the method.")
    totals = ForecastTotalSerializer(many=True)
    days = ForecastDaySerializer(many=True)
    coefficients = serializers.DictField(child=serializers.FloatField())
    wape = serializers.FloatField(allow_null=True)
    bias = serializers.FloatField(allow_null=True)


class ForecastSerializer(ForecastRowSerializer):
    run = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    sentences = serializers.ListField(child=serializers.CharField())
    days = ForecastDaySerializer(many=True)
    components = ForecastComponentsSerializer()
    accuracy = ForecastOneAccuracySerializer()
    backtest = ForecastBacktestSerializer()
    alternative = ForecastAlternativeSerializer(allow_null=True, help_text="Only with `method`.")


class ForecastProgressSerializer(Shape):
    parts_done = serializers.IntegerField()
    parts = serializers.IntegerField()
    percent = serializers.FloatField()
    seconds = serializers.FloatField()


class ForecastRunSerializer(Shape):
    id = serializers.IntegerField()
    trigger = serializers.ChoiceField(Trigger.choices)
    due_date = serializers.DateField()
    status = serializers.ChoiceField(RunStatus.choices)
    is_current = serializers.BooleanField(
        help_text="The one shown. A run of what an import changed is poured into it: `parameters.part_of`."
    )
    progress = ForecastProgressSerializer()
    series = serializers.IntegerField(allow_null=True, help_text="null: for callers who see some stores only.")
    counts = serializers.DictField(allow_null=True, help_text="Series by state and by method.")
    accuracy = serializers.DictField(allow_null=True)
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    parameters = serializers.DictField()
    code_version = serializers.CharField()
    cpu_seconds = serializers.FloatField()
    error = serializers.CharField(allow_blank=True)
    requested_by = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class ForecastAccuracyRowSerializer(Shape):
    """Measures of tests on the past; `by=time`: forecasts made then, beside what happened."""

    store_id = serializers.IntegerField(required=False)
    store_code = serializers.CharField(required=False)
    store_name = serializers.CharField(required=False)
    product_id = serializers.IntegerField(required=False)
    sku = serializers.CharField(required=False)
    product_name = serializers.CharField(required=False)
    first_day = serializers.DateField(required=False)
    days = serializers.IntegerField(required=False)
    series = serializers.IntegerField()
    series_tested = serializers.IntegerField(required=False)
    units_tested = serializers.FloatField(required=False)
    units = serializers.FloatField(required=False, help_text="What was sold.")
    forecast = serializers.FloatField(required=False)
    wape = serializers.FloatField(allow_null=True)
    bias = serializers.FloatField(allow_null=True)
    smape = serializers.FloatField(allow_null=True, required=False)
    mape = serializers.FloatField(allow_null=True, required=False)
    mase = serializers.FloatField(allow_null=True, required=False)
    rmsse = serializers.FloatField(allow_null=True, required=False)
    coverage_95 = serializers.FloatField(allow_null=True)
    pinball_95 = serializers.FloatField(allow_null=True, required=False)
    baseline = ForecastBaselineSerializer(required=False)
    lost_units = serializers.FloatField(required=False, allow_null=True)
    lost_money = serializers.FloatField(required=False, allow_null=True, help_text="Null where currencies differ.")
    currency = serializers.CharField(required=False, allow_null=True)


class ForecastAccuracySerializer(Shape):
    by = serializers.CharField()
    run = serializers.IntegerField(allow_null=True)
    made_at = serializers.DateTimeField(allow_null=True)
    results = ForecastAccuracyRowSerializer(many=True)


class PredictionRowSerializer(Shape):
    date = serializers.DateField(required=False)
    store_id = serializers.IntegerField(required=False)
    store_code = serializers.CharField(required=False)
    store = serializers.CharField(required=False)
    category_id = serializers.IntegerField(required=False, allow_null=True)
    category = serializers.CharField(required=False, allow_null=True)
    product_id = serializers.IntegerField(required=False)
    sku = serializers.CharField(required=False)
    product = serializers.CharField(required=False)
    units = serializers.FloatField()
    revenue = serializers.FloatField(allow_null=True, help_text="At today's sale prices; null where currencies differ.")


class PredictionsSerializer(Shape):
    by = serializers.CharField()
    days = serializers.IntegerField()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    currency = serializers.CharField(allow_null=True)
    currencies = serializers.ListField(child=serializers.CharField())
    run = serializers.IntegerField(allow_null=True)
    made_at = serializers.DateTimeField(allow_null=True)
    units = serializers.FloatField(help_text="Of the rows shown.")
    revenue = serializers.FloatField(allow_null=True)
    results = PredictionRowSerializer(many=True)
