"""Row-level security, composite keys and grants for the accounts tables."""

from django.db import migrations

from inventory_project.kernel.rls import (
    composite_key_sql,
    grant_sql,
    run_sql,
    tenant_table_sql,
    unique_with_organization_sql,
)

TABLES = ["accounts_membership", "accounts_membershipstore", "accounts_apitoken", "accounts_invitation"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        run_sql(
            tenant_table_sql("accounts_organization", column="id", privileges="SELECT, INSERT, UPDATE"),
            # Registration draws the new organisation's id first, to insert it inside its own scope.
            "GRANT USAGE ON SEQUENCE accounts_organization_id_seq TO onhand_app;",
            *[tenant_table_sql(table) for table in TABLES],
            *[unique_with_organization_sql(table) for table in TABLES],
            composite_key_sql("accounts_membershipstore", "membership_id", "accounts_membership", "CASCADE"),
            composite_key_sql("accounts_apitoken", "membership_id", "accounts_membership", "CASCADE"),
            # Tables without an organisation: people, sessions and Django's own.
            grant_sql("accounts_user"),
            grant_sql("accounts_user_groups"),
            grant_sql("accounts_user_user_permissions"),
            grant_sql("django_session"),
            grant_sql("django_admin_log", "SELECT, INSERT"),
            grant_sql("django_content_type", "SELECT"),
            grant_sql("django_migrations", "SELECT"),
            grant_sql("auth_permission", "SELECT"),
            grant_sql("auth_group", "SELECT"),
            grant_sql("auth_group_permissions", "SELECT"),
        )
    ]
