"""Impatient people: clients of a whole installation that send again, under the same key, until they have an answer."""

from __future__ import annotations

import logging
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import httpx

logging.getLogger("httpx").setLevel(logging.WARNING)

PASSWORD = "correct-horse-battery-9"
GIVE_UP_SECONDS = 60.0


@dataclass
class Chain:
    """One retail chain registered over HTTP."""

    address: str
    headers: dict[str, str]
    organization_id: int
    stores: list[int]
    products: list[int]

    @classmethod
    def register(cls, address: str, *, stores: int = 4, products: int = 6) -> Chain:
        word = uuid.uuid4().hex[:10]
        with httpx.Client(base_url=address, timeout=20) as client:

            def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
                answer = client.post(path, json=body)
                assert answer.status_code in (200, 201), answer.text
                return dict(answer.json())

            account = {"username": f"u{word}", "password": PASSWORD, "email": f"{word}@example.com"}
            post("/api/auth/register/", {**account, "organization": f"Chain {word}"})
            login = post("/api/auth/login/", {"username": account["username"], "password": PASSWORD})
            client.headers["Authorization"] = f"Token {login['token']}"
            places = [post("/api/stores/", {"code": f"S{n}", "name": f"Store {n}"})["id"] for n in range(stores)]
            things = [
                post("/api/products/", {"sku": f"P{n}", "name": f"Product {n}", "unit_cost": 2, "sale_price": 3})["id"]
                for n in range(products)
            ]
        organization = login["user"]["organization"]
        organization_id = organization["id"] if isinstance(organization, dict) else organization
        return cls(address, {"Authorization": f"Token {login['token']}"}, organization_id, places, things)

    def client(self, timeout: float = 8.0) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers=self.headers, timeout=timeout)

    def movement(self, kind: str = "IN", quantity: int = 1, store: int = 0, product: int = 0) -> dict[str, Any]:
        place, thing = self.stores[store], self.products[product]
        return {"store": place, "product": thing, "movement_type": kind, "quantity": quantity}


@dataclass
class Hands:
    """Several people at work, and what they saw. `wrong` holds every answer that nobody should have been given."""

    chain: Chain
    seed: int
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    gave_up: int = 0
    patience: float = GIVE_UP_SECONDS
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, until: float, *, count: int = 4) -> list[threading.Thread]:
        people = range(count)
        threads = [threading.Thread(target=self._person, args=(n, until), daemon=True) for n in people]
        for thread in threads:
            thread.start()
        return threads

    def _person(self, number: int, until: float) -> None:
        dice = random.Random(self.seed * 100 + number)
        with self.chain.client() as client:
            while time.monotonic() < until:
                try:
                    self.work(client, dice)
                except Exception as error:
                    self.wrong.append(f"{type(error).__name__}: {error}")
                    raise

    def work(self, client: httpx.Client, dice: random.Random) -> None:
        """One piece of work of one person, from beginning to end. Hands that only send and insist have none."""
        raise NotImplementedError

    def insist(
        self, client: httpx.Client, path: str, body: Any, headers: dict[str, str], *, may_refuse: Collection[str] = ()
    ) -> httpx.Response | None:
        """Send until the outcome is known: the acknowledgement; None when it was refused with one of the codes."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            answer = self.send(client, path, body, headers)
            if answer is None or answer.status_code in (429, 503) or code_of(answer) == "changed_meanwhile":
                time.sleep(0.1 + random.random() * 0.2)
            elif answer.status_code in (200, 201, 202):
                return answer
            elif code_of(answer) in may_refuse:
                return None
            else:
                self.wrong.append(f"{path} {answer.status_code} {answer.text[:300]}")
                return None
        self.gave_up += 1
        return None

    def send(self, client: httpx.Client, path: str, body: Any, headers: dict[str, str]) -> httpx.Response | None:
        """Send once; None when the outcome stays unknown."""
        try:
            answer = client.post(path, json=body, headers=headers)
        except httpx.HTTPError as error:
            self._saw(type(error).__name__)
            return None
        self._saw(str(answer.status_code))
        if code := code_of(answer):
            self._saw(code)
        if answer.headers.get("idempotency-replayed") == "true":
            self._saw("replayed")
        return answer

    def _saw(self, what: str) -> None:
        with self.lock:
            self.seen[what] += 1


def code_of(answer: httpx.Response) -> str:
    """The code of a refusal."""
    return str(answer.json().get("code", "")) if answer.status_code >= 400 and answer.content else ""


def new_key(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128)))
