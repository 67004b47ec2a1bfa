"""Errands: changes of many steps, each step sent until its outcome is known, and looked for afterwards.

A kind of errand is a class with `run` (one errand of one person, from beginning to end) and `check` (after everything
is up again: each acknowledged step is there exactly once, and nothing else is). A new family of verbs gets a class of
its own and a place in the list a test gives to `Errands`.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
import psycopg

from tests.support.hands import Chain, Hands, new_key


class Errand(Protocol):
    """One kind of errand, and what all errands of this kind were promised."""

    name: str

    def run(self, person: Person) -> None: ...

    def check(self, chain: Chain, connection: psycopg.Connection[Any]) -> str:
        """Fails when a promise was not kept; a line for the report."""


@dataclass
class Errands(Hands):
    """People who run errands of the given kinds, one after another."""

    kinds: Sequence[Errand] = ()
    begun: Any = field(default_factory=itertools.count)

    def work(self, client: httpx.Client, dice: random.Random) -> None:
        kind = self.kinds[next(self.begun) % len(self.kinds)]
        kind.run(Person(self, client, dice))


@dataclass
class Person:
    """Somebody on an errand: sends steps, some of them twice or together with a rival."""

    hands: Errands
    client: httpx.Client
    dice: random.Random

    @property
    def chain(self) -> Chain:
        return self.hands.chain

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def ask(self, path: str, body: Any = None, *, may_refuse: Collection[str] = ()) -> dict[str, Any] | None:
        """Take one step: its acknowledgement, or None when it was refused."""
        return self.step(path, body, may_refuse=may_refuse)(self.client)

    def step(
        self, path: str, body: Any = None, *, may_refuse: Collection[str] = (), key: str = ""
    ) -> Callable[[httpx.Client], dict[str, Any] | None]:
        """One step, to be taken by whoever has a client; one in ten sends it again although the answer is there."""
        headers, again = {"Idempotency-Key": key or new_key(self.dice)}, self.chance(0.1)

        def take(client: httpx.Client) -> dict[str, Any] | None:
            answer = self.hands.insist(client, path, body or {}, headers, may_refuse=may_refuse)
            if answer is None:
                return None
            if again:
                second = self.hands.insist(client, path, body or {}, headers)
                if second is not None and second.headers.get("idempotency-replayed") != "true":
                    self.hands.wrong.append(f"{path} was done twice under one key: {second.text[:300]}")
            return dict(answer.json())

        return take

    def at_once(self, *steps: Callable[[httpx.Client], dict[str, Any] | None]) -> list[dict[str, Any] | None]:
        """Several people take their steps in the same moment."""

        def alone(step: Callable[[httpx.Client], dict[str, Any] | None]) -> dict[str, Any] | None:
            with self.chain.client() as client:
                return step(client)

        with ThreadPoolExecutor(len(steps)) as people:
            return list(people.map(alone, steps))

    def look(self, path: str, **params: Any) -> Any:
        """Read until somebody answers."""
        end = time.monotonic() + self.hands.patience
        while time.monotonic() < end:
            try:
                answer = self.client.get(path, params=params)
            except httpx.HTTPError:
                time.sleep(0.1)
                continue
            if answer.status_code == 200:
                return answer.json()
            assert answer.status_code in (429, 503), answer.text
            time.sleep(0.1)
        raise AssertionError(f"{path} was never answered")
