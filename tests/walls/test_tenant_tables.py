"""Every table of an organisation is walled in, by the database itself. A new table without its case fails."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connections, transaction

from inventory_project.kernel.rls import APP_ROLE, PLATFORM_ROLE
from inventory_project.kernel.sql import rows
from tests.support.tables import ROOMS, THE_TENANT, tables, tenant_models, tenant_tables

# Tables that belong to no organisation, and why they may.
SHARED_TABLES = {
    "audit_feed_line": "the installation's own: when its data came back from a copy",
    "accounts_user": "a person may work in several organisations; memberships are walled",
    "accounts_user_groups": "operators' admin site",
    "accounts_user_user_permissions": "operators' admin site",
    "auth_group": "operators' admin site",
    "auth_group_permissions": "operators' admin site",
    "auth_permission": "Django's list of permissions",
    "django_admin_log": "operators' admin site",
    "django_content_type": "Django's list of models",
    "django_migrations": "Django's list of migrations",
    "django_session": "a signed cookie's contents, found by its random key only",
    "stock_jobrun": "the installation's own due dates; closed to the app role",
}
SHARED_MODELS = {"accounts.User"}

# Columns named *_id without a composite foreign key, and why.
LOOSE_COLUMNS = {
    "audit_entry.actor_id": "the log knows ids only and outlives what it names",
    "audit_entry.object_id": "the log knows ids only and outlives what it names",
    "audit_entry.store_id": "the log knows ids only and outlives what it names",
    "audit_entry.product_id": "the log knows ids only and outlives what it names",
    "audit_entry.request_id": "the id of a request",
    "stock_inbox.request_id": "the id of a request",
    "stock_inbox.actor_id": "a person: users belong to no organisation",
    "stock_stockmovement.actor_id": "a person: users belong to no organisation",
    "stock_stockmovement.transfer_id": "another movement: partitions of one table cannot be pointed at by id alone",
    "stock_stockmovement.reverses_id": "another movement",
    "stock_averagecost.movement_id": "a movement written in the same transaction",
    "stock_revaluation.movement_id": "a movement written in the same transaction",
    "stock_stockcountentry.counter_id": "a person: users belong to no organisation",
    "stock_stockcountadjustment.movement_id": "a movement written in the same transaction",
    "stock_reservation.reserved_by_id": "a person: users belong to no organisation",
    "stock_reservationfulfilment.movement_id": "a movement written in the same transaction",
    "stock_purchaseorder.created_by_id": "a person: users belong to no organisation",
    "stock_goodsreceipt.received_by_id": "a person: users belong to no organisation",
    "stock_goodsreceiptline.movement_id": "a movement written in the same transaction",
    "stock_goodsreceiptline.damaged_movement_id": "a movement written in the same transaction",
    "stock_importjob.actor_id": "a person: users belong to no organisation",
    "stock_importjob.request_id": "the id of a request",
    "stock_exportjob.actor_id": "a person: users belong to no organisation",
    "stock_exportjob.token_id": "a token, which may be gone since",
    "stock_exportjob.request_id": "the id of a request",
    "stock_importedrow.job_id": "a job, written in the same transaction: a check a row would cost a tenth of the speed",
    "stock_importedrecord.record_id": "a product or a supplier, and it may be gone since",
    "forecasting_forecastrun.actor_id": "a person: users belong to no organisation",
    "forecasting_restockproposal.actor_id": "a person: users belong to no organisation",
    "forecasting_restockline.decided_by_id": "a person: users belong to no organisation",
    "forecasting_alert.decided_by_id": "a person: users belong to no organisation",
    "forecasting_alert.assignee_id": "a person: users belong to no organisation",
    "stock_balancecall.store_id": "a hint of a moment, read beside the balance it is of; a check would cost time",
    "stock_balancecall.product_id": "the same",
    "forecasting_forecast.chunk_id": "a chunk of the run it is tied to, written in the same transaction",
    "forecasting_groupforecast.chunk_id": "a chunk of the run it is tied to, written in the same transaction",
    "stock_salesproduct.category_id": "a category or 0, of a product whose key is checked",
    "stock_categorysalestotal.category_id": "a category or 0, of products whose keys are checked",
    "stock_seriessalesmonth.product_id": "a sum of daily sales whose keys are checked: there are millions",
    "stock_seriessalesmonth.store_id": "a sum of daily sales whose keys are checked: there are millions",
    "stock_movementkey.movement_id": "a movement that may still wait in its lane",
    "stock_movementreversal.movement_id": "a movement, found under the organisation's own policy before it is written",
    "stock_movementreversal.reversal_id": "a movement written in the same transaction",
}

# Unique keys of tenant tables that do not begin with the organisation, and why.
GLOBAL_KEYS = {
    "token_digest_unique": "a secret is looked up before its organisation is known",
    "invitation_digest_unique": "a secret is looked up before its organisation is known",
    "accounts_organization_slug_key": "how a person names the organisation when logging in",
    "stock_storekpi_pkey": "one row per store, whose composite key ties it to its organisation",
}

# What runs with its owner's rights, and why it must.
DEFINER_FUNCTIONS = {
    "accounts_token_lookup": "whose token is this: asked before an organisation is known",
    "accounts_token_used": "notes the use of the token just looked up",
    "accounts_memberships_of": "which organisations a person who just proved who they are may choose from",
    "accounts_invitation_lookup": "whose invitation is this",
    "accounts_end_tokens_of": "a new password ends the person's tokens everywhere",
    "audit_open_block": "the app may not write the chain's heads itself",
    "audit_seal_block": "the app may not write blocks itself",
    "audit_empty_default_partition": "making tables is the owner's right",
    "stock_empty_default_partition": "making tables is the owner's right",
    "audit_ensure_partitions": "making tables is the owner's right",
    "stock_ensure_partitions": "making tables is the owner's right",
    "stock_analyze_written": "telling the planner of tables is the owner's right",
    "catalog_search_products": "row-level security bars trigram indexes; it reads the bound organisation only",
}


def test_a_table_belongs_to_an_organisation_or_says_why_not():
    shared = {row["name"] for row in tables() if not row["walled"] and row["name"] != THE_TENANT}
    assert shared == SHARED_TABLES.keys()


def test_a_model_belongs_to_an_organisation_or_says_why_not():
    known = {model._meta.db_table for model in tenant_models()} | SHARED_TABLES.keys() | {THE_TENANT}
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            assert model._meta.db_table in known, f"{model._meta.label} has no organization_id"
    assert {model._meta.db_table for model in tenant_models()} | {THE_TENANT} == set(tenant_tables())


def test_there_are_no_views_that_could_look_around_the_policies():
    assert [row["name"] for row in tables() if row["kind"] not in ("r", "p")] == []


def test_every_tenant_table_has_forced_row_level_security():
    found = {row["name"]: (row["enabled"], row["forced"]) for row in tables()}
    assert {name: found[name] for name in tenant_tables()} == dict.fromkeys(tenant_tables(), (True, True))


def test_every_tenant_table_has_a_restrictive_policy_on_the_bound_organisation():
    policies = rows("SELECT tablename, permissive, roles, cmd, qual, with_check FROM pg_policies", {})
    for table in tenant_tables():
        column = "id" if table == THE_TENANT else "organization_id"
        restrictive = [p for p in policies if p["tablename"] == table and p["permissive"] == "RESTRICTIVE"]
        wanted = f"({column} = (NULLIF(current_setting('app.organization'::text, true), ''::text))::bigint)"
        everyone = [p for p in restrictive if "public" in p["roles"] and p["cmd"] == "ALL"]
        assert [(p["qual"], p["with_check"]) for p in everyone] == [(wanted, wanted)], table


def test_partitions_show_nothing_to_anybody_who_names_them():
    partitions = [row for row in tables() if row["partition"]]
    assert len(partitions) >= 4
    for row in partitions:
        assert (row["enabled"], row["forced"]) == (True, True), row["name"]
        for role in (APP_ROLE, PLATFORM_ROLE):
            assert privileges_of(role, row["name"]) == set(), row["name"]


def test_a_movements_partition_made_later_is_walled_too():
    rows("SELECT stock_ensure_partitions(7), audit_ensure_partitions(8)", {}, using="platform")
    test_partitions_show_nothing_to_anybody_who_names_them()


def privileges_of(role: str, table: str) -> set[str]:
    words = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    query = """
        SELECT word FROM unnest(%(words)s::text[]) AS word
         WHERE has_table_privilege(%(role)s, %(table)s, word)
            OR word IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
               AND has_any_column_privilege(%(role)s, %(table)s, word)
    """
    return {row["word"] for row in rows(query, {"words": words, "role": role, "table": table})}


FOREIGN_KEYS = """
    SELECT con.conrelid::regclass::text AS source, con.confrelid::regclass::text AS target, con.convalidated AS valid,
           ARRAY(SELECT attname::text FROM unnest(con.conkey) WITH ORDINALITY k (number, place)
                   JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.number ORDER BY place) AS columns,
           ARRAY(SELECT attname::text FROM unnest(con.confkey) WITH ORDINALITY k (number, place)
                   JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.number ORDER BY place) AS targets
      FROM pg_constraint con
     WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace AND con.conparentid = 0
