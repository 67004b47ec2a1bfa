"""Repeating what two transactions kept each other from doing: rolled back whole, so safe to repeat."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

from inventory_project.kernel import tenancy

logger = logging.getLogger(__name__)
T = TypeVar("T")

ATTEMPTS = 5
RETRIED_STATES = {"40P01", "40001"}  # deadlock, serialization failure


def in_scope(work: Callable[[], T], *, organization_id: int) -> T:
    """Run `work` in a durable transaction of the organisation; repeat it after a deadlock.

    Raises OperationalError when it fails `ATTEMPTS` times.
    """
    attempt = 1
    while True:
        try:
            with tenancy.scope(organization_id, durable=True):
                return work()
        except OperationalError as error:
            if attempt == ATTEMPTS or getattr(error.__cause__, "sqlstate", "") not in RETRIED_STATES:
                raise
            logger.info("apply repeated", extra={"attempt": attempt, "error": str(error)})
        attempt += 1
