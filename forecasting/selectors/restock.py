"""What restocking starts from: forecasts, the policy of each series, its product's terms, and what is there and
coming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.models import RestockPolicy
from forecasting.restock.asking import Terms
from forecasting.restock.inputs import Kind
from forecasting.selectors import demand as demands
from forecasting.selectors.demand import Demand
from inventory_project.kernel import clock, sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors import lead_times, positions

SQL = Path(__file__).resolve().parent.parent / "sql"
FloatArray = NDArray[np.float64]

USUAL_LEAD_DAYS = 7
"""Where neither policy, product nor supplier says."""

MEASURED_OVER = timedelta(days=365)
LEAST_MEASURED = 5
"""Deliveries from which on a supplier's measured lead time is believed more than what was agreed."""

# A policy's columns, and what holds where none is set.
POLICY: dict[str, Any] = {
    name: getattr(RestockPolicy(), name)
    for name in (
        "kind",
        "service_level",
        "review_days",
        "review_weekday",
        "cycle_days",
        "factor",
        "least_days",
        "most_days",
        "least",
        "most",
    )
}
STOCK = (
    "on_hand",
    "reserved",
    "on_hold",
    "in_transit_in",
    "on_order",
    "inventory_position",
    "planned_in",
    "planned_out",
)
NOTHING: dict[str, Any] = dict.fromkeys(STOCK, 0)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Series:
    """N series in order of store and product. `facts` one dict each: policy, product's terms; `stock` (N,) of STOCK."""

    demand: Demand
    facts: list[dict[str, Any]]
    stock: dict[str, FloatArray]

    def __len__(self) -> int:
        return len(self.facts)

    def column(self, name: str) -> FloatArray:
        return np.array([row[name] for row in self.facts], float)

    @property
    def position(self) -> FloatArray:
        """(N,) the inventory position, with what is on papers that were not sent yet."""
        return self.stock["inventory_position"] + self.stock["planned_in"] - self.stock["planned_out"]

    @property
    def available(self) -> FloatArray:
        """(N,) units that could leave the store tonight."""
        held = self.stock["reserved"] + self.stock["on_hold"] + self.stock["planned_out"]
        return self.stock["on_hand"] - held

    def ids(self, name: str) -> NDArray[np.int64]:
        """0 where there is none."""
        return np.array([row[name] or 0 for row in self.facts], np.int64)


def policies(
    *, store_ids: Sequence[int] | None = None, product_ids: Sequence[int] | None = None
) -> list[dict[str, Any]]:
    """The terms and the one policy of each series of the current forecast: one query, and two for lead times."""
    asked = {"organization": current_organization_id(), "stores": store_ids, "products": product_ids}
    found = sql.rows(sql.statement(SQL / "resolve_policies.sql"), asked)
    for row in found:
        if row["policy_id"] is None:
            row.update(POLICY)
    _add_lead_times(found)
    return found


def _add_lead_times(rows: list[dict[str, Any]]) -> None:
    """`lead_days`: the policy's; else measured, of the product from its supplier, or of the supplier; else the
    product's or the supplier's as agreed. `lead_deviation`: the measured spread, days; 0 where it is not measured."""
    since = clock.now() - MEASURED_OVER
    of_products = lead_times.by_supplier_and_product(since=since)
    of_suppliers = lead_times.by_supplier(since=since)
    for row in rows:
        measured = of_products.get((row["supplier_id"], row["product_id"]))
        if measured is None or measured.full_count < LEAST_MEASURED:
            measured = of_suppliers.get(row["supplier_id"])
        row["lead_deviation"], row["lead_source"] = 0.0, "policy"
        if row["policy_lead_days"] is not None:
            row["lead_days"] = row["policy_lead_days"]
        elif measured is not None and measured.full_count >= LEAST_MEASURED and measured.full_mean is not None:
            row["lead_days"] = max(1, round(measured.full_mean))
            row["lead_deviation"], row["lead_source"] = measured.full_spread or 0.0, "measured"
        else:
            agreed = row["lead_days"]
            row["lead_days"], row["lead_source"] = USUAL_LEAD_DAYS if agreed is None else agreed, "agreed"


def series(*, store_ids: Sequence[int] | None = None, product_ids: Sequence[int] | None = None) -> Series:
    """Everything of the bound organisation that has a forecast, from each store's today on, in eight queries."""
    made = demands.from_today(demands.of(store_ids=store_ids, product_ids=product_ids))
    terms = {
        (row["store_id"], row["product_id"]): row for row in policies(store_ids=store_ids, product_ids=product_ids)
    }
    held = stock(store_ids=store_ids, product_ids=product_ids)
    places = list(zip(made.store_ids.tolist(), made.product_ids.tolist(), strict=True))
    # A forecast that was shown between two of the queries knows series the other does not.
    kept = [number for number, place in enumerate(places) if place in terms]
    rows = [held.get(places[number], NOTHING) for number in kept]
    columns = {name: np.array([row[name] for row in rows], float) for name in STOCK}
    return Series(take(made, np.array(kept, np.int64)), [terms[places[number]] for number in kept], columns)


def terms(series: Series) -> Terms:
    """The policies and terms of the series as columns."""
    return terms_of(series.facts)


def terms_of(facts: Sequence[dict[str, Any]]) -> Terms:
    """The same of rows of `policies`. Min/max takes the product's own levels where the policy has none."""
    unset = [{**row, "least": _or(row["least"], row["reorder_level"])} for row in facts]
    for row in unset:
        row["most"] = _or(_or(row["most"], row["order_up_to"]), np.nan)
    columns: dict[str, Any] = {}
    whole = ("lead_days", "review_days", "cycle_days", "least_days", "most_days")
    real = ("service_level", "factor", "lead_deviation", "least", "most", "pack", "moq")
    for names, kind in ((whole, np.int64), (real, float)):
        columns |= {name: np.array([row[name] for row in unset], kind) for name in names}
    return Terms(kinds=[Kind(row["kind"]) for row in unset], **columns)


def _or(value: Any, other: Any) -> Any:
    return other if value is None else value


def stock(
    *, store_ids: Sequence[int] | None = None, product_ids: Sequence[int] | None = None
) -> dict[Place, dict[str, Any]]:
    """What is there, coming and on papers not sent yet, by store and product: two queries."""
    asked = {"organization": current_organization_id(), "stores": store_ids, "products": product_ids}
    found = {
        (row["store_id"], row["product_id"]): {**NOTHING, **row}
        for row in positions.inventory_positions(store_ids, product_ids)
    }
    for row in sql.rows(sql.statement(SQL / "planned.sql"), asked):
        place = (row["store_id"], row["product_id"])
        found[place] = {**found.get(place, NOTHING), **row}
    return found


def take(demand: Demand, rows: NDArray[np.int64]) -> Demand:
    """Some of the series."""
    return replace(
        demand,
        store_ids=demand.store_ids[rows],
        product_ids=demand.product_ids[rows],
        first_day=[demand.first_day[row] for row in rows],
        state=[demand.state[row] for row in rows],
        mean=demand.mean[rows],
        variance=demand.variance[rows],
        fractional=demand.fractional[rows],
        chunk_ids=demand.chunk_ids[rows],
    )
