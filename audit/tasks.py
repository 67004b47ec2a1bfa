"""Doorbells of the log."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from audit import services
from audit.services import checkpoints


@shared_task(name="audit.export_checkpoints")  # type: ignore[untyped-decorator]
def export_checkpoints(**_future: Any) -> None:
    """Nightly: sign where every chain ends, and see that the months ahead have their partitions."""
    checkpoints.export()
    services.ensure_partitions()
