"""Impatient tills: they sell, receive and move in one step, and remember what they were promised."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.hands import Hands, new_key


@dataclass
class Tills(Hands):
    """`acknowledged` maps a key to the movement's id and body."""

    acknowledged: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def work(self, client: httpx.Client, dice: random.Random) -> None:
        chain, key = self.chain, new_key(dice)
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
        # Some are so impatient that they send once more although they have their answer.
        for _ in range(2 if dice.random() < 0.1 else 1):
            answer = self.insist(client, path, body, headers)
            if answer is not None:
                self._remember(key, answer.json()["id"], body)

    def _remember(self, key: str, movement_id: str, body: dict[str, Any]) -> None:
        with self.lock:
            known = self.acknowledged.setdefault(key, (movement_id, body))
        if known[0] != movement_id:
            self.wrong.append(f"key {key} was answered with {known[0]} and {movement_id}")
