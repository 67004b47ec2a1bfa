"""Doorbells of the log."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from audit import services
from audit.services import checkpoints


@shared_task(name="audit.export_checkpoints")  # type: ignore[untyped-decorator]
def export_checkpoints(**_future: Any) -> None:
    """Nightly: see that the months ahead have their partitions, and sign where every chain ends."""
    services.ensure_partitions()  # first: a disk that takes no checkpoint must not leave the log without room
    checkpoints.export()
