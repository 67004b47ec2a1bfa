"""Migration pieces that give a tenant table its walls: row-level security, composite keys, grants.

The three database roles are named by settings ONHAND_ROLES and created by `runtime.roles` before the first migration.
"""

from __future__ import annotations

from django.db import migrations

APP_ROLE = "onhand_app"
PLATFORM_ROLE = "onhand_platform"

# NULLIF: after a transaction that set it, the setting reads '' and not NULL on the same connection.
BOUND_ORGANIZATION = "NULLIF(current_setting('app.organization', true), '')::bigint"


def tenant_table_sql(
    table: str, *, column: str = "organization_id", privileges: str = "SELECT, INSERT, UPDATE, DELETE"
) -> str:
    """SQL that walls a table in: row-level security enabled and forced, its two policies, grants."""
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY organization_only ON {table} AS RESTRICTIVE TO PUBLIC
        USING ({column} = {BOUND_ORGANIZATION}) WITH CHECK ({column} = {BOUND_ORGANIZATION});
    CREATE POLICY any_row ON {table} FOR ALL TO PUBLIC USING (true) WITH CHECK (true);
    {grant_sql(table, privileges)}
    """


def grant_sql(table: str, privileges: str = "SELECT, INSERT, UPDATE, DELETE") -> str:
    """Least privilege for the app and platform roles on one table and, when it has one, its id sequence."""
    return f"""
    GRANT {privileges} ON {table} TO {APP_ROLE}, {PLATFORM_ROLE};
    """


def unique_with_organization_sql(table: str) -> str:
    """The key composite foreign keys point at."""
    return f"ALTER TABLE {table} ADD CONSTRAINT {table}_organization_id_id UNIQUE (organization_id, id);"


def composite_key_sql(table: str, column: str, target: str, on_delete: str = "NO ACTION") -> str:
    """A foreign key that cannot cross organisations: (organization_id, column) -> target(organization_id, id).

    A plain foreign key would accept another organisation's id, because its check bypasses row-level security.
    """
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_same_organization "
        f"FOREIGN KEY (organization_id, {column}) REFERENCES {target} (organization_id, id) "
        f"ON DELETE {on_delete} DEFERRABLE INITIALLY IMMEDIATE;"
    )


def run_sql(*statements: str) -> migrations.RunSQL:
    """One forward-only SQL migration operation."""
    return migrations.RunSQL("\n".join(statements), migrations.RunSQL.noop)
