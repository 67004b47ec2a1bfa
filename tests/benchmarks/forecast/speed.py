"""Series a second: 730 days, 30 days ahead, the panel in memory, beside statsforecast's AutoETS in the same run."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import Calendar, fit_forecast
from tests.benchmarks.report import Row

SERIES, DAYS, HORIZON, THREADS = 100_000, 730, 30, 2
ETS_SERIES = 24
HORIZONS, LEVELS = (1, 7, 30), (0.5, 0.9, 0.95)
REPEATS = 3


def measure() -> list[Row]:
    """Means alone, and with nine quantiles; all days observed, and a tenth masked with launches in between."""
    dense = _panel()
    rows = [_ets(dense[:ETS_SERIES])]
    rows += _engine("every day observed", dense, rows[0].value, promised=True)
    rows += _engine("launches and masked days", _with_gaps(dense), rows[0].value, promised=False)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(Row("Peak memory of this process", round(memory), "MB", target="< 2000 MB", met=memory < 2000))
    return rows


def _panel() -> NDArray[np.float32]:
    """100,000 series, from one sale a fortnight to forty a day, with a week."""
    chance = np.random.default_rng(11)
    level = np.exp(chance.uniform(np.log(0.07), np.log(40), (SERIES, 1))).astype(np.float32)
    week = np.exp(chance.normal(0, 0.2, 7)).astype(np.float32)[np.arange(DAYS) % 7]
    out = np.empty((SERIES, DAYS), np.float32)
    for first in range(0, SERIES, 10_000):
        out[first : first + 10_000] = chance.poisson(level[first : first + 10_000] * week)
    return out


def _with_gaps(dense: NDArray[np.float32]) -> NDArray[np.float32]:
    chance = np.random.default_rng(12)
    launch = chance.integers(0, 500, (SERIES, 1)) * (chance.random((SERIES, 1)) < 0.3)
    sold_out = chance.random(dense.shape, dtype=np.float32) < 0.05
    dense[sold_out | (np.arange(DAYS) < launch)] = np.nan
    return dense


def _engine(kind: str, demand: NDArray[np.float32], ets: float, *, promised: bool) -> list[Row]:
    calendar, group = Calendar.daily("2024-01-01", DAYS + HORIZON), np.arange(SERIES) // 200

    def means() -> None:
        fit_forecast(demand, None, calendar, group, HORIZON, threads=THREADS)

    def quantiles() -> None:
        made = fit_forecast(demand, None, calendar, group, HORIZON, threads=THREADS)
        for days in HORIZONS:
            made.quantile(days, LEVELS)

    rows = []
    for what, work, target in (("Means", means, 20_000), ("Means and 9 quantiles", quantiles, 8_000)):
        rate, cpu = _rate(work, SERIES)
        limit, met = (f">= {target:,}", rate >= target) if promised else ("", None)
        rows.append(Row(f"{what}, {kind}", round(rate), "series/s", target=limit, met=met, cpu=cpu))
        if promised and what == "Means":
            rows.append(
                Row(
                    "Means, to AutoETS",
                    round(rate),
                    "series/s",
                    ets,
                    round(rate / ets),
                    ">= 1000 x",
                    rate >= 1000 * ets,
                )
            )
    return rows


def _ets(demand: NDArray[np.float32]) -> Row:
    """AutoETS(7), two series at a time as the engine has two threads."""
    import pandas as pd
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS

    def frame(series: NDArray[np.float32]) -> pd.DataFrame:
        dates = np.tile(Calendar.daily("2024-01-01", DAYS).dates, len(series))
        return pd.DataFrame({"unique_id": np.repeat(np.arange(len(series)), DAYS), "ds": dates, "y": series.ravel()})

    def work(series: NDArray[np.float32], jobs: int) -> None:
        StatsForecast(models=[AutoETS(season_length=7)], freq="D", n_jobs=jobs).forecast(df=frame(series), h=HORIZON)

    work(demand[:1], 1)  # compiles
    began = time.perf_counter()
    work(demand, THREADS)
    rate = len(demand) / (time.perf_counter() - began)
    return Row("AutoETS(7) of statsforecast, 2 processes", round(rate, 2), "series/s")


def _rate(work: Callable[[], None], items: int) -> tuple[float, dict[str, float]]:
    """The best of three runs, and the processor's microseconds a series in it."""
    best = (np.inf, 0.0)
    for _ in range(REPEATS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu))
    return items / best[0], {"engine": best[1] / items * 1e6}
