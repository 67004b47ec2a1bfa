"""The lines of a proposal: goods from stores that have too many, then what is left to buy, then what there is money
for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from catalog.models import Product
from forecasting.models import RestockLine
from forecasting.models.proposals import LineSource, LineStatus
from forecasting.restock import asking, transfers
from forecasting.restock import budget as budgets
from forecasting.restock.decision import Binding, Decision, bound
from forecasting.restock.inputs import FloatArray
from forecasting.restock.replay import rest_of
from forecasting.restock.risk import margin_at_risk
from forecasting.restock.rounding import orderable
from forecasting.restock.transfers import UNIT, Transfers
from forecasting.selectors.restock import STOCK, Series
from forecasting.services import restock_inputs
from forecasting.services.restock_inputs import Asked
from inventory_project.kernel import sql

SQL = Path(__file__).resolve().parent.parent / "sql"
RESTOCKED = (Product.Lifecycle.NEW, Product.Lifecycle.ACTIVE)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a proposal says of itself."""

    series: int
    lines: int
    left_out: int


def write(series: Series, *, organization: int, proposal: int, budget: float | None, nightly: bool) -> Counts:
    """Work out the lines and write them. On a nightly one, series are left alone whose weekday it is not."""
    if not len(series):
        return Counts(0, 0, 0)
    asked = restock_inputs.of(series)
    decision = restock_inputs.decide(asked)
    _keep_levels(series, asked, organization)
    wanted = np.where(_asked_about(series, nightly), decision.wanted, 0.0)
    moves = _moves(series, decision, wanted)
    coming = np.bincount(moves.receiver, moves.units, minlength=len(series)) / UNIT
    lines = [*_moved(series, asked, decision, moves), *_bought(series, asked, decision, wanted, coming, budget)]
    for rank, line in enumerate(lines, start=1):
        line["rank"] = rank
    if lines:
        columns = {name: [line[name] for line in lines] for name in lines[0]}
        sql.rows(
            sql.statement(SQL / "write_lines.sql"), {"organization": organization, "proposal": proposal, **columns}
        )
    return Counts(len(series), len(lines), sum(not line["within_budget"] for line in lines))


def _keep_levels(series: Series, asked: Asked, organization: int) -> None:
    """What the policies came to, for whoever compares stock with them until the next proposal (sql/evaluate_alerts)."""
    levels = asking.levels(asked.terms.kinds, asked.inputs)
    columns = {
        "stores": series.demand.store_ids.tolist(),
        "products": series.demand.product_ids.tolist(),
        "reorder_points": levels.reorder_point.tolist(),
        "order_up_to": levels.order_up_to.tolist(),
        "fixed": [None if np.isnan(units) else units for units in levels.fixed.tolist()],
        "lead_days": asked.terms.lead_days.tolist(),
    }
    sql.rows(sql.statement(SQL / "keep_levels.sql"), {"organization": organization, **columns})


def _asked_about(series: Series, nightly: bool) -> NDArray[np.bool_]:
    """(N,) series that may be restocked: not running out of the range, not put off, and on its weekday."""
    today = max(series.demand.first_day, default=date.min)
    put_off = set(
        RestockLine.objects.filter(status=LineStatus.SNOOZED, snoozed_until__gt=today).values_list(
            "store_id", "product_id"
        )
    )
    out = np.ones(len(series), bool)
    for place, (row, first_day) in enumerate(zip(series.facts, series.demand.first_day, strict=True)):
        weekday = row["review_weekday"]
        out[place] = (
            row["lifecycle"] in RESTOCKED
            and (row["store_id"], row["product_id"]) not in put_off
            and not (nightly and weekday is not None and weekday != first_day.weekday())
        )
    return out


def _moves(series: Series, decision: Decision, wanted: FloatArray) -> Transfers:
    spare = transfers.surplus(series.available, series.position, decision.order_up_to)
    need = np.ceil(wanted - 1e-9).astype(np.int64) * UNIT
    return transfers.matched(series.demand.product_ids, need, spare)