"""
COLUMNS = """
    SELECT c.relname AS name, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relname = ANY(%(tables)s) AND a.attnum > 0 AND NOT a.attisdropped AND a.attname LIKE '%%\\_id'
       AND a.attname <> 'organization_id'
"""


def test_a_reference_between_tenant_tables_cannot_cross_organisations():
    walled = set(tenant_tables())
    for key in rows(FOREIGN_KEYS, {}):
        if key["source"] not in walled or key["target"] not in walled or key["target"] == THE_TENANT:
            continue
        assert key["valid"], key
        assert (key["columns"][0], key["targets"][0]) == ("organization_id", "organization_id"), key


def test_every_id_column_is_tied_to_its_organisation_or_says_why_not():
    tied = {f"{key['source']}.{column}" for key in rows(FOREIGN_KEYS, {}) for column in key["columns"]}
    found = {f"{row['name']}.{row['column']}" for row in rows(COLUMNS, {"tables": tenant_tables()})}
    assert found - tied == LOOSE_COLUMNS.keys()


def test_every_unique_key_begins_with_the_organisation_or_says_why_not():
    query = """
        SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS source, i.indisprimary AS main,
               ARRAY(SELECT attname::text FROM unnest(i.indkey::int[]) WITH ORDINALITY k (number, place)
                       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number ORDER BY place) AS columns
          FROM pg_index i WHERE i.indisunique AND i.indrelid::regclass::text = ANY(%(tables)s)
    """
    loose = {
        row["name"]
        for row in rows(query, {"tables": tenant_tables()})
        # A number drawn from a sequence says nothing of anybody and cannot be chosen by a caller.
        if row["columns"][:1] != ["organization_id"] and not (row["main"] and row["columns"] == ["id"])
    }
    assert loose == GLOBAL_KEYS.keys()


def test_functions_with_their_owners_rights_are_few_and_closed_to_the_public():
    query = """
        SELECT proname AS name, proconfig AS config,
               EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0) AS open
          FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
    """
    found = rows(query, {})
    assert {row["name"] for row in found} == DEFINER_FUNCTIONS.keys()
    for row in found:
        assert not row["open"], row["name"]
        assert "search_path=public, pg_temp" in row["config"], row["name"]


def test_the_app_role_owns_nothing_and_cannot_bypass_anything():
    query = """
        SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
               (SELECT count(*) FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS owned,
               (SELECT count(*) FROM pg_roles o WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')) AS roles,
               has_schema_privilege(r.oid, 'public', 'CREATE') AS creates,
               has_database_privilege(r.oid, current_database(), 'CREATE') AS schemas
          FROM pg_roles r WHERE rolname = current_user
    """
    found = rows(query, {})[0]
    assert found.pop("owned") == 0
    assert found.pop("roles") == 0
    assert not any(found.values()), found


@pytest.mark.parametrize("statement", ["CREATE TABLE mine (id int)", "CREATE SCHEMA mine", "SET ROLE onhand_platform"])
def test_the_app_role_makes_no_objects(statement: str):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(statement, {})


def test_not_even_the_owner_empties_a_months_ledger_or_log():
    for row in tables():
        if row["partition"]:
            with pytest.raises(DatabaseError, match="append.only"), transaction.atomic(using="owner"):
                rows(f"TRUNCATE {row['name']}", {}, using="owner")
    connections["owner"].close()


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
@pytest.mark.parametrize("table", ["stock_stockmovement", "audit_entry", "audit_block"])
def test_the_app_and_platform_roles_cannot_rewrite_the_ledger_or_the_log(table: str, verb: str):
    assert verb not in privileges_of(APP_ROLE, table)
    assert verb not in privileges_of(PLATFORM_ROLE, table)


@pytest.mark.parametrize("table", sorted(SHARED_TABLES))
def test_the_app_role_may_not_empty_or_reshape_a_shared_table(table: str):
    assert not privileges_of(APP_ROLE, table) & {"TRUNCATE", "REFERENCES", "TRIGGER"}


def test_the_app_role_may_not_empty_a_tenant_table():
    for table in tenant_tables():
        assert not privileges_of(APP_ROLE, table) & {"TRUNCATE", "REFERENCES", "TRIGGER"}, table
