"""Playing a day: each event becomes the requests a store would send."""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from inventory_project.simulation.plan import Act, Event, Good, Place
from inventory_project.simulation.tills import Tally, Till, Unreachable

BULK = 1000
# A replenishment brings a product this far above its reorder level.
FILL = 3


@dataclass(frozen=True, slots=True)
class Login:
    """One line of the demo logins file."""

    username: str
    password: str
    role: str
    organization: str
    stores: list[str] | None


@dataclass(slots=True)
class Company:
    """One organisation being played: its tills, what it told of itself, and the keys it used."""

    name: str
    run: str
    client: httpx.Client
    tally: Tally
    logins: list[Login]
    places: list[Place] = field(default_factory=list)
    goods: dict[str, Good] = field(default_factory=dict)
    tills: dict[str, Till] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    broken_keys: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: Any = field(default_factory=itertools.count)

    # -- opening ------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Sign everybody in and ask what there is. Raises Unreachable."""
        for login in self.logins:
            till = Till(self.client, self.tally, login.username, login.password)
            till.sign_in()
            self.tills[login.username] = till
        stores = self.office.every("/api/stores/")
        self.places = [Place(s["code"], s["kind"], s["time_zone"]) for s in stores if s["is_active"]]
        products = self.office.every("/api/products/")
        self.goods = {
            p["sku"]: Good(p["sku"], float(p["sale_price"]), max(1, math.ceil(float(p["pack_size"]))))
            for p in products
            if p["lifecycle"] != "discontinued"
        }

    @property
    def office(self) -> Till:
        """Whoever may do everything."""
        return self.tills[next(login.username for login in self.logins if login.role == "admin")]

    def till(self, store: str) -> Till:
        """The login that works in the store: its own people first."""
        near = sorted((login for login in self.logins if login.stores and store in login.stores), key=_reach)
        return self.tills[near[0].username] if near else self.office

    def refill(self) -> int:
        """Bring what has fallen below its opening level back to it, by goods receipts. How many were needed."""
        opening: dict[tuple[str, str], float] = {}
        for row in self.office.every("/api/stock-movements/", movement_type="opening", status="applied"):
            opening[row["store_code"], row["sku"]] = opening.get((row["store_code"], row["sku"]), 0) + row["quantity"]
        receipts = []
        for row in self.office.every("/api/stocks/"):
            place = row["store_code"], row["sku"]
            missing = opening.get(place, FILL * row["reorder_level"]) - row["on_hand"]
            if missing > 0:
                receipts.append(_movement("receipt", *place, missing, reference="refill"))
        for first in range(0, len(receipts), BULK):
            self._bulk("refill", self.office, receipts[first : first + BULK])
        return len(receipts)

    # -- the day ------------------------------------------------------------------------------------------------

    def play(self, event: Event) -> None:
        """Do what the event says; what cannot be delivered is counted as a trouble, not raised."""
        acts = {
            Act.BASKET: self._basket,
            Act.RETURN: self._return,
            Act.DAMAGE: self._damage,
            Act.COUNT: self._count,
            Act.RESTOCK: self._restock,
        }
        try:
            acts[event.act](event)
        except Unreachable:
            self.tally.trouble("given up")

    def _basket(self, event: Event) -> None:
        late: dict[str, Any] = {}
        if event.hours_late:
            late["effective_at"] = (datetime.now(UTC) - timedelta(hours=event.hours_late)).isoformat()
        rows = [
            _movement("sale", event.store, sku, units, unit_price=self.goods[sku].price, **late)
            for sku, units in event.lines
        ]
        what = "late sale" if late else "sale"
        if len(rows) == 1:
            self._single(what, self.till(event.store), rows[0], twice=event.sent_twice)
        else:
            self._bulk(what, self.till(event.store), rows, twice=event.sent_twice)

    def _return(self, event: Event) -> None:
        [(sku, _)] = event.lines
        back = _movement(
            "customer_return", event.store, sku, 1, unit_price=self.goods[sku].price, reason="brought back"
        )
        self._single("return", self.till(event.store), back)

    def _damage(self, event: Event) -> None:
        [(sku, _)] = event.lines
        self._single("damage", self.till(event.store), _movement("removal", event.store, sku, 1, reason="broken"))

    def _count(self, event: Event) -> None:
        """Somebody counts a shelf, and sometimes miscounts by one; the difference is booked."""
        [(sku, _)] = event.lines
        till = self.till(event.store)
        rows = till.get("/api/stocks/", store=event.store, product=sku)["results"]
        if rows and event.miscounted and rows[0]["available"] + event.miscounted >= 0:
            row = _movement("count_adjustment", event.store, sku, event.miscounted, reason="shelf count")
            self._single("count", till, row)

    def _restock(self, event: Event) -> None:
        """What is low comes from the warehouse when that has it, else from the supplier."""
        warehouse = next((place.code for place in self.places if place.kind == "warehouse"), None)
        lacking = self.office.get("/api/reports/low-stock/", store=event.store, page_size=50)["results"]
        receipts = []
        for row in lacking:
            pack = self.goods[row["sku"]].pack if row["sku"] in self.goods else 1
            wanted = pack * math.ceil((FILL * max(row["reorder_level"], 1) - row["available"]) / pack)
            if (
                not warehouse
                or warehouse == event.store
                or not self._transfer(warehouse, event.store, row["sku"], wanted)
            ):
                receipts.append(_movement("receipt", event.store, row["sku"], wanted, reference=f"PO-{self.run}"))
        if receipts:
            self._bulk("receipt", self.office, receipts)

    def _transfer(self, source: str, target: str, sku: str, units: float) -> bool:
        key = self._key()
        body = {"from_store": source, "to_store": target, "product_id": sku, "quantity": units, "reason": "restock"}
        answer = self.office.post("transfer", "/api/inventory/transfer/", body, key)
        self._settle("transfer", [key], [answer.json()], answer)
        return answer.status_code == 201

    # -- sending ------------------------------------------------------------------------------------------------

    def _key(self) -> str:
        with self.lock:
            return f"sim-{self.run}-{next(self.numbers)}"

    def _single(self, what: str, till: Till, row: dict[str, Any], *, twice: bool = False) -> None:
        key = self._key()
        answer = till.post(what, "/api/stock-movements/", row, key)
        self._settle(what, [key], [answer.json()], answer)
        if twice:
            self._compare(key, answer, till.post("sent twice", "/api/stock-movements/", row, key))

    def _bulk(self, what: str, till: Till, rows: list[dict[str, Any]], *, twice: bool = False) -> None:
        key = self._key()
        answer = till.post(what, "/api/stock-movements/bulk/", rows, key)
        results = answer.json().get("results", [])
        self._settle(what, [f"{key}#{number}" for number in range(1, len(rows) + 1)], results, answer)
        if twice:
            self._compare(key, answer, till.post("sent twice", "/api/stock-movements/bulk/", rows, key))

    def _settle(self, what: str, keys: list[str], results: Iterable[dict[str, Any]], answer: httpx.Response) -> None:
        if answer.status_code >= 300:
            self.tally.note(what, "refused", count=len(keys))
            self.tally.trouble(f"answer {answer.status_code}")
            return
        invalid = {key for key, result in zip(keys, results, strict=True) if result["status"] == "invalid"}
        if invalid:
            self.tally.note(what, "refused", count=len(invalid))
        self.tally.note(what, "accepted", count=len(keys) - len(invalid))
        with self.lock:
            self.keys += [key for key in keys if key not in invalid]

    def _compare(self, key: str, first: httpx.Response, second: httpx.Response) -> None:
        """A repeated key must name the movements of the first time."""
        if first.status_code < 300 and _ids(first) != _ids(second):
            with self.lock:
                self.broken_keys.append(key)


def _reach(login: Login) -> int:
    return len(login.stores or [])


def _ids(answer: httpx.Response) -> list[Any]:
    body = answer.json()
    return [row["id"] for row in body.get("results", [body])]


def _movement(kind: str, store: str, sku: str, units: float, **more: Any) -> dict[str, Any]:
    return {"store": store, "product": sku, "movement_type": kind, "quantity": units, **more}
