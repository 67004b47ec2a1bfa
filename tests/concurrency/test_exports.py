"""Exports whose worker is killed half-way: never half a file, and the next worker makes it whole."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from stock.models import ExportJob
from stock.services.exports import jobs, making
from tests.factories.exports import ask, body_of, csv_rows, many_suppliers, read, worker
from tests.factories.stock import Shop, build_shop
from tests.support.instances import eventually

ROWS = 30_000


def killed_half_way(shop: Shop, export_id: int) -> ExportJob:
    process = worker(shop, export_id)

    def begun() -> bool:
        assert process.poll() is None
        return 0 < read(shop, export_id).rows < ROWS

    eventually(begun, within=60)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return read(shop, export_id)


def test_the_next_worker_makes_the_whole_file_of_a_killed_one():
    shop = build_shop(stores=1, products=0)
    many_suppliers(shop, ROWS)
    export_id = ask(shop.client, "/api/suppliers/?ordering=id")
    left = killed_half_way(shop, export_id)
    assert left.status == "running"
    # As if it had been killed a moment later, while the storage took the file.
    storages["exports"].save(left.file_path, ContentFile(b"id,name\n1,half of"))
    for path in ("", "download/"):
        answer = shop.client.get(f"/api/exports/{export_id}/{path}")
        assert answer.json().get("download_url") is None
    assert answer.json()["code"] == "export_not_ready"
    eventually(lambda: (export_id, shop.organization.id) in jobs.stragglers(), within=60)
    # The database may still be at the killed session's last statement, and holds its lock till then.
    eventually(lambda: making.run(job_id=export_id, organization_id=shop.organization.id), within=60)
    job = read(shop, export_id)
    assert (job.status, job.attempts, job.rows) == ("ready", 2, ROWS)
    rows = csv_rows(body_of(shop.client.get(f"/api/exports/{export_id}/download/")))
    assert [row["name"] for row in rows] == [f"Supplier {number}" for number in range(1, ROWS + 1)]
    folder = Path(storages["exports"].path(str(shop.organization.id)))
    assert [file.name for file in folder.iterdir()] == [Path(job.file_path).name]


def test_an_export_that_kills_its_workers_ends():
    shop = build_shop()
    export_id = ask(shop.client, "/api/stores/")
    for attempt in range(making.ATTEMPTS + 1):
        assert making._claim(export_id, shop.organization.id) is not None, attempt
    assert making.run(job_id=export_id, organization_id=shop.organization.id)
    job = read(shop, export_id)
    assert (job.status, job.file_path) == ("failed", "")
    assert "did not survive" in job.error


def test_a_worker_that_was_overtaken_keeps_nothing():
    shop = build_shop()
    export_id = ask(shop.client, "/api/stores/")
    first = making._claim(export_id, shop.organization.id)
    second = making._claim(export_id, shop.organization.id)
    assert first is not None
    assert second is not None
    making._make(second)
    try:
        making._make(first)
    except making.Abandoned:
        overtaken = True
    assert overtaken
    job = read(shop, export_id)
    assert (job.status, job.file_path) == ("ready", second.file_path)
