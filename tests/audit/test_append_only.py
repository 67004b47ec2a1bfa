"""Nobody changes the log: not the app, not the platform, not the tables' owner."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from inventory_project.kernel import sql, tenancy
from tests.factories.accounts import build_organization
from tests.factories.audit import write_entry
from tests.support.superuser import superuser

CHANGES = [
    "UPDATE audit_entry SET action = 'x' WHERE organization_id = {id}",
    "DELETE FROM audit_entry WHERE organization_id = {id}",
    "TRUNCATE audit_entry",
    "UPDATE audit_block SET hash = '' WHERE organization_id = {id}",
    "DELETE FROM audit_block WHERE organization_id = {id}",
    "TRUNCATE audit_block",
    "DELETE FROM audit_chain_head WHERE organization_id = {id}",
]


def as_role(alias: str, organization_id: int, statement: str) -> None:
    with transaction.atomic(using=alias):
        sql.rows("SELECT set_config('app.organization', %(id)s, true)", {"id": str(organization_id)}, using=alias)
        sql.rows(statement.format(id=organization_id), {}, using=alias)


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("alias", ["default", "platform", "owner"])
def test_no_role_changes_or_removes_an_entry(alias: str, statement: str):
    organization = build_organization()
    write_entry(organization.id)
    with pytest.raises(DatabaseError, match="permission denied|append only"):
        as_role(alias, organization.id, statement)
    connections["owner"].close()
    with superuser() as connection:
        query = "SELECT count(*) FROM audit_entry WHERE organization_id = %s AND action <> 'x'"
        assert connection.execute(query, [organization.id]).fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_chain_head SET number = 9",
        "INSERT INTO audit_block VALUES ({id}, 64, 9, 1, 1, 1, '', '', '')",
        "INSERT INTO audit_entry (organization_id, chain, block, action, sequence) VALUES ({id}, 1, 1, 'x', 1)",
        "INSERT INTO audit_entry (organization_id, chain, block, action, occurred_at) VALUES ({id}, 1, 1, 'x', now())",
        "INSERT INTO audit_entry (organization_id, chain, block, action, xid) VALUES ({id}, 1, 1, 'x', '1')",
    ],
)
def test_the_app_forges_no_head_no_block_no_number_and_no_time(statement: str):
    organization = build_organization()
    with pytest.raises(DatabaseError, match="permission denied"):
        as_role("default", organization.id, statement)


def test_the_app_neither_reads_nor_writes_another_organisations_log():
    mine, theirs = build_organization(), build_organization()
    write_entry(theirs.id)
    with tenancy.scope(mine.id):
        for table in ("audit_entry", "audit_block", "audit_chain_head"):
            query = f"SELECT * FROM {table} WHERE organization_id = %(id)s"
            assert sql.rows(query, {"id": theirs.id}) == []
    forged = f"INSERT INTO audit_entry (organization_id, chain, block, action) VALUES ({theirs.id}, 1, 1, 'x')"
    with pytest.raises(DatabaseError, match="row-level security"):
        as_role("default", mine.id, forged)
    with pytest.raises(DatabaseError, match="row-level security"):
        as_role("default", mine.id, f"SELECT audit_open_block({theirs.id})")


def test_a_partition_cannot_be_addressed_past_its_parents_walls():
    write_entry(build_organization().id)
    with superuser() as connection:
        query = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass"
        partitions = [row[0] for row in connection.execute(query)]
    assert len(partitions) > 2
    for partition in partitions:
        for alias in ("default", "platform"):
            with pytest.raises(DatabaseError, match="permission denied"):
                sql.rows(f"SELECT * FROM {partition}", {}, using=alias)
        with pytest.raises(DatabaseError, match="append only"):
            as_role("owner", 1, f"TRUNCATE {partition}")
    connections["owner"].close()
