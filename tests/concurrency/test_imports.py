"""Imports whose worker is killed half-way, and imports beside tills: never half an import, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections

from inventory_project.kernel import clock, sql, tenancy
from inventory_project.runtime.instance import BASE_DIR
from stock.models import ImportedRow, ImportJob
from stock.services.imports import applying, files, jobs, running, turns
from tests.factories.imports import UNIFIED, carry_out, csv, movements, read, send
from tests.factories.stock import Shop, build_shop
from tests.support.instances import eventually
from tests.support.ledger import assert_whole

PRODUCTS, DAYS = 100, 250
ROWS = PRODUCTS * DAYS


def big_file(folder: Path) -> Path:
    first = date(2025, 1, 1)
    rows = (
        f"Product {number},Things,1,1,2,{first + timedelta(day)},{DAYS - day}"
        for day in range(DAYS)
        for number in range(PRODUCTS)
    )
    file = folder / "big.csv"
    file.write_text(csv(UNIFIED, rows))
    return file


def killed_half_way(shop: Shop, folder: Path) -> ImportJob:
    """An import whose process was killed after some of its chunks were committed."""
    command = [sys.executable, "manage.py", "import_csv", str(big_file(folder)), "--quiet"]
    process = subprocess.Popen([*command, "--organization", shop.organization.slug], cwd=BASE_DIR, env=os.environ)

    def job() -> ImportJob | None:
        assert process.poll() is None
        with tenancy.scope(shop.organization.id):
            found: ImportJob | None = ImportJob.objects.filter(status="applying", rows_done__gte=applying.CHUNK).first()
        return found

    found = eventually(job, within=120)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    left = read(shop, found.pk)
    assert left.status == "applying"
    with tenancy.scope(shop.organization.id):
        assert 0 < ImportedRow.objects.count() < ROWS
    return left


def test_the_next_worker_goes_on_where_a_killed_one_stopped(tmp_path: Path):
    shop = build_shop(stores=1, products=0)
    left = killed_half_way(shop, tmp_path)
    eventually(lambda: (left.pk, shop.organization.id) in turns.stragglers())
    # The database may still be at the killed session's last statement, and holds its lock till then.
    run = {"job_id": left.pk, "organization_id": shop.organization.id}
    eventually(lambda: running.run(**run), within=60)
    job = read(shop, left.pk)
    assert (job.status, job.succeeded, job.skipped, job.failed) == ("applied", ROWS, 0, 0)
    assert len(movements(shop)) == ROWS + PRODUCTS
    assert_whole(shop)


def test_what_cannot_go_on_is_taken_back_whole(tmp_path: Path):
    shop = build_shop(stores=1, products=0)
    left = killed_half_way(shop, tmp_path)
    files.forget(left.file_path)
    # The database may still be at the killed session's last statement, and holds its lock till then.
    run = {"job_id": left.pk, "organization_id": shop.organization.id}
    eventually(lambda: running.run(**run), within=60)
    job = read(shop, left.pk)
    assert (job.status, job.succeeded) == ("failed", 0)
    assert job.error == "The file of this import is no longer kept."
    assert sum(quantity for _, _, quantity, _ in movements(shop)) == 0
    with tenancy.scope(shop.organization.id):
        assert not ImportedRow.objects.exists()
    assert_whole(shop)


def test_tills_go_on_selling_while_an_import_is_applied(tmp_path: Path):
    shop = build_shop(stores=1, products=1)
    shop.post("IN", 500)
    file = big_file(tmp_path)
    over, waits = threading.Event(), []

    def sell() -> None:
        while not over.is_set():
            begun = time.monotonic()
            assert shop.post("OUT", 1).json()["status"] == "applied"
            waits.append(time.monotonic() - begun)
            time.sleep(0.05)
        connections.close_all()

    till = threading.Thread(target=sell)
    till.start()
    try:
        job = send(shop, file.read_bytes())
    finally:
        over.set()
        till.join()
    assert (job.status, job.succeeded) == ("applied", ROWS)
    assert shop.on_hand() == 500 - len(waits)
    print(f"{len(waits)} sales meanwhile, the slowest {max(waits):.2f} s")
    assert_whole(shop)


def test_one_import_of_an_organisation_is_at_work_at_a_time():
    shop = build_shop(stores=1, products=0)
    ready = send(shop, csv(UNIFIED, ["Tea,D,1,1,2,2025-05-01,9"]), applies=False)
    access = shop.access()
    jobs.apply(job_id=ready.pk, access=access, acting_as=access.actor())
    answers = []

    def other() -> None:
        answers.append(running.run(job_id=ready.pk, organization_id=shop.organization.id))
        connections.close_all()

    with sql.alone(f"imports:{shop.organization.id}") as first:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert (first, answers) == (True, [False])
    assert read(shop, ready.pk).status == "applying"
    assert carry_out(shop, ready.pk).status == "applied"


@pytest.mark.parametrize(("succeeded", "status"), [(0, "failed"), (1, "applied")], ids=["no further", "further"])
def test_a_file_that_kills_every_worker_is_given_up_unless_they_get_further(succeeded: int, status: str):
    shop = build_shop(stores=1, products=0)
    ready = send(shop, csv(UNIFIED, ["Tea,D,1,1,2,2025-05-01,9"]), applies=False)
    with tenancy.scope(shop.organization.id):
        ImportJob.objects.filter(pk=ready.pk).update(
            status="applying",
            applying_at=clock.now(),
            succeeded=succeeded,
            result={"attempts": running.ATTEMPTS, "reached": 0},
        )
    job = carry_out(shop, ready.pk)
    assert job.status == status
    assert ("did not survive" in job.error) == (status == "failed")
    assert len(movements(shop)) == (2 if status == "applied" else 0)
