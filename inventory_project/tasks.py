"""The foundation's own task: proof that a worker listens."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from inventory_project.backup import keeping
from inventory_project.kernel import clock, redis

ECHO = "inventory_project.answer_echo"
ECHO_SECONDS = 30


@shared_task(name="inventory_project.beat_heart")
def beat_heart(*, worker: str = "worker", **_future: object) -> None:
    """Touch the file by which the supervisor watches that worker (runtime.watch)."""
    folder = settings.DATA_DIR / "run"
    if folder.is_dir():
        (folder / f"{worker}-heartbeat").touch()


@shared_task(name=ECHO)
def answer_echo(*, key: str, **_future: object) -> None:
    """Say that a worker heard: the caller looks for the key."""
    redis.client().set(key, b"1", ex=ECHO_SECONDS)


@shared_task(name="inventory_project.take_backup", soft_time_limit=6 * 3600 - 60, time_limit=6 * 3600)
def take_backup(**_future: object) -> None:
    """The day's backup, where BACKUP_DIR asks for it."""
    keeping.nightly(due_date=clock.now().date())
