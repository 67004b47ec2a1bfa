"""A backup brought back into an empty database of another server is the same installation, whole and walled."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections

from audit import selectors as log
from audit.errors import CursorLost
from audit.models import AuditEntry
from inventory_project.backup import manifest, restore, take
from inventory_project.backup.errors import RestoreRefused
from inventory_project.backup.restore import Restored
from inventory_project.health import database_reasons
from inventory_project.kernel import tenancy
from inventory_project.kernel.sql import rows
from inventory_project.runtime.instance import BASE_DIR, Instance
from stock.services import sales_rollup
from tests.factories.stock import build_shop
from tests.support import clusters

DATABASE = "onhand_back"
# PostgreSQL writes the same condition with other casts and brackets once it has read its own words.
CASTS = r"'[()]|::(character varying|text)(\[\])?'"
# Everything PostgreSQL knows of our tables that is not their contents.
SHAPES = {
    "grants": """
        SELECT relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner),
               coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner))::text
          FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S') ORDER BY 1""",
    "column grants": """
        SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute
         WHERE attacl IS NOT NULL AND attrelid::regclass::text !~ '^pg_' ORDER BY 1, 2""",
    "policies": """
        SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, convalidated,
               regexp_replace(pg_get_constraintdef(oid), {casts}, '', 'g')
          FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3""",
    "indexes": """
        SELECT indexname, regexp_replace(indexdef, {casts}, '', 'g') FROM pg_indexes WHERE schemaname = 'public'
         ORDER BY 1""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger
         WHERE NOT tgisinternal ORDER BY 1, 2""",
    "functions": """
        SELECT p.oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner))::text, prosecdef,
               pg_get_userbyid(proowner), proconfig::text
          FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
           AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e') ORDER BY 1""",
    "partitions": """
        SELECT relid::text, parentrelid::text, pg_get_expr(relpartbound, c.oid)
          FROM pg_class c, (SELECT * FROM pg_partition_tree('audit_entry')
                            UNION ALL SELECT * FROM pg_partition_tree('stock_stockmovement')) AS tree
         WHERE c.oid = relid ORDER BY 1""",
    "defaults": "SELECT adrelid::regclass::text, adnum, pg_get_expr(adbin, adrelid) FROM pg_attrdef ORDER BY 1, 2",
}


def quiet(part: float, what: str) -> None:
    """Nobody looks."""


