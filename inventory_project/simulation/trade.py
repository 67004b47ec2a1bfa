"""One company being played: its logins, its customers, and the requests a store sends for them."""

from __future__ import annotations

import itertools
import math
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from inventory_project.simulation.plan import Event, Good, Place
from inventory_project.simulation.tills import Tally, Till

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
    # What was begun today: ids of transfers, of stock counts.
    transfers: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    busy: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

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

    def manager(self, store: str) -> Till:
        """The login that answers for the store."""
        near = sorted(
            (login for login in self.logins if login.role == "manager" and store in (login.stores or [])), key=_reach
        )
        return self.tills[near[0].username] if near else self.office

    def one_at_a_time(self, store: str) -> threading.Lock:
        """Held by whoever looks after the store's goods."""
        with self.lock:
            return self.busy[store]

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
                receipts.append(movement("receipt", *place, missing, reference="refill"))
        for first in range(0, len(receipts), BULK):
            self.bulk("refill", self.office, receipts[first : first + BULK])
        return len(receipts)

    # -- customers ----------------------------------------------------------------------------------------------

    def basket(self, event: Event) -> None:
        late: dict[str, Any] = {}
        if event.hours_late:
            late["effective_at"] = (datetime.now(UTC) - timedelta(hours=event.hours_late)).isoformat()
        rows = [
            movement("sale", event.store, sku, units, unit_price=self.goods[sku].price, **late)
            for sku, units in event.lines
        ]
        what = "late sale" if late else "sale"
        if len(rows) == 1:
            self._single(what, self.till(event.store), rows[0], twice=event.sent_twice)
        else:
            self.bulk(what, self.till(event.store), rows, twice=event.sent_twice)

    def brought_back(self, event: Event) -> None:
        [(sku, _)] = event.lines
        back = movement("customer_return", event.store, sku, 1, unit_price=self.goods[sku].price, reason="brought back")
        self._single("return", self.till(event.store), back)

    def broken(self, event: Event) -> None:
        [(sku, _)] = event.lines
        self._single("damage", self.till(event.store), movement("removal", event.store, sku, 1, reason="broken"))

    # -- sending ------------------------------------------------------------------------------------------------

    def key(self) -> str:
        with self.lock:
            return f"sim-{self.run}-{next(self.numbers)}"

    def step(
        self, what: str, till: Till, path: str, body: Any, *, overtaken: Collection[str] = ()
    ) -> dict[str, Any] | None:
        """One step of something longer: how it stands now, or None when it was refused.

        A refusal with one of the codes `overtaken` is life and no mistake of ours.
        """
        answer = till.post(what, path, body, self.key())
        if answer.status_code < 300:
            self.tally.note(what, "accepted")
            return dict(answer.json())
        code = answer.json().get("code", "")
        if code in overtaken:
            self.tally.trouble(code.replace("_", " "))
        else:
            self.tally.note(what, "refused")
            self.tally.trouble(f"answer {answer.status_code}")
        return None

    def _single(self, what: str, till: Till, row: dict[str, Any], *, twice: bool = False) -> None:
        key = self.key()
        answer = till.post(what, "/api/stock-movements/", row, key)
        self._settle(what, [key], [answer.json()], answer)
        if twice:
            self._compare(key, answer, till.post("sent twice", "/api/stock-movements/", row, key))

    def bulk(self, what: str, till: Till, rows: list[dict[str, Any]], *, twice: bool = False) -> None:
        key = self.key()
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


def movement(kind: str, store: str, sku: str, units: float, **more: Any) -> dict[str, Any]:
    return {"store": store, "product": sku, "movement_type": kind, "quantity": units, **more}
