"""Backups on their own: one a night where BACKUP_DIR says so, the newest few of them kept."""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings

from inventory_project.backup import take

logger = logging.getLogger(__name__)


def backups(directory: Path) -> list[Path]:
    """The whole backups in the directory, oldest first."""
    return sorted(directory.glob(f"{take.PREFIX}*{take.SUFFIX}"))


def nightly(*, due_date: date) -> Path | None:
    """Take the day's backup and forget the oldest ones; None when none is due, or another worker is at it.

    Asked every hour: one that failed is tried again, one that was taken is not. Raises BackupFailed.
    """
    directory = settings.BACKUP_DIR
    if directory is None:
        return None
    directory.mkdir(parents=True, exist_ok=True)
    with _alone(directory) as alone:
        if not alone or any(directory.glob(f"{take.PREFIX}{due_date:%Y%m%d}T*{take.SUFFIX}")):
            return None
        taken = take.take(directory=directory, report=_silent)
        forget(directory, keep=settings.BACKUP_KEEP)
    logger.info("backup taken", extra={"file": str(taken.path), "bytes": taken.size})
    return taken.path


def forget(directory: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest backups; which were removed."""
    old = backups(directory)[: -max(1, keep)]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def age_seconds() -> float | None:
    """How old the newest backup in BACKUP_DIR is; None where there is none."""
    found = backups(settings.BACKUP_DIR) if settings.BACKUP_DIR else []
    return max(0.0, time.time() - found[-1].stat().st_mtime) if found else None


@contextmanager
def _alone(directory: Path) -> Iterator[bool]:
    """True for one worker at a time; a long backup's message may be delivered again meanwhile."""
    descriptor = os.open(directory / ".nightly.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _silent(part: float, what: str) -> None:
    """Nobody looks on at night."""
