"""Where processes share what is worth nothing tomorrow: in memory, so that a full disk does not end them."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made in it is our own and private
LEAST_FREE = 32 * 1024 * 1024


def metrics_folder(root: Path) -> Path:
    """A new, empty folder for the numbers of the instance's processes.

    They map files of it into their memory: writing to a page for which the disk has no room kills the process.
    """
    on_disk = root / "run" / "metrics"
    shutil.rmtree(on_disk, ignore_errors=True)
    return _in_memory(root) or _made(on_disk)


def _in_memory(root: Path) -> Path | None:
    folder = SHARED_MEMORY / f"onhand-{hashlib.sha256(str(root).encode()).hexdigest()[:16]}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        return _made(folder) if shutil.disk_usage(SHARED_MEMORY).free > LEAST_FREE else None
    except OSError:  # there is none on this system, or the name is taken by somebody else
        return None


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder
