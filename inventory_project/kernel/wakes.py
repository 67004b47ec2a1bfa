"""Telling whoever reads the log as it grows that an organisation's log has.

A wake-up carries nothing but the organisation's id: what happened is read from the log. One that is lost costs its
readers the second until they look by themselves.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction

from inventory_project.kernel.redis import RedisError, client
from inventory_project.kernel.tenancy import current_organization_id

TOPIC = "log:grew"


def wake(organization_id: int) -> None:
    """Wake the readers of an organisation's log, now."""
    with suppress(RedisError):
        client().publish(TOPIC, organization_id)


def wake_after_commit() -> None:
    """Wake the readers of the bound organisation's log once the present transaction is committed: once for each."""
    wanted = _Wake(current_organization_id())
    connection = transaction.get_connection()
    savepoints = set(connection.savepoint_ids)
    for needed, function, *_ in connection.run_on_commit:
        # One that hangs on a savepoint which ours does not hang on may be taken back without ours.
        if function == wanted and savepoints.issuperset(needed):
            return
    transaction.on_commit(wanted)


@dataclass(frozen=True, slots=True)
class _Wake:
    organization_id: int

    def __call__(self) -> None:
        wake(self.organization_id)
