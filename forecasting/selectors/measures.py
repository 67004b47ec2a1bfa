"""The measures of accuracy as SQL over forecasts: sums of errors add up over any set of series.

Money does not: `lost_money` is null where the series' stores have several currencies, and so is `currency`. The rows
measured have their store's `currency`."""

from __future__ import annotations

from typing import Any

NAMES = ("wape", "bias", "smape", "mape", "mase", "rmsse")

# {p} is the prefix of the sums: the forecast's own, or the baseline's.
_OF = """
       sum({p}_absolute) / nullif(sum(test_units), 0) AS {p}_wape,
       (sum({p}_forecast) - sum(test_units)) / nullif(sum(test_units), 0) AS {p}_bias,
       sum({p}_symmetric) / nullif(sum(test_days), 0) AS {p}_smape,
       sum({p}_percentage) / nullif(sum(test_selling_days), 0) AS {p}_mape,
       avg({p}_absolute / nullif(test_days, 0) / nullif(scale_absolute, 0)) AS {p}_mase,
       avg(sqrt({p}_squared / nullif(test_days, 0) / nullif(scale_squared, 0))) AS {p}_rmsse,
       sum({p}_squared) / nullif(sum(test_days), 0) AS {p}_mse
"""
MEASURES = f"""
       count(*) AS series, count(*) FILTER (WHERE test_days > 0) AS series_tested,
       coalesce(sum(test_units), 0) AS units_tested,
       {_OF.format(p="test")}, {_OF.format(p="base")},
       sum(covered) / nullif(sum(windows), 0) AS coverage,
       sum(pinball) / nullif(sum(windows), 0) AS pinball,
       sum(base_pinball) / nullif(sum(windows), 0) AS base_pinball,
       sum(lost_units) AS lost_units,
       CASE WHEN min(currency) = max(currency) THEN min(currency) END AS currency,
       CASE WHEN min(currency) = max(currency) THEN sum(lost_money) END AS lost_money
"""


def shown(row: dict[str, Any], *, baseline: str) -> dict[str, Any]:
    """The measures of one row of such a query, as they are shown: shares, not percent."""
    return {
        "series": row["series"],
        "series_tested": row["series_tested"],
        "units_tested": _rounded(row["units_tested"]),
        **{name: _rounded(row[f"test_{name}"]) for name in NAMES},
        "coverage_95": _rounded(row["coverage"]),
        "pinball_95": _rounded(row["pinball"]),
        "baseline": {
            "method": baseline,
            **{name: _rounded(row[f"base_{name}"]) for name in NAMES},
            "pinball_95": _rounded(row["base_pinball"]),
        },
        "lost_units": _rounded(row["lost_units"], 2),
        "lost_money": _rounded(row["lost_money"], 2),
        "currency": row["currency"],
    }


def _rounded(value: Any, places: int = 4) -> float | None:
    return None if value is None else round(float(value), places)
