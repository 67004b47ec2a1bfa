"""The tables of the database, and which of them belong to an organisation."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from inventory_project.kernel.sql import rows

ROOMS = ["accounts", "audit", "stores", "catalog", "stock", "webhooks", "forecasting"]
THE_TENANT = "accounts_organization"

TABLES = """
    SELECT c.relname AS name, c.relkind AS kind, c.relispartition AS partition, c.relrowsecurity AS enabled,
           c.relforcerowsecurity AS forced, pg_get_userbyid(c.relowner) AS owner,
           EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id'
                      AND NOT a.attisdropped) AS walled
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
"""


def tables() -> list[dict[str, Any]]:
    return rows(TABLES, {})


def tenant_tables() -> list[str]:
    found = [row["name"] for row in tables() if row["walled"] and not row["partition"]]
    return sorted([*found, THE_TENANT])


def tenant_models() -> list[type[models.Model]]:
    found = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    return [model for model in found if any(f.attname == "organization_id" for f in model._meta.concrete_fields)]
