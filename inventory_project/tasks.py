"""The foundation's own task: proof that a worker listens."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings


@shared_task(name="inventory_project.beat_heart")
def beat_heart(**_future: object) -> None:
    """Touch the file the supervisor watches (runtime.watch)."""
    folder = settings.DATA_DIR / "run"
    if folder.is_dir():
        (folder / "worker-heartbeat").touch()
