"""Where settings come from: the environment, else the embedded instance in ONHAND_DATA_DIR.

`manage.py up` writes <data-dir>/instance.json with the addresses of the PostgreSQL and Valkey it started. Every other
command finds its instance there, unless DATABASE_URL (or POSTGRES_HOST) names another database.
"""

from __future__ import annotations

import os

import environ

from inventory_project.runtime.errors import CannotStart
from inventory_project.runtime.instance import BASE_DIR as BASE_DIR
from inventory_project.runtime.instance import Instance, data_dir, names_a_database

DATA_DIR = data_dir()


def _read_instance() -> dict[str, str]:
    if names_a_database():
        return {}
    try:
        return Instance.load(DATA_DIR).settings()
    except CannotStart:  # `up` and the commands say what is wrong with it
        return {}


_given = _read_instance()
# The settings that came from the instance and not from whoever started this process.
FROM_INSTANCE = frozenset(_given) - frozenset(os.environ)
for _key in FROM_INSTANCE:
    os.environ[_key] = _given[_key]

env = environ.Env()


def uses_embedded_database() -> bool:
    """True when the database is the instance's own and not one that the environment names."""
    return "DATABASE_URL" in FROM_INSTANCE
