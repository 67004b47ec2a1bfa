"""Large imports take turns in the workers, small ones go by."""

from __future__ import annotations

import threading
from datetime import timedelta

from django.db import connections

from inventory_project.kernel import clock, sql, tenancy
from stock.choices import AppliedVia
from stock.models import ImportJob
from stock.services.imports import running, turns
from tests.factories.imports import csv, read, send
from tests.factories.stock import Shop, build_shop

ROWS = ["SKU-1,7"]


def waiting(shop: Shop, *sizes: int, seconds: int = 60) -> list[int]:
    """Files that were uploaded so long ago and look so large; nobody was at them yet."""
    jobs = [send(shop, csv("sku,opening_stock", ROWS), applies=False).pk for _ in sizes]
    values = {"status": "uploaded", "applies_itself": True, "updated_at": clock.now() - timedelta(seconds=seconds)}
    with tenancy.scope(shop.organization.id):
        for job_id, size in zip(jobs, sizes, strict=True):
            ImportJob.objects.filter(pk=job_id).update(size=size, **values)
    return jobs


def run(shop: Shop, job_id: int, via: AppliedVia = AppliedVia.WORKER) -> bool:
    """As another process would: over a database connection of its own."""
    answers = []

    def other() -> None:
        answers.append(running.run(job_id=job_id, organization_id=shop.organization.id, via=via))
        connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    return answers[0]


def test_a_large_import_waits_for_another_companys_and_a_small_one_does_not():
    here, there = build_shop(stores=1), build_shop(stores=1)
    [large], [small] = waiting(here, turns.LARGE), waiting(there, turns.LARGE - 1)
    with sql.alone("large imports:0") as got:
        assert got
        assert not run(here, large)
        assert read(here, large).status == "uploaded"
        assert run(there, small)
        assert read(there, small).status == "applied"
    assert run(here, large)
    assert read(here, large).status == "applied"


def test_a_small_import_does_not_overtake_a_large_one_of_its_company():
    shop = build_shop(stores=1)
    large, small = waiting(shop, turns.LARGE, 10)
    assert not run(shop, small)
    assert run(shop, large)
    assert run(shop, small)


def test_a_command_waits_for_no_turn():
    shop = build_shop(stores=1)
    [large] = waiting(shop, turns.LARGE)
    with sql.alone("large imports:0"):
        assert run(shop, large, AppliedVia.COMMAND)


def test_who_has_waited_longest_is_next():
    shops = [build_shop(stores=1) for _ in range(2)]
    jobs = [waiting(shop, turns.LARGE, seconds=seconds)[0] for shop, seconds in zip(shops, (300, 900), strict=True)]
    ours = [job for job, _ in turns.stragglers() if job in jobs]
    assert ours == jobs[::-1]
