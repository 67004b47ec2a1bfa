"""PostgreSQL under three roles.

The app (row-level security applies), the owner (migrations), the platform (BYPASSRLS, named use only).
"""

from typing import Any
from urllib.parse import quote

from inventory_project.settings.env import env

# Server-side prepared statements; PgBouncer before 1.21 cannot carry them in transaction mode.
DATABASE_PREPARE = env.bool("DATABASE_PREPARE", default=True)


def _url(name: str, role: str) -> str:
    """DATABASE_URL and its siblings, or the POSTGRES_* parts with one password per role."""
    given = env.str(name, default="")
    if given:
        return str(given)
    password = quote(env.str("POSTGRES_PASSWORD", default=""), safe="")
    host, port = env.str("POSTGRES_HOST", default="127.0.0.1"), env.int("POSTGRES_PORT", default=5432)
    return f"postgres://{role}:{password}@{host}:{port}/{env.str('POSTGRES_DB', default='onhand')}"


def _database(url: str, **extra: Any) -> dict[str, Any]:
    config: dict[str, Any] = env.db_url_config(url)
    config.update(
        ENGINE="inventory_project.postgresql",
        CONN_MAX_AGE=None,
        CONN_HEALTH_CHECKS=True,
        DISABLE_SERVER_SIDE_CURSORS=env.bool("DATABASE_PGBOUNCER", default=False),
    )
    # Without a threshold psycopg prepares nothing, not even what asks for it; ours is out of the ORM's reach, whose
    # statements carry their values as text and would only push the ledger's out.
    threshold = 1_000_000 if DATABASE_PREPARE else None
    config["OPTIONS"] = {"connect_timeout": 5, "prepare_threshold": threshold, **config.get("OPTIONS", {})}
    config.update(extra)
    return config


DATABASES = {
    "default": _database(_url("DATABASE_URL", "onhand_app")),
    "owner": _database(_url("DATABASE_OWNER_URL", "onhand_owner"), CONN_MAX_AGE=0),
    "platform": _database(_url("DATABASE_PLATFORM_URL", "onhand_platform")),
}
_replica = env.str("DATABASE_REPLICA_URL", default="")
if _replica:
    DATABASES["replica"] = _database(_replica)

DATABASE_ROUTERS = ["inventory_project.database_router.Router"]
