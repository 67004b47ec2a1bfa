"""Reading proposals and their lines: one query a page, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F

from forecasting.models import RestockLine, RestockProposal
from forecasting.restock import explain
from forecasting.restock.decision import Binding
from forecasting.restock.inputs import Kind
from forecasting.selectors import overrides
from inventory_project.kernel.access import Access

Row = dict[str, Any]
COSTS = ("unit_cost", "cost", "margin_at_risk")


def visible_to(access: Access) -> Any:
    """The lines for the stores the caller may see."""
    lines = RestockLine.objects.all()
    return lines if access.store_ids is None else lines.filter(store_id__in=access.store_ids)


def current(access: Access) -> Any:
    """Those of the proposal that is shown."""
    return visible_to(access).filter(proposal__is_current=True)


def as_rows(lines: Any) -> Any:
    """Lines as plain rows, with the names a person needs."""
    return lines.values(
        "id", "proposal", "store", "product", "source", "from_store", "supplier", "kind", "policy", "quantity",
        "wanted", "reorder_point", "order_up_to", "safety_stock", "binding", "inputs", "rank", "within_budget",
        "unit_cost", "margin_at_risk", "status", "chosen", "chosen_by", "reason", "accepted", "snoozed_until",
        "purchase", "transfer", "decided_by", "decided_at", "version", "updated_at",
        is_current=F("proposal__is_current"), store_name=F("store__name"), store_code=F("store__code"),
        sku=F("product__sku"),
        product_name=F("product__name"), unit=F("product__unit"), supplier_name=F("supplier__name"),
        from_store_name=F("from_store__name"), from_store_code=F("from_store__code"),
    )  # fmt: skip


def shown(rows: Sequence[Row], access: Access, *, with_steps: bool = False) -> list[Row]:
    """Rows as people read them: the sentence, the position, and costs for whoever may see them."""
    return [_shown(dict(row), access, with_steps) for row in rows]


def find(line_id: int, access: Access) -> Row:
    """One line with its inputs and steps; empty when the caller sees none by this id."""
    row = as_rows(visible_to(access).filter(pk=line_id)).first()
    if row is None:
        return {}
    return {**_shown(dict(row), access, True), "outcome": overrides.of_line(line_id, access)}


def _shown(row: Row, access: Access, with_steps: bool) -> Row:
    inputs = row.pop("inputs")
    kind = Kind(row["kind"])
    decided = _decided(row)
    other = row["from_store_name"] or ""
    row["sentence"] = explain.sentence(kind, inputs, decided, source=row["source"], other=other)
    row["inventory_position"] = inputs["position"]
    row["protection_days"] = inputs["protection_days"]
    row["expected_demand"] = inputs["expected"]
    row["days_of_cover"] = inputs["position"] / inputs["daily"] if inputs["daily"] > 0 else None
    row["binding"] = Binding(row["binding"]).name.lower()
    row["cost"] = row["unit_cost"] * (row["quantity"] if row["source"] == "buy" else Decimal(0))
    if with_steps:
        row["steps"] = explain.steps(kind, inputs, decided)
        hidden = {"wanted_span", "given_span"}
        if row["from_store"] is not None and not access.allows_store(row["from_store"]):
            hidden.add("giver")  # another store's stock
        row["inputs"] = {name: value for name, value in inputs.items() if name not in hidden}
    if not access.sees_costs:
        for name in COSTS:
            del row[name]
    return row


def sentence_of(line: RestockLine) -> str:
    """The line as one would say it over the counter."""
    other = line.from_store.name if line.from_store else ""
    return explain.sentence(Kind(line.kind), line.inputs, _decided(vars(line)), source=line.source, other=other)


def steps_of(line: RestockLine) -> list[Row]:
    """The steps of its arithmetic."""
    return explain.steps(Kind(line.kind), line.inputs, _decided(vars(line)))


def _decided(row: Row) -> Row:
    levels = {name: row[name] for name in ("wanted", "reorder_point", "order_up_to", "safety_stock", "binding")}
    return {**levels, "quantity": float(row["quantity"])}


def proposals() -> Any:
    """Every proposal of the organisation, newest first."""
    return RestockProposal.objects.order_by("-id")


def as_proposal(row: RestockProposal, access: Access) -> Row:
    names = ("id", "trigger", "status", "is_current", "series", "lines", "lines_left_out", "error", "forecast_age")
    found = {name: getattr(row, name) for name in (*names, "actor_label", "created_at", "finished_at")}
    found["run"] = row.run_id
    return {**found, "budget": row.budget} if access.sees_costs else found
