"""Restocking replayed: how much stock the seed rule needs, and the quantile policy, for the same service.

The seed rule orders 1.2 x the 7-day forecast of a linear regression whenever less than that forecast is on the shelf,
every night, whatever is on order already (`literal`), or with what is on order counted (`on position`). Lead time 7
days, reviewed every night, forecasts of both sides made anew every week from the past alone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import Calendar
from forecasting.restock import past as pasts
from forecasting.restock.asking import Terms
from forecasting.restock.decision import Levels, levels_of
from forecasting.restock.inputs import Kind
from forecasting.restock.past import Past
from forecasting.restock.simulate import Outcome, Shop, review_nights
from tests.benchmarks.forecast import rivals
from tests.benchmarks.report import Row, below
from tests.forecasting.engine.shops import chain
from tests.support.sales_files import STORE_ITEMS, store_items

LEAD, REFRESH, WARMUP = 7, 7, 28
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999)
YEAR = 364


@dataclass(frozen=True)
class Compared:
    """Fill rates 0..1, and average stock in units of all series together."""

    literal_fill: float
    literal_stock: float
    position_fill: float
    position_stock: float
    fills: list[float]
    stocks: list[float]

    @property
    def stock_share(self) -> float:
        """Stock of the quantile policy at the literal rule's fill rate, as a share of the literal rule's."""
        order = np.argsort(self.fills)
        needed = np.interp(self.literal_fill, np.array(self.fills)[order], np.array(self.stocks)[order])
        return float(needed / self.literal_stock)

    @property
    def points_gained(self) -> float:
        """Percentage points of fill rate more than the rule on position has, at its stock."""
        order = np.argsort(self.stocks)
        found = np.interp(self.position_stock, np.array(self.stocks)[order], np.array(self.fills)[order])
        return float(100 * (found - self.position_fill))


def compare(
    demand: NDArray[np.float32], dates: NDArray[np.datetime64], group: NDArray[np.int64], days: int
) -> Compared:
    """Replay the last `days` of these series."""
    count, start = len(demand), demand.shape[1] - days
    calendar = Calendar(np.arange(dates[0], dates[-1] + 1 + pasts.HORIZON, dtype="datetime64[D]"))
    past = Past(demand, np.ones(demand.shape, bool), calendar, group, start)
    first = np.ceil(demand[:, start - 28 : start].mean(1).astype(float) * (LEAD + 7))
    ones = np.ones(count)
    shop = Shop(np.full(count, LEAD), ones, ones, ones, 2 * ones, first)
    replay = partial(pasts.replayed, past, shop=shop, reviews=review_nights(days, 0, 1), refresh=REFRESH, warmup=WARMUP)
    seeds = [_seed(past, cut) for cut in range(start, demand.shape[1], REFRESH)]
    literal, position = replay(seeds, netting=False), replay(seeds)
    forecasts, terms = pasts.fitted(past, REFRESH), _terms(count)
    own = [replay(pasts.levels_of(forecasts, terms.changed(service_level=level))) for level in LEVELS]
    return Compared(
        _fill(literal), _stock(literal), _fill(position), _stock(position), [*map(_fill, own)], [*map(_stock, own)]
    )


def _seed(past: Past, cut: int) -> Levels:
    calendar = Calendar(past.calendar.dates[: cut + 7])
    week = rivals.classical("regression", past.demand[:, :cut], calendar, 7).sum(1, dtype=float)
    week = np.maximum(week, 0.0)
    return levels_of(week, 2.2 * week, np.zeros(len(week)), 1.2 * week)


def _terms(count: int) -> Terms:
    def whole(value: int) -> NDArray[np.int64]:
        return np.full(count, value)

    def real(value: float) -> NDArray[np.float64]:
        return np.full(count, value)

    return Terms(
        kinds=[Kind.QUANTILE] * count,
        lead_days=whole(LEAD),
        review_days=whole(1),
        cycle_days=whole(7),
        least_days=whole(0),
        most_days=whole(14),
        service_level=real(0.95),
        factor=real(1.2),
        lead_deviation=real(0.0),
        least=real(0.0),
        most=real(np.nan),
        pack=real(1.0),
        moq=real(1.0),
    )


def _fill(found: Outcome) -> float:
    return float(found.sold.sum() / found.demanded.sum())


def _stock(found: Outcome) -> float:
    return float(found.average_stock.sum())


def seeded() -> Compared:
    """A chain whose demand is drawn here: the same in every run."""
    made = chain(series=60, days=800, groups=6, seed=7)
    return compare(made.demand, made.calendar.dates, made.group, 26 * 7)


def real(folder: Path) -> Compared:
    """A year of 500 real series."""
    demand, dates = store_items(folder / STORE_ITEMS)
    return compare(demand, dates, np.zeros(len(demand), np.int64), YEAR)


def what_if() -> Row:
    """1,000 series, 26 weeks after a warm-up, today's policy and another one, as the what-if works them out."""
    made = chain(series=1000, days=730, groups=20, seed=9)
    days = 26 * 7 + WARMUP
    calendar = Calendar(np.arange(made.calendar.dates[0], made.calendar.dates[0] + 730 + pasts.HORIZON))
    past = Past(made.demand, np.ones(made.demand.shape, bool), calendar, made.group, 730 - days)
    began, cpu = time.perf_counter(), time.process_time()
    forecasts, ones = pasts.fitted(past, 14), np.ones(1000)
    for level in (0.95, 0.98):
        levels = pasts.levels_of(forecasts, _terms(1000).changed(service_level=level))
        shop = Shop(np.full(1000, LEAD), ones, ones, ones, 2 * ones, pasts.first_stock(levels[0]))
        pasts.replayed(past, levels, shop, review_nights(days, 0, 1), refresh=14, warmup=WARMUP)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    return below("What-if: 1,000 series x 26 weeks x 2 policies", wall, "s", limit=10, seconds=round(cpu, 2))


def measure(folder: Path | None) -> list[Row]:
    """The promises, on drawn demand and, where it is there, on real sales."""
    rows = [what_if(), *_rows("drawn demand", seeded())]
    return rows if folder is None else rows + _rows("store items", real(folder))


def _rows(name: str, found: Compared) -> list[Row]:
    share, points = found.stock_share, found.points_gained
    return [
        Row(
            f"Restock 7-day lead, {name}: stock at equal fill, to the seed rule", round(share, 3), "x",
            target="<= 0.40", met=share <= 0.40,
        ),
        Row(
            f"Restock 7-day lead, {name}: fill at equal stock, over the seed rule on position", round(points, 2),
            "points", target=">= 1", met=points >= 1.0,
        ),
    ]  # fmt: skip
