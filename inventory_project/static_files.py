"""Where static files are collected: as WhiteNoise keeps them, each compressed once and not at every start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedStaticFilesStorage

# A compressed file is given its original's time, which no file system keeps to the last digit.
SAME_TIME_SECONDS = 0.001


class Storage(CompressedStaticFilesStorage):
    """Compresses what was copied since: a copy has the time it was made, and its compressed file the same."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        changed = {path: found for path, found in paths.items() if not self._is_compressed(path)}
        return super().post_process(changed, dry_run, **options)

    def _is_compressed(self, path: str) -> bool:
        original = self.path(path)
        try:
            made, copied = os.stat(f"{original}.gz").st_mtime, os.stat(original).st_mtime
        except FileNotFoundError:
            return False
        return abs(made - copied) < SAME_TIME_SECONDS
