"""What meets somebody else, or a fault, at its end: no forecast and no proposal waits for ever, none is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import OperationalError

from forecasting.choices import ChunkStatus, RunStatus, Trigger
from forecasting.models import Forecast, ForecastChunk, ForecastRun, RestockProposal
from forecasting.services import chunks, finishing, proposals, runs
from inventory_project.kernel import clock, tenancy
from tests.factories.forecasting import forecast, read_run, sell
from tests.factories.restock import restock_shop
from tests.factories.stock import Shop, build_shop
from tests.support.statements import statements_sent
from tests.support.superuser import superuser


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=1, products=1)
    sell(shop.stores[0], shop.products[0], np.full(50, 4.0))
    return shop


def worked_through(shop: Shop) -> int:
    """A run all of whose chunks are there, and which was not shown yet."""
    organization_id = shop.organization.id
    run_id = runs.request(organization_id=organization_id, trigger=Trigger.ON_DEMAND)
    runs._begin(organization_id)
    while (claimed := chunks.claim(organization_id)) is not None:
        assert chunks.work(claimed)
    with tenancy.scope(organization_id):
        assert not ForecastChunk.objects.filter(run_id=run_id).exclude(status=ChunkStatus.DONE).exists()
    return run_id


def state(shop: Shop, run_id: int) -> tuple[str, bool]:
    run = read_run(shop.organization.id, run_id)
    return run.status, run.is_current


def test_a_run_that_cannot_be_shown_ends_and_the_one_before_stays(shop: Shop) -> None:
    before = forecast(shop)
    run_id = worked_through(shop)
    with superuser() as admin:
        admin.execute("UPDATE forecasting_forecast SET lost_units = 'NaN' WHERE run_id = %s", [run_id])
    assert not runs.visit(organization_id=shop.organization.id)
    assert state(shop, run_id) == (RunStatus.FAILED, False)
    assert read_run(shop.organization.id, run_id).error == finishing.NOT_SHOWN
    assert read_run(shop.organization.id, before.pk).is_current
    assert forecast(shop).is_current


def test_a_run_that_the_database_cannot_show_is_tried_again_but_not_for_ever(shop: Shop) -> None:
    run_id = worked_through(shop)
    with superuser() as admin:
        admin.execute("LOCK TABLE forecasting_restockproposal IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(OperationalError):
            runs.visit(organization_id=shop.organization.id)
        assert state(shop, run_id) == (RunStatus.RUNNING, False)
        with tenancy.scope(shop.organization.id):
            began = clock.now() - finishing.TRIED_FOR - timedelta(minutes=1)
            ForecastRun.objects.filter(pk=run_id).update(started_at=began)
        assert not runs.visit(organization_id=shop.organization.id)
    assert state(shop, run_id) == (RunStatus.FAILED, False)


def test_whoever_still_writes_a_part_does_not_keep_the_run_from_being_looked_at(shop: Shop) -> None:
    run_id = worked_through(shop)
    with superuser() as admin:
        admin.execute("SELECT FROM forecasting_forecastrun WHERE id = %s FOR KEY SHARE", [run_id])
        assert not runs.visit(organization_id=shop.organization.id)
    assert state(shop, run_id) == (RunStatus.FINISHED, True)


def test_whoever_comes_while_another_one_shows_the_run_does_not_wait(shop: Shop) -> None:
    run_id = worked_through(shop)
    with superuser() as admin:
        admin.execute("SELECT FROM forecasting_forecastrun WHERE id = %s FOR UPDATE", [run_id])
        assert not finishing.finish_if_done(shop.organization.id)
    assert shop.organization.id in runs.stragglers()
    assert finishing.finish_if_done(shop.organization.id)
    assert state(shop, run_id) == (RunStatus.FINISHED, True)


def test_promises_that_cannot_be_compared_keep_no_forecast_from_being_shown(shop: Shop) -> None:
    old = forecast(shop)
    with superuser() as admin:
        admin.execute("LOCK TABLE forecasting_forecastoutcome IN ACCESS EXCLUSIVE MODE")
        new = forecast(shop)
    assert new.is_current
    with tenancy.scope(shop.organization.id):
        assert set(Forecast.objects.values_list("run_id", flat=True)) == {new.pk}
        assert set(ForecastChunk.objects.values_list("run_id", flat=True)) == {new.pk}
        assert ForecastRun.objects.filter(pk=old.pk).exists()


def test_forgetting_reads_no_forecast_of_the_run_that_is_shown(shop: Shop) -> None:
    forecast(shop)
    with statements_sent() as sent:
        forecast(shop)
    deleting = [each for each in sent if "DELETE" in each.upper()]
    assert any("forecasting_forecastchunk" in each for each in deleting)
    assert not [each for each in deleting if '"chunk_id" IN' in each]


@pytest.fixture
def wanted() -> tuple[Shop, int]:
    """A shop that needs something, and the number of a proposal that waits."""
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1}, stores=1, products=1)
    answer = shop.client.post("/api/restock/propose/", {}, format="json")
    return shop, answer.json()["id"]


def proposal(shop: Shop, proposal_id: int) -> RestockProposal:
    with tenancy.scope(shop.organization.id):
        found: RestockProposal = RestockProposal.objects.get(pk=proposal_id)
        return found


def worked(shop: Shop, proposal_id: int) -> bool:
    return proposals.work(organization_id=shop.organization.id, proposal_id=proposal_id)


def test_a_proposal_that_meets_another_one_waits_for_its_turn(wanted: tuple[Shop, int]) -> None:
    shop, proposal_id = wanted
    with superuser() as admin:
        admin.execute("SELECT pg_advisory_xact_lock(hashtextextended('restock', %s))", [shop.organization.id])
        assert not worked(shop, proposal_id)
        assert proposal(shop, proposal_id).status == "queued"
    assert worked(shop, proposal_id)
    assert proposal(shop, proposal_id).is_current


def test_a_proposal_outlives_a_database_that_is_busy(wanted: tuple[Shop, int]) -> None:
    shop, proposal_id = wanted
    with superuser() as admin:
        admin.execute("LOCK TABLE forecasting_restockline IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(OperationalError):
            worked(shop, proposal_id)
    found = proposal(shop, proposal_id)
    assert (found.status, found.attempts) == ("queued", 0), "the database's trouble is no worker's death"
    assert worked(shop, proposal_id)


def test_a_proposal_that_no_worker_survives_is_given_up(wanted: tuple[Shop, int]) -> None:
    shop, proposal_id = wanted
    # Four workers begin, and none of them comes back.
    assert proposals._begin(shop.organization.id, proposal_id) == 1
    assert proposal(shop, proposal_id).attempts == 1, "counted before the work, whatever becomes of it"
    for attempt in (2, 3, 4):
        assert proposals._begin(shop.organization.id, proposal_id) == attempt
    assert not worked(shop, proposal_id)
    found: Any = proposal(shop, proposal_id)
    assert (found.status, found.error) == ("failed", proposals.DEADLY)


def test_a_proposal_that_nobody_could_work_out_for_a_day_is_given_up(wanted: tuple[Shop, int]) -> None:
    shop, proposal_id = wanted
    with tenancy.scope(shop.organization.id):
        asked = clock.now() - proposals.TRIED_FOR - timedelta(minutes=1)
        RestockProposal.objects.filter(pk=proposal_id).update(created_at=asked)
    assert not worked(shop, proposal_id)
    found: Any = proposal(shop, proposal_id)
    assert (found.status, found.is_current) == ("failed", False)
    assert (shop.organization.id, proposal_id) not in proposals.stragglers()
