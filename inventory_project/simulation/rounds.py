"""Playing a day: customers, and the work that takes several steps (goods sent and received, shelves counted)."""

from __future__ import annotations

import math
from typing import Any

from inventory_project.simulation.plan import Act, Event, Mishap
from inventory_project.simulation.tills import Unreachable
from inventory_project.simulation.trade import FILL, Company, movement

TRANSFER, COUNT = "transfer step", "count step"
# Others at work on the same units: what they did stands, and this step is no longer needed or possible.
OVERTAKEN = frozenset({"wrong_state", "insufficient_stock", "over_receipt"})


def play(company: Company, event: Event) -> None:
    """Do what the event says; what cannot be delivered is counted as a trouble, not raised."""
    acts = {
        Act.BASKET: Company.basket,
        Act.RETURN: Company.brought_back,
        Act.DAMAGE: Company.broken,
        Act.COUNT: count,
        Act.RESTOCK: restock,
    }
    try:
        acts[event.act](company, event)
    except Unreachable:
        company.tally.trouble("given up")


def restock(company: Company, event: Event) -> None:
    """Receive what is on its way to the store; then have what is low sent by the warehouse, else by the supplier."""
    with company.one_at_a_time(event.store):
        _receive_what_comes(company, event)
        lacking = _lacking(company, event.store)
        sent = _send_from_the_warehouse(company, event.store, lacking)
        receipts = [
            movement("receipt", event.store, sku, units, reference=f"PO-{company.run}")
            for sku, units in lacking.items()
            if sku not in sent
        ]
        if receipts:
            company.bulk("receipt", company.office, receipts)


def count(company: Company, event: Event) -> None:
    """A spot count of a few shelves: the manager plans and approves, staff count without seeing what the books say."""
    staff, manager = company.till(event.store), company.manager(event.store)
    skus = [sku for sku, _ in event.lines]
    plan = {"store": event.store, "kind": "spot", "products": skus, "name": "Shelf count", "tolerance_units": 1}
    planned = company.step(COUNT, manager, "/api/counts/", plan)
    if planned is None:
        return
    path = f"/api/counts/{planned['id']}"
    with company.lock:
        company.counts.append(planned["id"])
    company.step(COUNT, staff, f"{path}/start/", {})
    shelves = {row["sku"]: row["on_hand"] for row in staff.every("/api/stocks/", store=event.store)}
    found = [max(0, shelves.get(sku, 0) + (0 if number else event.miscounted)) for number, sku in enumerate(skus)]
    entries = [{"product": sku, "quantity": units} for sku, units in zip(skus, found, strict=True)]
    company.step(COUNT, staff, f"{path}/entries/", entries)
    company.step(COUNT, staff, f"{path}/submit/", {})
    # More may have been sold since than was counted: such a count is given up, and the shelf is counted another day.
    refused = {"adjustment_refused"}
    if company.step(COUNT, manager, f"{path}/approve/", {"accept_moved": True}, overtaken=refused) is None:
        company.step(COUNT, manager, f"{path}/cancel/", {})


def _receive_what_comes(company: Company, event: Event) -> None:
    """Every box is opened: now and then a unit is broken or missing. Then every unit is accounted for."""
    receiver = company.till(event.store)
    coming = receiver.get("/api/transfers/", to_store=event.store, status=["dispatched", "partially_received"])
    for number, row in enumerate(coming["results"]):
        path = f"/api/transfers/{row['id']}"
        lines = receiver.get(f"{path}/")["lines"]
        box = [{"product": line["sku"], "quantity": line["in_transit"]} for line in lines if line["in_transit"]]
        if box and not number and event.mishap is not Mishap.NONE:
            box[0]["quantity"] -= 1
            if event.mishap is Mishap.DAMAGED:
                box[0]["damaged"] = 1
        box = [line for line in box if line["quantity"] or line.get("damaged")]
        body = {"lines": box}
        arrived = company.step(TRANSFER, receiver, f"{path}/receive/", body, overtaken=OVERTAKEN) if box else row
        if arrived is None:
            continue
        if arrived["status"] == "received":
            company.step(TRANSFER, receiver, f"{path}/close/", {})
        else:
            _settle(company, row, path)


def _settle(company: Company, row: dict[str, Any], path: str) -> None:
    """Every other box that is not full was never full: the warehouse takes the units back. The others are lost."""
    if int(row["number"].rpartition("-")[2]) % 2:
        body = {"outcome": "returned", "reason": "never left the warehouse"}
        company.step(TRANSFER, company.till(row["from_store_code"]), f"{path}/settle/", body)
    else:
        body = {"outcome": "written_off", "reason": "missing in the box"}
        company.step(TRANSFER, company.manager(row["to_store_code"]), f"{path}/settle/", body)


def _lacking(company: Company, store: str) -> dict[str, int]:
    """Whole packs of what is low, by SKU."""
    found: dict[str, int] = {}
    for row in company.office.get("/api/reports/low-stock/", store=store, page_size=50)["results"]:
        pack = company.goods[row["sku"]].pack if row["sku"] in company.goods else 1
        missing = FILL * max(row["reorder_level"], 1) - row["available"]
        found[row["sku"]] = pack * math.ceil(missing / pack)
    return found


def _send_from_the_warehouse(company: Company, store: str, lacking: dict[str, int]) -> set[str]:
    """One transfer of all that the warehouse has: asked for by the shop, sent off by the warehouse. What was sent."""
    warehouse = next((place.code for place in company.places if place.kind == "warehouse"), store)
    if warehouse == store or not lacking:
        return set()
    there = {row["sku"]: row["available"] for row in company.office.every("/api/stocks/", store=warehouse)}
    lines = [{"product": sku, "quantity": units} for sku, units in lacking.items() if units <= there.get(sku, 0)]
    if not lines:
        return set()
    asks = company.till(store)
    wanted = {"from_store": warehouse, "to_store": store, "lines": lines, "reference": f"round {company.run}"}
    drafted = company.step(TRANSFER, asks, "/api/transfers/", wanted)
    if drafted is None:
        return set()
    path = f"/api/transfers/{drafted['id']}"
    with company.lock:
        company.transfers.append(drafted["id"])
    company.step(TRANSFER, asks, f"{path}/request/", {})
    if company.step(TRANSFER, company.till(warehouse), f"{path}/dispatch/", {}, overtaken=OVERTAKEN) is None:
        company.step(TRANSFER, asks, f"{path}/cancel/", {"reason": "the warehouse ran out"})
        return set()
    return {str(line["product"]) for line in lines}
