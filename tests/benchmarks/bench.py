"""What every benchmark is given, and what most of them share."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from tests.benchmarks import load
from tests.benchmarks.cpu import Meter
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.instance import Running
from tests.benchmarks.load import Outcome

ROUNDS = 5


@dataclass(frozen=True)
class Bench:
    """The running instance and the data in it."""

    running: Running
    dataset: Dataset

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> bytes:
        return load.request(method, path, self.dataset.token, b"" if body is None else orjson.dumps(body), **headers)

    def movement(self, store: int | None = None) -> dict[str, Any]:
        """One unit sold, in the store given or anywhere in the chain."""
        return {
            "store": store or random.choice(self.dataset.stores),
            "product": random.choice(self.dataset.products),
            "movement_type": "OUT",
            "quantity": 1,
        }

    def bulk(self, size: int, count: int, *, one_store: bool) -> list[bytes]:
        """Bulk requests; with `one_store` each is one store's upload, else its rows are spread over the chain."""
        bodies = []
        for _ in range(count):
            store = random.choice(self.dataset.stores) if one_store else None
            bodies.append([self.movement(store) for _ in range(size)])
        return [self.request("POST", "/api/stock-movements/bulk/", body) for body in bodies]

    def singles(self, count: int, **headers: str) -> list[bytes]:
        return [self.request("POST", "/api/stock-movements/", self.movement(), **headers) for _ in range(count)]

    def run(self, requests: list[list[bytes]], *, seconds: float, per_second: float | None = None) -> Outcome:
        return load.run(self.running.port, requests, seconds=seconds, per_second=per_second)

    def meter(self) -> Meter:
        return Meter(
            {
                "web": self.running.children("granian"),
                "worker": self.running.children("worker"),
                "postgres": self.running.children("postgres"),
            }
        )


def median(values: Iterable[float]) -> float:
    return statistics.median(list(values))


def medians(spent: list[dict[str, float]]) -> dict[str, float]:
    """The median of each group over the rounds."""
    return {name: round(median(each[name] for each in spent), 1) for name in spent[0]}


Figures = tuple[float, dict[str, float]]
"""One measurement: the figure, and the CPU time an item by part of the instance."""


def interleaved(variants: dict[str, Callable[[], Figures]], rounds: int = ROUNDS) -> dict[str, Figures]:
    """Run the variants in turn, several times, so that other work on the machine meets all of them alike."""
    seen: dict[str, list[Figures]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, variant in variants.items():
            seen[name].append(variant())
    return {name: (median(v for v, _ in values), medians([c for _, c in values])) for name, values in seen.items()}