def _moved(series: Series, asked: Asked, decision: Decision, moves: Transfers) -> list[Row]:
    margin = series.column("sale_price") - series.column("unit_cost")
    at_risk = margin_at_risk(asked.inputs, margin)
    available, position, out = series.available, series.position, []
    for number in np.lexsort((moves.giver, -at_risk[moves.receiver])).tolist():
        place, giver = int(moves.receiver[number]), int(moves.giver[number])
        said = {
            "wanted_span": moves.wanted[number].tolist(),
            "given_span": moves.given[number].tolist(),
            "giver": {
                "available": float(available[giver]),
                "position": float(position[giver]),
                "order_up_to": float(decision.order_up_to[giver]),
            },
        }
        row = _row(series, asked, decision, place, said, transferred=0.0)
        row |= {"source": LineSource.TRANSFER, "from_store_id": int(series.demand.store_ids[giver]), "supplier_id": 0}
        row |= {"quantity": int(moves.units[number]) / UNIT, "binding": int(Binding.TRANSFER), "within_budget": True}
        out.append({**row, "margin_at_risk": round(float(at_risk[place]), 4)})
    return out


def _bought(
    series: Series, asked: Asked, decision: Decision, wanted: FloatArray, coming: FloatArray, budget: float | None
) -> list[Row]:
    rest = np.where(wanted > 0, rest_of(decision, coming), 0.0)
    quantity = orderable(rest, asked.inputs.pack, asked.inputs.moq)
    binding = bound(rest, quantity, asked.inputs)
    unit_cost, price = series.column("unit_cost"), series.column("sale_price")
    here = asked.inputs.replaced(position=asked.inputs.position + coming)
    at_risk = margin_at_risk(here, price - unit_cost)
    places = np.flatnonzero(quantity > 0)
    cost = quantity[places] * unit_cost[places]
    paid = np.ones(len(places), bool) if budget is None else budgets.within(at_risk[places], cost, budget)
    out = []
    for number in budgets.ranked(at_risk[places], cost).tolist():
        place = int(places[number])
        row = _row(series, asked, decision, place, {}, transferred=float(coming[place]))
        row |= {"source": LineSource.BUY, "from_store_id": 0, "supplier_id": series.facts[place]["supplier_id"] or 0}
        row |= {"quantity": float(quantity[place]), "within_budget": bool(paid[number])}
        row |= {"binding": int(binding[place]) if paid[number] else int(Binding.BUDGET)}
        out.append({**row, "margin_at_risk": round(float(at_risk[place]), 4)})
    return out


def _row(series: Series, asked: Asked, decision: Decision, place: int, said: Row, *, transferred: float) -> Row:
    facts = series.facts[place]
    kept = {
        **asked.inputs.row(place),
        **{name: float(series.stock[name][place]) for name in STOCK},
        "lead_days": int(asked.terms.lead_days[place]),
        "lead_source": facts["lead_source"],
        "review_days": int(asked.terms.review_days[place]),
        "protection_days": int(asked.terms.protection_days[place]),
        "transferred": transferred,
        "first_day": series.demand.first_day[place].isoformat(),
        "state": series.demand.state[place],
        "abc_class": facts["abc_class"],
        "scope": facts["scope"],
        **said,
    }
    return {
        "store_id": int(series.demand.store_ids[place]),
        "product_id": int(series.demand.product_ids[place]),
        "policy_id": facts["policy_id"] or 0,
        "kind": str(asked.terms.kinds[place]),
        "wanted": float(decision.wanted[place]),
        "reorder_point": float(decision.reorder_point[place]),
        "order_up_to": float(decision.order_up_to[place]),
        "safety_stock": float(decision.safety_stock[place]),
        "inputs": orjson.dumps(kept).decode(),
        "unit_cost": float(facts["unit_cost"]),
    }
