"""A decision in steps a shopkeeper can check with a pencil, and in one sentence. From what was kept with it, so that it
says later what it said then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forecasting.restock.decision import Binding
from forecasting.restock.inputs import Kind

Row = Mapping[str, Any]
Step = dict[str, Any]


def steps(kind: Kind, kept: Row, decided: Row) -> list[Step]:
    """What is computed one after the other: each step's name, how, and what comes out, in units."""
    found = [
        _step("inventory_position", _position(kept), kept["position"]),
        _step("protection_days", _days(kept), kept["protection_days"]),
        *_levels(kind, kept, decided),
        _step("wanted", _wanted(kind, kept, decided), decided["wanted"]),
    ]
    if kept.get("transferred"):
        rest = decided["wanted"] - kept["transferred"]
        found.append(_step("still_wanted", f"less {_n(kept['transferred'])} from other stores", max(rest, 0.0)))
    found.append(_step("quantity", _rounding(kept, decided), decided["quantity"]))
    return found


def sentence(kind: Kind, kept: Row, decided: Row, *, source: str, other: str = "") -> str:
    """The decision as one would say it over the counter."""
    days = int(kept["protection_days"])
    have = f"You have or expect {_n(kept['position'])}"
    need = f"and will probably sell about {_n(kept['expected'])} in the next {days} {'day' if days == 1 else 'days'}"
    if source == "transfer":
        return f"{have} {need}: take {_n(decided['quantity'])} from {other}, which has more than it needs."
    order = f"order {_n(decided['quantity'])}"
    why = {
        Binding.ENOUGH: "",
        Binding.DEMAND: "",
        Binding.PACK: f", in whole packs of {_n(kept['pack'])}",
        Binding.MOQ: f", the least the supplier accepts being {_n(kept['moq'])}",
    }.get(Binding(decided["binding"]), "")
    if decided["binding"] == Binding.BUDGET:
        return f"{have} {need}: {order} when there is money for it; the budget went to goods with more at risk."
    return f"{have} {need}: {order}{why}."


def _levels(kind: Kind, kept: Row, decided: Row) -> list[Step]:
    expected, cycle = _n(kept["expected"]), _n(kept["expected_cycle"])
    if kind == Kind.SEED_RULE:
        return [_step("reorder_point", "forecast of 7 days", decided["reorder_point"])]
    if kind == Kind.MIN_MAX:
        return [
            _step("reorder_point", "the minimum set by hand", decided["reorder_point"]),
            _step("order_up_to", "the maximum set by hand", decided["order_up_to"]),
        ]
    if kind == Kind.DAYS_OF_COVER:
        return [
            _step("reorder_point", "forecast of the protection days and the least cover", decided["reorder_point"]),
            _step("order_up_to", "forecast of the protection days and the most cover", decided["order_up_to"]),
        ]
    level = f"{kept['service_level']:.1%}"
    safety = f"units demand stays within {level} of the time, less the {expected} expected"
    if kind == Kind.REORDER_POINT:
        safety = f"so that {level} of the time it is enough, demand straying by {_n(kept['deviation'])}"
    return [
        _step("expected_demand", "forecast of the protection days", kept["expected"]),
        _step("safety_stock", safety, decided["safety_stock"]),
        _step("reorder_point", f"{expected} + {_n(decided['safety_stock'])}", decided["reorder_point"]),
        _step("order_up_to", f"reorder point + {cycle} for the days an order should last", decided["order_up_to"]),
    ]


def _position(kept: Row) -> str:
    names = ("on_hand", "reserved", "on_hold", "in_transit_in", "on_order")
    have, reserved, on_hold, coming, ordered = (_n(kept[name]) for name in names)
    how = "on hand - reserved - on hold + in transit + on order"
    numbers = f"{have} - {reserved} - {on_hold} + {coming} + {ordered}"
    if kept["planned_in"] or kept["planned_out"]:
        planned = float(kept["planned_in"]) - float(kept["planned_out"])
        return f"{how} + on papers not sent yet = {numbers} + {_n(planned)}"
    return f"{how} = {numbers}"


def _days(kept: Row) -> str:
    lead, review = int(kept["lead_days"]), int(kept["review_days"])
    return f"lead time of {max(lead, 1)} + {review} between reviews - 1"


def _wanted(kind: Kind, kept: Row, decided: Row) -> str:
    position, point = _n(kept["position"]), _n(decided["reorder_point"])
    if kept["position"] > decided["reorder_point"]:
        return f"{position} is above {point}: nothing"
    if kind == Kind.SEED_RULE:
        return f"{position} is not above {point}: {kept['factor']:g} x {_n(kept['expected_week'])}"
    return f"{position} is not above {point}: {_n(decided['order_up_to'])} - {position}"


def _rounding(kept: Row, decided: Row) -> str:
    return {
        Binding.ENOUGH: "nothing to order",
        Binding.DEMAND: "as wanted",
        Binding.PACK: f"in whole packs of {_n(kept['pack'])}",
        Binding.MOQ: f"at least {_n(kept['moq'])}, in whole packs of {_n(kept['pack'])}",
        Binding.BUDGET: "left out: the budget went to goods with more at risk",
        Binding.TRANSFER: "what is needed here and too much there",
    }[Binding(decided["binding"])]


def _step(name: str, how: str, units: float) -> Step:
    return {"step": name, "how": how, "result": round(float(units), 3)}


def _n(value: float) -> str:
    """A number of units as people write it."""
    return f"{round(float(value), 1):,g}" if abs(value) < 1e6 else f"{value:,.0f}"
