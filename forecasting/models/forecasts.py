"""Forecasts of series, and of groups of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from forecasting.choices import Method, State
from forecasting.models import fields
from forecasting.models.base import ForecastingModel, reference


class Forecast(ForecastingModel):
    """What one product will sell in one store, by one run.

    Units of the next n days together are `units_n`; `low`, `median`, `high` are their quantiles of 5, 50 and 95 % for
    1, 7, 14 and 30 days (choices.DAYS); `variance` theirs for 1, 7, 14, 30 and 60 days (choices.SPREAD_DAYS). Quantiles
    of any other days and level: selectors.demand.
    """

    pk = models.CompositePrimaryKey("organization_id", "run_id", "store_id", "product_id")
    run = reference("forecasting.ForecastRun")
    store = reference("stores.Store")
    product = reference("catalog.Product")
    chunk = reference("forecasting.ForecastChunk")
    # The first day forecast, by the store's clock: mean[i] is for first_day + i.
    first_day = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices)
    method = models.CharField(max_length=20, choices=Method.choices)
    # engine.Flag
    flags = models.SmallIntegerField()
    # Days that say something about demand, and days sold out among the last 30.
    observed_days = models.IntegerField()
    stockout_days = models.SmallIntegerField()
    # Units a day.
    mean = fields.reals()
    units_1 = models.FloatField()
    units_7 = models.FloatField()
    units_14 = models.FloatField()
    units_30 = models.FloatField()
    low = fields.reals()
    median = fields.reals()
    high = fields.reals()
    variance = fields.reals()
    # Why: mean = level x trend x weekday x season, roughly (events in the season); see selectors.explanation.
    level = fields.Real()
    trend = fields.Real()
    season = fields.Real()
    weekday = fields.reals()
    average_7 = fields.Real()
    average_28 = fields.Real()
    weekly_strength = fields.Real()
    yearly_strength = fields.Real()
    weekly_found = models.BooleanField()
    yearly_found = models.BooleanField()
    # Units it would have sold in the last 30 days on days it was sold out, and their value at the sale price.
    lost_units = models.FloatField()
    lost_money = models.FloatField()
    # The newest window of the backtest: what would have been said of the last days; empty without one.
    tested = fields.reals()
    # Sums over the backtest's windows (engine.accuracy.ErrorSums), which add up to anything; `base_` is the baseline's.
    test_days = models.FloatField()
    test_units = models.FloatField()
    test_forecast = models.FloatField()
    test_absolute = models.FloatField()
    test_squared = models.FloatField()
    test_symmetric = models.FloatField()
    test_percentage = models.FloatField()
    test_selling_days = models.FloatField()
    base_forecast = models.FloatField()
    base_absolute = models.FloatField()
    base_squared = models.FloatField()
    base_symmetric = models.FloatField()
    base_percentage = models.FloatField()
    # What MASE and RMSSE measure by; null where history never changed.
    scale_absolute = models.FloatField(null=True)
    scale_squared = models.FloatField(null=True)
    # Windows of 7 days tested, those whose demand stayed within the 95 % quantile, and the quantile's loss.
    windows = models.FloatField()
    covered = models.FloatField()
    pinball = models.FloatField()
    base_pinball = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="forecast_state_known"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="forecast_method_known"),
            models.CheckConstraint(
                condition=Q(units_1__gte=0, units_7__gte=0, units_14__gte=0, units_30__gte=0),
                name="forecast_units_not_negative",
            ),
            # Of fewer than seven days no figure is the series' own.
            models.CheckConstraint(
                condition=Q(observed_days__gte=7) | ~Q(state__in=[State.OK, State.SHORT_HISTORY]),
                name="forecast_of_its_own_needs_seven_days",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "product", "run"], name="forecast_by_product"),
        ]


class GroupForecast(ForecastingModel):
    """The series of one store and category in one chunk, added up: units and money a day."""

    pk = models.CompositePrimaryKey("organization_id", "run_id", "chunk_id", "place")
    run = reference("forecasting.ForecastRun")
    chunk = reference("forecasting.ForecastChunk")
    place = models.IntegerField()
    store = reference("stores.Store")
    category = reference("catalog.Category", null=True)
    first_day = models.DateField()
    series = models.IntegerField()
    mean = fields.floats()
    revenue = fields.floats()


class ForecastPromise(ForecastingModel):
    """What a nightly run expected of a store's products, kept until the days have come: `units_n` belongs to
    `product_ids`."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "first_day")
    store = reference("stores.Store")
    first_day = models.DateField()
    product_ids = fields.ids()
    units_1 = fields.reals()
    units_7 = fields.reals()
    units_30 = fields.reals()
    # 95 % quantile of 7 days.
    high_7 = fields.reals()
    # Which of the three sums have been compared with what happened.
    judged = models.SmallIntegerField(default=0)


class ForecastOutcome(ForecastingModel):
    """Forecast made then, beside what happened: sums over a store's products of `days` days from `first_day`."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "first_day", "days")
    store = reference("stores.Store")
    first_day = models.DateField()
    days = models.SmallIntegerField()
    series = models.IntegerField()
    units = models.FloatField()
    forecast = models.FloatField()
    # Sum of |forecast - units| and of their squares, series by series.
    absolute = models.FloatField()
    squared = models.FloatField()
    # Series whose demand stayed within the 95 % quantile; known for 7 days only.
    covered = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__in=[1, 7, 30]), name="forecast_outcome_days_known"),
        ]
