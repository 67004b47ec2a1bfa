"""A shop's files through the front door: uploaded, previewed, applied by the worker, refused or undone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.factories.imports import UNIFIED
from tests.support.demo import history_file
from tests.support.hands import Chain
from tests.support.instances import Installation, eventually, manage

SAMPLE = (
    f"{UNIFIED}\nLaptop,Electronics,500.00,2,599.99,2025-10-28,48\nMouse,Electronics,25.00,5,29.99,2025-10-28,115\n"
)
PRODUCTS, DAYS = 200, 500
ENDS = ("ready", "applied", "failed", "undone")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("imports") / "data").start()
    yield installation
    installation.stop()


@pytest.fixture
def client(up: Installation) -> Iterator[httpx.Client]:
    with Chain.register(up.address, stores=1, products=1).client(timeout=60) as client:
        yield client


def send(client: httpx.Client, content: bytes, **form: str) -> dict[str, Any]:
    answer = client.post("/api/imports/", files={"file": ("pos.csv", content)}, data=form)
    assert answer.status_code == 202, answer.text
    return finished(client, answer.json()["id"])


def finished(client: httpx.Client, job_id: int, *, seen: set[str] | None = None) -> dict[str, Any]:
    def job() -> dict[str, Any] | None:
        found: dict[str, Any] = client.get(f"/api/imports/{job_id}/").json()
        if seen is not None:
            seen.add(found["status"])
        return found if found["status"] in ENDS else None

    return dict(eventually(job, within=300))


def test_the_sample_of_a_point_of_sale_from_preview_to_undo(client: httpx.Client):
    ready = send(client, SAMPLE.encode())
    assert (ready["status"], ready["kind"], ready["succeeded"]) == ("ready", "unified", 2)
    path = f"/api/imports/{ready['id']}"
    assert client.post(f"{path}/apply/").status_code == 202
    applied = eventually(lambda: (job := finished(client, ready["id"]))["status"] == "applied" and job)
    assert applied["result"]["products_added"] == 2
    stock = {row["sku"]: float(row["on_hand"]) for row in client.get("/api/stocks/").json()["results"]}
    assert stock == {"LAPTOP": 48, "MOUSE": 115}
    again = send(client, SAMPLE.encode(), apply="true")
    assert (again["status"], again["succeeded"], again["skipped"]) == ("applied", 0, 2)
    assert client.post(f"{path}/undo/").status_code == 202
    eventually(lambda: finished(client, ready["id"])["status"] == "undone")
    assert {float(row["on_hand"]) for row in client.get("/api/stocks/").json()["results"]} == {0}


def broken(dice: random.Random, good: str) -> str:
    """One of the ways a row goes wrong; repeats and jumps of the stock are made elsewhere."""
    cells = good.split(",")
    place, value = dice.choice([(5, "2025-13-01"), (3, "-2"), (3, "two"), (0, ""), (6, "none"), (6, "-1"), (4, "x")])
    cells[place] = value
    return ",".join(cells[:5] if dice.random() < 0.15 else cells)


def large_file() -> tuple[bytes, dict[str, int]]:
    """A hundred thousand rows; one in a hundred is broken, one in a hundred is there twice."""
    dice, first = random.Random(7), date(2024, 1, 1)
    left = dict.fromkeys(range(PRODUCTS), 3 * DAYS)
    lines, expected = [UNIFIED], {"succeeded": 0, "skipped": 0, "failed": 0}
    for day in range(DAYS):
        for number in range(PRODUCTS):
            sold = dice.randint(1, 3)
            facts = f"Thing number {number},Group {number % 7} of the shop,1.25,{sold},2.50"
            good = f"{facts},{first + timedelta(day)},{left[number] - sold}"
            lot = dice.random()
            if lot < 0.01:
                lines.append(broken(dice, good))
                expected["failed"] += 1
                continue
            left[number] -= sold
            lines.append(good)
            expected["succeeded"] += 1
            if lot > 0.99:
                lines.append(good)
                expected["skipped"] += 1
    return "\n".join(lines).encode(), expected


def test_a_hundred_thousand_rows_with_broken_ones_among_them(up: Installation, client: httpx.Client):
    content, expected = large_file()
    assert len(content) > 5 << 20, "larger than any other body may be"
    job = send(client, content, apply="true")
    assert job["status"] == "applied", job["error"]
    assert {name: job[name] for name in expected} == expected
    failed = client.get(f"/api/imports/{job['id']}/failed-rows/")
    assert len(failed.text.splitlines()) == expected["failed"] + 1
    assert manage("verify_ledger", root=up.root).returncode == 0


def test_a_history_of_913000_rows(client: httpx.Client, tmp_path: Path):
    file, rows = history_file(tmp_path)
    job = send(client, file.read_bytes(), apply="true")
    assert (job["status"], job["kind"], job["rows"], job["succeeded"]) == ("applied", "history", rows, rows)


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"%PDF-1.7 ...", "a PDF document"), (b"", "The file is empty.")], ids=["pdf", "empty"]
)
def test_what_is_no_table_is_refused_at_the_door(client: httpx.Client, content: bytes, sentence: str):
    answer = client.post("/api/imports/", files={"file": ("sales.csv", content)})
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_file")
    assert sentence in answer.json()["detail"]
    assert client.get("/api/imports/").json()["results"] == []


def test_an_upload_without_credentials_or_beyond_the_limit_is_not_even_read(up: Installation, client: httpx.Client):
    file = {"file": ("sales.csv", b"x" * (6 << 20))}
    assert httpx.post(f"{up.address}/api/imports/", files=file).status_code == 401
    claimed = HTTPConnection("127.0.0.1", up.port, timeout=20)
    claimed.putrequest("POST", "/api/imports/")
    for name, value in (("Authorization", client.headers["Authorization"]), ("Content-Length", str(3 << 30))):
        claimed.putheader(name, value)
    claimed.putheader("Content-Type", "multipart/form-data; boundary=x")
    claimed.endheaders()
    assert claimed.getresponse().status == 413
    claimed.close()
