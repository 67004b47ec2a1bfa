"""The demo installation as its people see it: logins from the file, calls over HTTP."""

from __future__ import annotations

import gzip
import json
import os
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.support.instances import Installation, eventually

TRAIN = "store-item-demand.train.csv.gz"


def logins(up: Installation) -> list[dict[str, Any]]:
    return list(json.loads((up.root / "demo-logins.json").read_text()))


class Caller:
    """One signed-in person."""

    def __init__(self, up: Installation, username: str) -> None:
        password = next(row["password"] for row in logins(up) if row["username"] == username)
        self.http = httpx.Client(base_url=up.address, timeout=15)
        answer = self.http.post("/api/auth/login/", json={"username": username, "password": password})
        assert answer.status_code == 200, answer.text
        self.user = answer.json()["user"]
        self.token = str(answer.json()["token"])
        self.http.headers["Authorization"] = f"Token {self.token}"

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *failure: object) -> None:
        self.http.close()

    def get(self, path: str, **params: Any) -> Any:
        answer = self.http.get(f"/api/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, *, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        return self.http.post(f"/api/{path}", json=body, headers=headers)

    def move(self, kind: str, quantity: int, *, store: str = "DOWNTOWN", product: str = "TEA-001") -> dict[str, Any]:
        """Submit a movement and see it through to its end."""
        answer = self.post("stock-movements/", store=store, product=product, movement_type=kind, quantity=quantity)
        assert answer.status_code in (200, 201, 202), answer.text
        return dict(eventually(lambda: self.final(answer.json()["id"]), within=10))

    def final(self, movement_id: str) -> dict[str, Any] | None:
        movement = self.get(f"stock-movements/{movement_id}/")
        return None if movement["status"] == "accepted" else movement

    def end_of_changes(self) -> str:
        """The cursor behind everything that has happened."""
        page = self.get("changes", limit=1000)
        while page["has_more"]:
            page = self.get("changes", since=page["next"], limit=1000)
        return str(page["next"])

    def on_hand(self, store: str = "DOWNTOWN", product: str = "TEA-001") -> float:
        rows = self.get("inventory/", search=product)["results"]
        return float(next(row["on_hand"] for row in rows if (row["store_code"], row["sku"]) == (store, product)))


def history_file(folder: Path) -> tuple[Path, int]:
    """The full-size file where ONHAND_TEST_DATA has it, else a seeded one of the same shape; and how many rows."""
    full = Path(os.environ.get("ONHAND_TEST_DATA", "/nonexistent")) / TRAIN
    if full.exists():
        with gzip.open(full, "rb") as file:
            return full, sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1
    print(f"ONHAND_TEST_DATA holds no {TRAIN}: a seeded file of 20,000 rows is loaded instead.")
    chance, first = random.Random(7), date(2016, 1, 1)
    rows = [
        f"{first + timedelta(days=day)},{store},{item},{chance.randint(0, 90)}"
        for item in range(1, 6)
        for store in range(1, 11)
        for day in range(400)
    ]
    small = folder / "train.csv"
    small.write_text("\n".join(["date,store,item,sales", *rows]) + "\n")
    return small, len(rows)
