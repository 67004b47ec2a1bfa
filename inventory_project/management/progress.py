"""One line that shows how far long work is; nothing where nobody looks at a terminal."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

FLICKER_SECONDS = 0.1


class Bar:
    """A progress bar on standard error: call it with a part (0 to 1) and a word."""

    def __init__(self, *, quiet: bool = False) -> None:
        columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        shown = sys.stderr.isatty() and not quiet
        self.progress = Progress(*columns, console=Console(file=sys.stderr), disable=not shown, transient=True)
        self.line: TaskID | None = None
        self.drawn = 0.0

    def __enter__(self) -> Bar:
        self.progress.start()
        self.line = self.progress.add_task("", total=1.0)
        return self

    def __exit__(self, *failure: object) -> None:
        self.progress.stop()

    def __call__(self, part: float, what: str) -> None:
        now = time.monotonic()
        if self.line is not None and (now - self.drawn > FLICKER_SECONDS or part >= 1):
            self.drawn = now
            self.progress.update(self.line, completed=part, description=what)
