"""Where settings come from: the environment, else the embedded instance in ONHAND_DATA_DIR.

`manage.py up` writes <data-dir>/instance.json with the addresses of the PostgreSQL and Valkey it started. Every other
command finds its instance there, unless DATABASE_URL (or POSTGRES_HOST) names another database.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("ONHAND_DATA_DIR") or BASE_DIR / "var").absolute()
INSTANCE_FILE = DATA_DIR / "instance.json"


def _read_instance() -> dict[str, str]:
    if os.environ.get("DATABASE_URL") or os.environ.get("POSTGRES_HOST"):
        return {}
    try:
        return {key: str(value) for key, value in json.loads(INSTANCE_FILE.read_text()).items()}
    except (OSError, ValueError):
        return {}


for _key, _value in _read_instance().items():
    if _key.isupper():
        os.environ.setdefault(_key, _value)

env = environ.Env()
