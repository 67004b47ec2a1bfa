"""Forecasts whose worker is killed, and many workers at once: nothing lost, nothing twice, no half run shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from forecasting.choices import ChunkStatus, RunStatus, Trigger
from forecasting.models import Forecast, ForecastChunk, ForecastRun
from forecasting.services import chunks, runs
from inventory_project.kernel import tenancy
from inventory_project.runtime.instance import BASE_DIR
from tests.factories.forecasting import forecast, read_run, sales, sell, yesterday
from tests.factories.stock import Shop, build_shop
from tests.support.instances import eventually
from tests.support.superuser import superuser

STORES, PRODUCTS = 4, 3


@pytest.fixture
def shop(settings: Any) -> Shop:
    """Twelve series in four chunks."""
    settings.FORECAST_CHUNK = PRODUCTS
    shop = build_shop(stores=STORES, products=PRODUCTS)
    for place, store in enumerate(shop.stores):
        for number, product in enumerate(shop.products):
            sell(store, product, sales(5.0 + number, 120, last=yesterday(store), seed=10 * place + number))
    return shop


def request(shop: Shop) -> int:
    return runs.request(organization_id=shop.organization.id, trigger=Trigger.ON_DEMAND)


def visit(shop: Shop) -> bool:
    try:
        return runs.visit(organization_id=shop.organization.id, seconds=60)
    finally:
        connections.close_all()


def counted(shop: Shop, run_id: int) -> tuple[int, list[int]]:
    with tenancy.scope(shop.organization.id):
        attempts = ForecastChunk.objects.filter(run_id=run_id).order_by("place").values_list("attempts", flat=True)
        return Forecast.objects.filter(run_id=run_id).count(), list(attempts)


def killed_half_way(shop: Shop) -> None:
    """A process that was killed in the middle of its first chunk: forecasts written and not committed."""
    with superuser() as admin:
        admin.execute("BEGIN; LOCK TABLE forecasting_groupforecast IN SHARE ROW EXCLUSIVE MODE")
        command = [sys.executable, "manage.py", "forecast", "--organization", shop.organization.slug]
        process = subprocess.Popen(command, cwd=BASE_DIR, env=os.environ)

        def waits() -> bool:
            assert process.poll() is None
            with superuser() as other:
                query = """SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'
                                             AND query LIKE '%INSERT INTO forecasting_groupforecast%')"""
                return bool(other.execute(query).fetchone()[0])

        eventually(waits, within=120)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        admin.execute("ROLLBACK")


def test_a_killed_workers_chunk_is_done_by_the_next_one(shop: Shop) -> None:
    before = forecast(shop)
    run_id = request(shop)
    killed_half_way(shop)
    with tenancy.scope(shop.organization.id):
        assert ForecastChunk.objects.filter(run_id=run_id, status=ChunkStatus.WORKING).count() == 1
        assert ForecastRun.objects.get(is_current=True).pk == before.pk
    assert len(shop.client.get("/api/forecasts/").json()["results"]) == STORES * PRODUCTS
    assert shop.organization.id in runs.stragglers()
    # The chunk is free again some seconds after it was claimed, and at the latest when the database has noticed.
    eventually(lambda: visit(shop) is False and read_run(shop.organization.id, run_id).status == RunStatus.FINISHED)
    rows, attempts = counted(shop, run_id)
    assert rows == STORES * PRODUCTS
    assert sorted(attempts) == [1, 1, 1, 2]
    assert read_run(shop.organization.id, run_id).is_current


def test_a_chunk_that_no_worker_survives_ends_the_run_and_the_former_one_stays(shop: Shop) -> None:
    before = forecast(shop)
    run_id = request(shop)
    runs._begin(shop.organization.id)
    with tenancy.scope(shop.organization.id):
        ForecastChunk.objects.filter(run_id=run_id, place=0).update(attempts=chunks.MOST_ATTEMPTS)
    visit(shop)
    run = read_run(shop.organization.id, run_id)
    assert (run.status, run.is_current, run.error) == (RunStatus.FAILED, False, chunks.DEADLY)
    assert read_run(shop.organization.id, before.pk).is_current
    assert len(shop.client.get("/api/forecasts/").json()["results"]) == STORES * PRODUCTS


def test_many_workers_share_a_run_and_none_does_a_chunk_twice(shop: Shop) -> None:
    run_id = request(shop)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: visit(shop), range(4)))
    eventually(lambda: visit(shop) is False and read_run(shop.organization.id, run_id).is_current)
    assert counted(shop, run_id) == (STORES * PRODUCTS, [1] * STORES)


def test_those_who_ask_in_the_same_moment_get_the_same_run(shop: Shop) -> None:
    start = threading.Barrier(6)

    def ask(number: int) -> int:
        try:
            start.wait()
            return request(shop)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1


def test_a_run_asked_for_while_one_is_under_way_comes_after_it(shop: Shop) -> None:
    first = request(shop)
    runs._begin(shop.organization.id)
    second = runs.request(
        organization_id=shop.organization.id, trigger=Trigger.NIGHTLY, due_date=yesterday(shop.stores[0])
    )
    assert first != second
    assert read_run(shop.organization.id, second).status == RunStatus.QUEUED
    visit(shop)
    assert read_run(shop.organization.id, first).status == RunStatus.FINISHED
    assert read_run(shop.organization.id, second).is_current


def test_the_same_data_gives_the_same_figures_whoever_does_the_chunks(shop: Shop) -> None:
    def figures(run_id: int) -> list[Any]:
        with tenancy.scope(shop.organization.id):
            rows = Forecast.objects.filter(run_id=run_id).order_by("store_id", "product_id")
            return list(rows.values_list("mean", "variance", "high", "method"))

    first = figures(forecast(shop).pk)
    run_id = request(shop)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: visit(shop), range(3)))
    eventually(lambda: visit(shop) is False and read_run(shop.organization.id, run_id).is_current)
    assert figures(run_id) == first
