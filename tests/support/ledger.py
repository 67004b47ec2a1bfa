"""What tests of the ledger ask of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from audit.selectors import chains
from audit.selectors.verification import verify as verify_log
from inventory_project.kernel import tenancy
from stock.choices import AppliedVia
from stock.models import InboxMovement, MovementKey, StockMovement
from stock.services import lanes, verification
from tests.factories.stock import Shop
from tests.support.superuser import superuser


def drain_all(shop: Shop) -> int:
    """Apply whatever waits; how many movements became final."""
    every_lane = range(lanes.LANES)
    return sum(lanes.drain(shop.organization.id, lane, via=AppliedVia.WORKER) for lane in every_lane)


def assert_whole(shop: Shop) -> None:
    """Nothing waits, everything kept agrees with the ledger, each key has its one movement, the log is unbroken."""
    result = verification.verify(organization_id=shop.organization.id)
    assert result.drift == 0, vars(result)
    with tenancy.scope(shop.organization.id):
        assert InboxMovement.objects.count() == 0
        keyed = list(StockMovement.objects.exclude(idempotency_key=None).values_list("idempotency_key", "id"))
        assert sorted(keyed) == sorted(MovementKey.objects.values_list("key", "movement_id"))
    with chains.still():
        verdict = verify_log(shop.organization.id)
    assert verdict.is_whole, verdict.problems


@contextmanager
def no_deadlock() -> Iterator[None]:
    """Fails when PostgreSQL had to break a deadlock meanwhile, even one that a repetition hid from the caller."""
    before = _deadlocks()
    yield
    assert _deadlocks() == before


def _deadlocks() -> int:
    with superuser() as connection:
        query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])
