"""Ringing background tasks by name, so services never import tasks. Ring after the commit.

A message is only a hint: the work itself is a row in PostgreSQL. A broker that is down or deaf is noticed within a
second, then left alone for a few seconds (the breaker) while callers take their direct way.
"""

from __future__ import annotations

import logging
import time
from typing import Any

logger = logging.getLogger(__name__)

BREAKER_SECONDS = 5.0
_closed_until = 0.0


def broker_looks_down() -> bool:
    """True for a few seconds after a publish failed."""
    return time.monotonic() < _closed_until


def note_broker_down() -> None:
    """Leave the broker alone for a few seconds."""
    global _closed_until
    _closed_until = time.monotonic() + BREAKER_SECONDS


def ring(task_name: str, **kwargs: Any) -> bool:
    """Publish one hint now. False when the broker did not take it; never raises and never blocks for long."""
    from celery import current_app

    if broker_looks_down():
        return False
    try:
        current_app.tasks[task_name].apply_async(
            kwargs=kwargs, expires=60, ignore_result=True, retry=True, retry_policy={"max_retries": 0}
        )
    except Exception as error:  # any transport error means the same thing here: the hint was not sent
        note_broker_down()
        logger.warning("hint not published", extra={"task": task_name, "error": str(error)})
        return False
    return True


def do(task_name: str, **kwargs: Any) -> None:
    """Do here, now, what nobody could be rung for. It never raises: whoever calls has committed already."""
    from celery import current_app

    try:
        current_app.tasks[task_name](**kwargs)
    except Exception:
        logger.exception("not done here either; the sweep will do it", extra={"task": task_name})
