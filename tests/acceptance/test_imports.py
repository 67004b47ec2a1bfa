"""A shop's files through the front door: uploaded, previewed, applied by the worker, refused or undone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.factories.imports import UNIFIED
from tests.support.broken_sales import DUPLICATE, KINDS, MISMATCH, BrokenSales
from tests.support.demo import history_file
from tests.support.hands import Chain
from tests.support.instances import Installation, eventually, manage
from tests.support.listening import Stream
from tests.support.prepared import Prepared

SAMPLE = (
    f"{UNIFIED}\nLaptop,Electronics,500.00,2,599.99,2025-10-28,48\nMouse,Electronics,25.00,5,29.99,2025-10-28,115\n"
)
PRODUCTS, DAYS = 200, 500
ENDS = ("ready", "applied", "failed", "undone")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Installation]:
    installation = Installation(prepared(tmp_path_factory.mktemp("imports") / "data")).start()
    yield installation
    installation.stop()


@pytest.fixture
def client(up: Installation) -> Iterator[httpx.Client]:
    with Chain.register(up.address, stores=1, products=1).client(timeout=60) as client:
        yield client


def send(client: httpx.Client, content: bytes, **form: str) -> dict[str, Any]:
    answer = client.post("/api/imports/", files={"file": ("pos.csv", content)}, data=form)
    assert answer.status_code == 202, answer.text
    waits = form.get("apply") != "true"  # else it is only passing through
    return finished(client, answer.json()["id"], ends=ENDS if waits else ENDS[1:])


def finished(
    client: httpx.Client,
    job_id: int,
    *,
    seen: list[tuple[str, dict[str, Any]]] | None = None,
    ends: tuple[str, ...] = ENDS,
) -> dict[str, Any]:
    """The job when its work is over; `seen` hears its status and progress at every poll."""

    def job() -> dict[str, Any] | None:
        found: dict[str, Any] = client.get(f"/api/imports/{job_id}/").json()
        if seen is not None:
            seen.append((found["status"], found["progress"]))
        return found if found["status"] in ends else None

    return dict(eventually(job, within=300))


def told_of(stream: Stream) -> list[tuple[int, str, int]]:
    return [(job["id"], job["status"], job["succeeded"]) for job in stream.named("import")]


def test_the_sample_of_a_point_of_sale_from_preview_to_undo(client: httpx.Client):
    ready = send(client, SAMPLE.encode())
    assert (ready["status"], ready["kind"], ready["succeeded"]) == ("ready", "unified", 2)
    path = f"/api/imports/{ready['id']}"
    token = client.headers["Authorization"].removeprefix("Token ")
    with Stream(str(client.base_url).rstrip("/"), token, "?types=import") as stream:
        assert client.post(f"{path}/apply/").status_code == 202
        applied = eventually(lambda: (job := finished(client, ready["id"]))["status"] == "applied" and job)
        eventually(lambda: (ready["id"], "applied", 2) in told_of(stream))
    assert applied["result"]["products_added"] == 2
    stock = {row["sku"]: float(row["on_hand"]) for row in client.get("/api/stocks/").json()["results"]}
    assert stock == {"LAPTOP": 48, "MOUSE": 115}
    again = send(client, SAMPLE.encode(), apply="true")
    assert (again["status"], again["succeeded"], again["skipped"]) == ("applied", 0, 2)
    assert client.post(f"{path}/undo/").status_code == 202
    eventually(lambda: finished(client, ready["id"])["status"] == "undone")
    assert {float(row["on_hand"]) for row in client.get("/api/stocks/").json()["results"]} == {0}


def test_a_hundred_thousand_rows_with_broken_ones_of_every_kind(up: Installation, client: httpx.Client):
    file = BrokenSales(products=PRODUCTS, days=DAYS)
    assert len(file.content) > 5 << 20, "larger than any other body may be"
    assert all(file.wrong[kind] > 800 for kind in KINDS), file.wrong
    sent = client.post("/api/imports/", files={"file": ("pos.csv", file.content)}, data={"apply": "true"})
    steps: list[tuple[str, dict[str, Any]]] = []
    job = finished(client, sent.json()["id"], seen=steps, ends=("applied", "failed"))
    failed = sum(file.failures.values())
    counts = {name: job[name] for name in ("status", "error", "rows", "failed", "skipped", "notices", "succeeded")}
    assert counts == {
        "status": "applied",
        "error": "",
        "rows": file.rows,
        "failed": failed,
        "skipped": file.wrong[DUPLICATE],
        "notices": file.wrong[MISMATCH],
        "succeeded": file.rows - failed - file.wrong[DUPLICATE],
    }
    said = client.get(f"/api/imports/{job['id']}/failed-rows/").text.removeprefix("\ufeff").splitlines()
    assert Counter(row[-1] for row in csv.reader(said[1:])) == file.failures
    stock = {row["product_name"]: float(row["on_hand"]) for row in stocks(client)}
    assert stock == file.stock
    assert manage("verify_ledger", root=up.root).returncode == 0
    it_moved(steps, job["succeeded"])


def stocks(client: httpx.Client) -> Iterator[dict[str, Any]]:
    path: str | None = "/api/stocks/?page_size=100"
    while path:
        page = client.get(path).json()
        yield from page["results"]
        path = page["next"]


def it_moved(steps: list[tuple[str, dict[str, Any]]], rows: int) -> None:
    """Who polled saw the work go on: more rows each time, at a pace, with an end in sight."""
    applying = [progress for status, progress in steps if status == "applying"]
    done = [progress["rows_done"] for progress in applying]
    assert done == sorted(done)
    assert len(set(done)) >= 5, done
    moving = [progress for progress in applying if 0 < progress["rows_done"] < rows]
    assert all(progress["rows_per_second"] > 0 and progress["seconds_left"] is not None for progress in moving)
    assert len({progress["percent"] for progress in moving}) >= 4
    # Failed rows are never to be done; neither is there more to do than rows that go in.
    assert {progress["rows_to_do"] for progress in moving} == {rows}


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
