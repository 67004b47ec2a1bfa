"""Rows of the kinds this comparison needs."""

from __future__ import annotations

from tests.benchmarks.report import Row


def at_most(metric: str, value: float, unit: str, reference: float, share: float) -> Row:
    """A figure that must stay below a share of its reference."""
    ratio = value / reference
    return Row(metric, round(value, 2), unit, round(reference, 2), round(ratio, 4), f"<= {share:g} x", ratio <= share)


def compared(metric: str, value: float, unit: str, reference: float) -> Row:
    """A figure beside its reference, without a promise."""
    return Row(metric, round(value, 2), unit, round(reference, 2), round(value / reference, 4))


def between(metric: str, value: float, unit: str, low: float, high: float) -> Row:
    """A figure that must lie between two limits."""
    return Row(metric, round(value, 2), unit, target=f"{low:g}-{high:g}", met=low <= value <= high)
