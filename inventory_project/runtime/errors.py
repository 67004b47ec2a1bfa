"""What stops an instance from starting, told in one sentence."""

from __future__ import annotations

import errno
from pathlib import Path


class CannotStart(Exception):
    """The instance cannot start; the message is for the person at the keyboard."""


class InUse(CannotStart):
    """Another process runs this instance's services."""


class Stopped(Exception):
    """Somebody asked the supervisor to stop while it was still starting."""


def explain(error: OSError, directory: Path) -> CannotStart:
    """The sentence for an operating-system error met in the data directory."""
    reasons = {
        errno.EACCES: f"This user may not write to the data directory {directory}; choose another with --data-dir.",
        errno.EPERM: f"This user may not write to the data directory {directory}; choose another with --data-dir.",
        errno.EROFS: f"The data directory {directory} is on a read-only file system; choose another with --data-dir.",
        errno.ENOSPC: f"The disk that holds the data directory {directory} is full.",
        errno.EDQUOT: f"The disk quota for the data directory {directory} is used up.",
        errno.ENOTDIR: f"The data directory {directory} is not a directory.",
        errno.EEXIST: f"The data directory {directory} is not a directory.",
    }
    sentence = reasons.get(error.errno or 0)
    return CannotStart(sentence or f"The data directory {directory} cannot be used: {error.strerror or error}.")
