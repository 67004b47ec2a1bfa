"""The reference: set-based SQL by hand, one session, two statements a batch, over tables of the same shape."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import psycopg
import uuid_utils

from tests.benchmarks.cpu import backend_nanoseconds
from tests.benchmarks.dataset import Dataset

SQL = Path(__file__).parent / "sql"


class Raw:
    """One session of the superuser: no policies, no keys of other tables, no triggers."""

    def __init__(self, connection: psycopg.Connection[Any], dataset: Dataset) -> None:
        self.connection = connection
        self.dataset = dataset
        self.lock = (SQL / "raw_lock.sql").read_text()
        self.apply = (SQL / "raw_apply.sql").read_text()

    def batch(self, size: int, *, one_store: bool) -> bytes:
        now = datetime.now(UTC).isoformat()
        store = random.choice(self.dataset.stores) if one_store else None
        rows = [
            {
                "id": str(uuid_utils.uuid7()),
                "store": store or random.choice(self.dataset.stores),
                "product": random.choice(self.dataset.products),
                "kind": "sale",
                "quantity": -1,
                "effective_at": now,
                "recorded_at": now,
                "actor": 1,
                "actor_label": "user-1-0123abcd",
                "request_id": "0123456789abcdef0123456789abcdef",
                "source": "bulk",
                "reference": "",
                "reason": "",
                "sku": "SKU-00001",
            }
            for _ in range(size)
        ]
        return orjson.dumps(rows)

    def run(self, batches: int, size: int, *, one_store: bool) -> tuple[float, float]:
        """Movements a second and the backend's CPU microseconds a movement."""
        prepared = [self.batch(size, one_store=one_store) for _ in range(batches)]
        before, started = backend_nanoseconds(self.connection), time.perf_counter()
        for body in prepared:
            parameters = {"organization": self.dataset.organization_id, "rows": body.decode()}
            with self.connection.transaction():
                self.connection.execute(self.lock, parameters, prepare=True)
                answers = self.connection.execute(self.apply, parameters, prepare=True).fetchall()
                assert len(answers) == size
        elapsed = time.perf_counter() - started
        spent = backend_nanoseconds(self.connection) - before
        return batches * size / elapsed, spent / 1000 / (batches * size)
