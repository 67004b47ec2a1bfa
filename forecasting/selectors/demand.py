"""Expected demand over any number of days and its quantiles, for whoever decides what to order.

Timing (docs/forecasting.md): an order placed tonight that arrives before opening L days from now must last until the
next one can arrive: with a review every R nights these are L + R - 1 days from tomorrow on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from forecasting.choices import SPREAD_DAYS
from forecasting.engine import Flag
from forecasting.engine.calibration import OFFSET
from forecasting.engine.sums import Spread, sums
from forecasting.models import Forecast, ForecastChunk
from inventory_project.kernel import clock
from stores.models import Store


@dataclass(frozen=True, slots=True)
class Demand:
    """The current forecasts of N series, in order of store and product. `mean` (N, H) units a day from `first_day` on;
    `chunks` how the sums of each one's chunk stray."""

    store_ids: NDArray[np.int64]
    product_ids: NDArray[np.int64]
    first_day: list[date]
    state: list[str]
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    fractional: NDArray[np.bool_]
    chunk_ids: NDArray[np.int64]
    spreads: dict[int, Spread]
    # Days the oldest of these forecasts begins before its store's today, where they were moved to begin there.
    age: int = 0

    def total(self, days: int) -> NDArray[np.float64]:
        """(N,) expected demand of the next `days` days, units; beyond the days forecast as in the last four weeks."""
        return sums(self.mean, days)

    def quantile(self, days: int, level: float) -> NDArray[np.float64]:
        """(N,) units that demand of the next `days` days stays within with probability `level`."""
        out = np.zeros(len(self.store_ids))
        for chunk, spread in self.spreads.items():
            at = self.chunk_ids == chunk
            out[at] = spread.quantile(self.mean[at], self.variance[at], days, level, self.fractional[at])
        return out


def of(*, store_ids: Sequence[int] | None = None, product_ids: Sequence[int] | None = None) -> Demand:
    """The bound organisation's current forecasts, of some stores and products or all; two queries."""
    found = Forecast.objects.filter(run__is_current=True)
    if store_ids is not None:
        found = found.filter(store_id__in=store_ids)
    if product_ids is not None:
        found = found.filter(product_id__in=product_ids)
    fields = ("store_id", "product_id", "first_day", "state", "mean", "variance", "flags", "chunk_id")
    rows = list(found.order_by("store_id", "product_id").values_list(*fields))
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    chunk_ids = np.array(columns[7], np.int64)
    kept = ForecastChunk.objects.filter(pk__in=np.unique(chunk_ids).tolist()).values_list("pk", "spread")
    return Demand(
        store_ids=np.array(columns[0], np.int64),
        product_ids=np.array(columns[1], np.int64),
        first_day=list(columns[2]),
        state=list(columns[3]),
        mean=_table(columns[4]),
        variance=_table(columns[5]),
        fractional=(np.array(columns[6], np.int64) & Flag.FRACTIONAL) > 0,
        chunk_ids=chunk_ids,
        spreads={pk: Spread.from_json(spread) for pk, spread in kept},
    )


def from_today(found: Demand) -> Demand:
    """The same from each store's today on: days that are over are left out. One query for the stores' clocks.

    What is missing at the end goes on as in the last 28 days known, and sums stray as much for their size as before
    (the factor phi of `engine.sums`, so the variance follows the demand of the new days).
    """
    now = clock.now()
    zones = Store.objects.filter(pk__in=np.unique(found.store_ids).tolist()).values_list("pk", "time_zone")
    today = {pk: now.astimezone(ZoneInfo(zone)).date() for pk, zone in zones}
    places = zip(found.store_ids.tolist(), found.first_day, strict=True)
    ages = np.array([max(0, (today.get(store, first) - first).days) for store, first in places], np.int64)
    if not ages.any():
        return found
    mean, variance = found.mean.copy(), found.variance.copy()
    for age in np.unique(ages[ages > 0]).tolist():
        rows = np.flatnonzero(ages == age)
        mean[rows] = _moved(found.mean[rows], age)
        for place, days in enumerate(SPREAD_DAYS):
            before, after = (sums(each[rows], days) + OFFSET for each in (found.mean, mean))
            variance[rows, place] *= after / before
    first_day = [day + timedelta(days=age) for day, age in zip(found.first_day, ages.tolist(), strict=True)]
    return replace(found, mean=mean, variance=variance, first_day=first_day, age=int(ages.max()))


def _moved(mean: NDArray[np.float64], age: int) -> NDArray[np.float64]:
    """(N, H) the days after the first `age`."""
    usual = mean[:, -28:].mean(1, keepdims=True)
    kept = mean[:, age:]
    return np.concatenate([kept, np.repeat(usual, mean.shape[1] - kept.shape[1], axis=1)], axis=1)


def _table(rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """(N, K); without rows (0, 1)."""
    return np.array(rows, float) if len(rows) else np.zeros((0, 1))