def look(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        connection.execute("SET search_path = public")
        return connection.execute(query.replace("{casts}", CASTS)).fetchall()


@dataclass
class Story:
    """A backup of the session's database, and what became of it on another server."""

    taken: take.Taken
    shop: Any
    quiet_cursor: str
    early_cursor: str
    later_cursor: str
    shapes: dict[str, Any]
    instance: Instance
    restored: Restored


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("backup")
    admin = os.environ["DATABASE_ADMIN_URL"]
    shop = build_shop()
    shop.post("IN", 50)
    early = feed(shop.organization.id, limit=1).next
    shop.post("OUT", 8)
    still = feed(shop.organization.id, limit=1000).next
    shapes = {name: look(admin, query) for name, query in SHAPES.items()}
    taken = take.take(directory=folder / "kept", report=quiet)
    shop.post("OUT", 1)  # after the backup: lost by the restore
    later = feed(shop.organization.id, limit=1000).next
    with clusters.cluster(folder / "other") as instance:
        done = restore.restore(
            file=taken.path,
            admin_url=clusters.named(instance.admin_url(), DATABASE),
            logins=clusters.logins(instance),
            report=quiet,
        )
        yield Story(taken, shop, str(still), str(early), str(later), shapes, instance, done)


def feed(organization_id: int, **options: Any) -> log.Feed:
    with tenancy.scope(organization_id):
        return log.feed(access=None, **options)


def test_every_table_comes_back_with_the_same_rows(story: Story) -> None:
    names = {row[0] for row in look(os.environ["DATABASE_ADMIN_URL"], take.TABLES)}
    assert {table.name for table in story.taken.manifest.tables} == names
    with psycopg.connect(clusters.named(story.instance.admin_url(), DATABASE)) as there:
        there.execute(manifest.SESSION)
        for table in story.taken.manifest.tables:
            if table.name != "audit_feed_line":  # it knows of the restore
                assert manifest.fingerprint(there, table.name) == (table.rows, table.fingerprint), table.name
    assert story.taken.manifest.rows > 100


def test_grants_walls_keys_triggers_and_partitions_are_the_same(story: Story) -> None:
    url = clusters.named(story.instance.admin_url(), DATABASE)
    for name, before in story.shapes.items():
        assert look(url, SHAPES[name]) == before, name


def test_the_app_role_still_cannot_look_around_its_walls(story: Story) -> None:
    with clusters.living_in(story.instance, DATABASE):
        assert database_reasons() == []
        assert rows("SELECT count(*) FROM stock_stockmovement", {})[0]["count"] == 0
        with tenancy.scope(story.shop.organization.id):
            assert AuditEntry.objects.count() > 0
        with pytest.raises(DatabaseError, match="permission denied"), connections["default"].cursor() as cursor:
            cursor.execute("DELETE FROM audit_entry")
        with pytest.raises(DatabaseError, match="append only"), connections["owner"].cursor() as cursor:
            cursor.execute(f"SET app.organization = '{story.shop.organization.id}'; DELETE FROM audit_entry")


def command(story: Story, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=clusters.environment(story.instance, DATABASE),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_ledger_and_log_verify_after_the_restore(story: Story) -> None:
    command(story, "prepare_database")
    organization = str(story.shop.organization.id)
    assert "drift 0" in command(story, "verify_ledger", "--organization", organization).replace(": ", " ")
    assert command(story, "verify_audit", "--organization", organization).startswith("whole")


def test_sequences_go_on_and_new_movements_work(story: Story) -> None:
    before = {each.name: each.last_value for each in story.taken.manifest.sequences}
    with clusters.living_in(story.instance, DATABASE):
        story.shop.post("OUT", 2)
        assert story.shop.on_hand() == 40
        another = build_shop()
        another.post("IN", 3)
        assert another.organization.id > before["accounts_organization_id_seq"]


def test_a_reader_goes_on_where_it_stood_and_meets_new_changes_at_once(story: Story) -> None:
    """The new server's transaction ids are far below the old ones."""
    organization = story.shop.organization.id
    with clusters.living_in(story.instance, DATABASE):
        current = rows("SELECT pg_current_xact_id()::text::bigint AS xid", {})[0]["xid"]
        assert current < int(story.quiet_cursor.split(".")[0])
        behind = feed(organization, since=story.early_cursor, limit=1000)
        whole = feed(organization, limit=1000)
        assert [e.sequence for e in whole.entries][1:] == [e.sequence for e in behind.entries]
        start = feed(organization, since=story.quiet_cursor, limit=1000).next
        story.shop.post("IN", 1)
        new = feed(organization, since=str(start), limit=1000)
        assert [entry.action for entry in new.entries] == ["stock.movement.applied"]
        assert new.entries[0].xid > story.restored.feed_base
        assert new.entries[0].sequence in [e.sequence for e in feed(organization, limit=1000).entries]


def test_a_cursor_from_the_lost_time_is_refused_with_the_place_to_go_on_from(story: Story) -> None:
    organization = story.shop.organization.id
    with clusters.living_in(story.instance, DATABASE):
        with pytest.raises(CursorLost) as refusal:
            feed(organization, since=story.later_cursor)
        assert refusal.value.status == 410
        go_on = refusal.value.fields["since"][0].removeprefix("Go on from ").rstrip(".")
        assert go_on == f"{story.taken.manifest.feed_end}.0"
        assert f"since={go_on}" in refusal.value.detail
        answer = story.shop.client.get("/api/changes", {"since": story.later_cursor})
        assert (answer.status_code, answer.json()["code"]) == (410, "cursor_lost")
        story.shop.post("IN", 1)
        assert feed(organization, since=go_on, limit=1000).entries[-1].action == "stock.movement.applied"


def test_the_sums_of_sales_are_made_anew_and_follow_the_new_transaction_ids(story: Story) -> None:
    organization = story.shop.organization.id
    with clusters.living_in(story.instance, DATABASE):
        assert sales_rollup.roll(organization_id=organization)
        story.shop.post("OUT", 1)
        for _ in range(2):  # what is added once must be known as added
            assert sales_rollup.roll(organization_id=organization)
            with tenancy.scope(organization):
                assert sales_rollup.drift() == 0


def test_the_file_is_private_and_plain_tools_read_it(story: Story) -> None:
    path = story.taken.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    folder = path.parent.parent / "unpacked"
    with tarfile.open(path) as tar:
        tar.extractall(folder, filter="data")
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    subprocess.run(["gunzip", "--test", "data/stock_stockmovement.copy.gz", "manifest.json.gz"], cwd=folder, check=True)


def test_a_database_that_holds_something_is_left_alone(story: Story) -> None:
    url = clusters.named(story.instance.admin_url(), DATABASE)
    before = look(url, "SELECT count(*) FROM audit_feed_line")
    with pytest.raises(RestoreRefused, match="is not empty: it holds"):
        restore.restore(file=story.taken.path, admin_url=url, logins=clusters.logins(story.instance), report=quiet)
    assert look(url, "SELECT count(*) FROM audit_feed_line") == before


def test_the_backup_is_remembered_by_the_log(story: Story) -> None:
    found = rows("SELECT object_id FROM audit_entry WHERE action = 'platform.backup.taken'", {}, using="platform")
    assert story.taken.path.name in [row["object_id"] for row in found]
