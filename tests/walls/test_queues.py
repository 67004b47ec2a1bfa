"""Movements never wait behind long work: what may take minutes goes to queues the applying worker does not hear."""

from __future__ import annotations

import pytest
from celery import current_app
from django.conf import settings

from inventory_project.runtime.up import WORKERS

HEARD = {name: queues.split(",") for name, queues in WORKERS.items()}
BEAT = settings.CELERY_BEAT_SCHEDULE


def queue_of(task: str) -> str:
    return str(current_app.amqp.router.route({}, task)["queue"].name)


@pytest.fixture(scope="module")
def tasks() -> dict[str, object]:
    current_app.loader.import_default_modules()
    return {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}


def test_every_queue_has_exactly_one_worker() -> None:
    heard = sorted(queue for queues in HEARD.values() for queue in queues)
    assert heard == sorted(queue.name for queue in settings.CELERY_TASK_QUEUES)


def test_a_task_with_a_longer_limit_is_not_heard_by_the_worker_that_applies(tasks: dict[str, object]) -> None:
    usual = settings.CELERY_TASK_TIME_LIMIT
    long = {name for name, task in tasks.items() if (getattr(task, "time_limit", None) or usual) > usual}
    assert long, "the walk finds the long tasks"
    assert {name for name in long if queue_of(name) not in HEARD["long"]} == set()


def test_beat_rings_for_tasks_that_exist_at_queues_that_exist(tasks: dict[str, object]) -> None:
    assert {entry["task"] for entry in BEAT.values()} <= set(tasks)
    heard = {queue for queues in HEARD.values() for queue in queues}
    assert {entry.get("options", {}).get("queue", "default") for entry in BEAT.values()} <= heard
