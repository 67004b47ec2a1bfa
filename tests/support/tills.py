"""Impatient tills: clients of a whole installation that send again until they have an answer, and remember it."""

from __future__ import annotations

import logging
import random
import threading
import time
import uuid
from collections import Counter
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
class Tills:
    """What several tills sent and were promised. `acknowledged` maps a key to the movement's id and body."""

    chain: Chain
    seed: int
    acknowledged: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    gave_up: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, until: float, *, count: int = 4) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._till, args=(number, until)) for number in range(count)]
        for thread in threads:
            thread.start()
        return threads

    def _till(self, number: int, until: float) -> None:
        dice = random.Random(self.seed * 100 + number)
        with self.chain.client() as client:
            while time.monotonic() < until:
                self._sell(client, dice)

    def _sell(self, client: httpx.Client, dice: random.Random) -> None:
        chain, key = self.chain, str(uuid.UUID(int=dice.getrandbits(128)))
        kind = dice.choices(["IN", "OUT", "REM", "transfer"], [4, 5, 1, 2])[0]
        quantity = dice.randint(1, 20) * (3 if kind == "IN" else 1)
        store, product = dice.randrange(len(chain.stores)), dice.randrange(len(chain.products))
        path, body = "/api/stock-movements/", chain.movement(kind, quantity, store, product)
        if kind == "transfer":
            path, target = "/api/inventory/transfer", (store + dice.randint(1, 3)) % len(chain.stores)
            body = {
                "from_store": chain.stores[store],
                "to_store": chain.stores[target],
                "product_id": chain.products[product],
                "quantity": quantity,
                "reason": "",
            }
        headers = {"Idempotency-Key": key, **({"Prefer": "wait=2"} if dice.random() < 0.1 else {})}
        again = dice.random() < 0.1
        end = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < end:
            answer = self._send(client, path, body, headers)
            if answer is not None and answer.status_code in (200, 201, 202):
                self._remember(key, answer.json()["id"], body)
                if not again:
                    return
                again = False  # an impatient till: it sends once more although it has its answer
            elif answer is not None and answer.status_code not in (429, 503):
                self.wrong.append(f"{answer.status_code} {answer.text[:300]}")
                return
            else:
                time.sleep(0.1 + dice.random() * 0.2)
        self.gave_up += 1

    def _send(self, client: httpx.Client, path: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
        try:
            answer = client.post(path, json=body, headers=headers)
        except httpx.HTTPError as error:
            self.seen[type(error).__name__] += 1
            return None
        self.seen[str(answer.status_code)] += 1
        self.seen["replayed"] += answer.headers.get("idempotency-replayed") == "true"
        return answer

    def _remember(self, key: str, movement_id: str, body: dict[str, Any]) -> None:
        with self.lock:
            known = self.acknowledged.setdefault(key, (movement_id, body))
        if known[0] != movement_id:
            self.wrong.append(f"key {key} was answered with {known[0]} and {movement_id}")
