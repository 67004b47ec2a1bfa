"""Use of the processor: one thread in each matrix product, chunks of series side by side.

The products here are small; a BLAS that splits each over all cores spends most of its time waiting for the others, ten
times over on a busy machine. So products run on one core, and callers who have cores to spare give chunks to threads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from threadpoolctl import ThreadpoolController

Part = TypeVar("Part")
Result = TypeVar("Result")


@cache
def _libraries() -> ThreadpoolController:
    """Those that are loaded now, so SciPy's own is loaded first."""
    import scipy.linalg  # noqa: F401

    return ThreadpoolController()


@contextlib.contextmanager
def products_on_one_core() -> Iterator[None]:
    """Inside, matrix products of this process use one thread."""
    with _libraries().limit(limits=1, user_api="blas"):
        yield


def each(work: Callable[[Part], Result], parts: Iterable[Part], threads: int) -> Iterator[Result]:
    """`work` done on every part; results in the order of the parts, whoever was first."""
    if threads == 1:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(work, parts)
