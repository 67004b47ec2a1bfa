"""The Celery application; workers start it with `celery -A inventory_project worker`."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun, worker_process_init

from inventory_project.runtime.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_project.settings")

app = Celery("inventory_project")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def drop_dead_connections(**_: Any) -> None:
    """Replace a connection that PostgreSQL has closed; only requests do so by themselves."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()


@worker_process_init.connect
def end_with_the_worker(**_: Any) -> None:
    """A pool process must not outlive a killed worker."""
    die_with_parent()
