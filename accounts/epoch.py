"""The credentials epoch: a stamp per organisation in Redis that changes whenever anybody's rights do.

A web process may keep a token's rights for a few seconds only while the stamp it read before looking the token up is
still the current one. The stamp is random, so a Redis that lost its data can never show an old one again.
"""

from __future__ import annotations

import logging
import secrets

from django.db import transaction

from inventory_project.kernel.redis import RedisError, client
from inventory_project.kernel.tenancy import current_organization_id

logger = logging.getLogger(__name__)


def key(organization_id: int) -> str:
    return f"epoch:{organization_id}"


def begin(organization_id: int) -> None:
    """Start a new epoch now: every cached token of the organisation is looked up again."""
    try:
        client().set(key(organization_id), secrets.token_hex(8))
    except RedisError as error:
        logger.warning("credentials epoch not published", extra={"organization": organization_id, "error": str(error)})


def begin_after_commit(organization_id: int | None = None) -> None:
    """Start a new epoch (of the bound organisation) once the present transaction is committed."""
    changed = organization_id if organization_id is not None else current_organization_id()
    transaction.on_commit(lambda: begin(changed))
