"""Cached answers under keys that carry the organisation and a version, so an invalidation is one increment.

`remember(topic, name, compute)` keeps an answer; `forget_after_commit(topic)` makes every answer of that topic stale
for the bound organisation. The version is read before the answer is computed and is part of the key, so an answer
computed from an older state can never be stored under the newer version. What is forgotten while Redis is away stays
for as long as it was to be remembered, at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

import orjson
from django.db import transaction

from inventory_project.kernel.redis import RedisError, client
from inventory_project.kernel.tenancy import current_organization_id

T = TypeVar("T")

# The topic of everything that shows stores and the catalogue.
REFERENCE = "reference"


def _version_key(organization_id: int, topic: str) -> str:
    return f"cache:{organization_id}:{topic}:version"


def remember(topic: str, name: str, compute: Callable[[], T], *, also: Sequence[str] = (), seconds: int = 60) -> T:
    """The cached answer of `compute` (plain JSON values), or a fresh one. Without Redis it is always fresh.

    `also` names further topics that the answer is made from: it is stale when one of them is.
    """
    organization_id = current_organization_id()
    try:
        found = client().mget([_version_key(organization_id, each) for each in (topic, *also)])
        versions = ".".join(str(int(version or 0)) for version in found)
        key = f"cache:{organization_id}:{topic}:{versions}:{name}"
        stored = client().get(key)
    except RedisError:
        key, stored = "", None
    if stored is not None:
        return orjson.loads(stored)  # type: ignore[no-any-return]
    # A fresh answer takes the same way through JSON as a kept one, so that both look the same.
    answer = orjson.dumps(compute(), default=str, option=orjson.OPT_UTC_Z)
    if key:
        with suppress(RedisError):
            client().set(key, answer, ex=seconds)
    return orjson.loads(answer)  # type: ignore[no-any-return]


def forget(topic: str, *, organization_id: int | None = None) -> None:
    """Make every remembered answer of the topic stale, now."""
    with suppress(RedisError):
        client().incr(_version_key(organization_id or current_organization_id(), topic))


def forget_after_commit(topic: str) -> None:
    """Make every remembered answer of the topic stale once the present transaction is committed."""
    organization_id = current_organization_id()
    transaction.on_commit(lambda: forget(topic, organization_id=organization_id))
