"""The log's tables: entries partitioned by month, chain heads, blocks."""

from django.db import migrations, models

import audit.models
from inventory_project.kernel.rls import run_sql

# Texts are compared byte by byte (COLLATE "C"): ids and actions are not words, and it makes each index cheaper.
TABLES = """
CREATE SEQUENCE audit_entry_sequence_seq AS bigint;
CREATE TABLE audit_entry (
    organization_id bigint NOT NULL,
    sequence bigint NOT NULL DEFAULT nextval('audit_entry_sequence_seq'),
    occurred_at timestamptz NOT NULL DEFAULT now(),
    chain smallint NOT NULL,
    block bigint NOT NULL,
    actor_id bigint,
    actor_label text COLLATE "C" NOT NULL DEFAULT '',
    action text COLLATE "C" NOT NULL,
    object_type text COLLATE "C" NOT NULL DEFAULT '',
    object_id text COLLATE "C" NOT NULL DEFAULT '',
    object_label text COLLATE "C" NOT NULL DEFAULT '',
    store_id bigint,
    product_id bigint,
    before jsonb,
    after jsonb,
    detail jsonb,
    request_id text COLLATE "C" NOT NULL DEFAULT '',
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (organization_id, sequence, occurred_at)
) PARTITION BY RANGE (occurred_at);
ALTER SEQUENCE audit_entry_sequence_seq OWNED BY audit_entry.sequence;
CREATE TABLE audit_entry_default PARTITION OF audit_entry DEFAULT;

CREATE TABLE audit_chain_head (
    organization_id bigint NOT NULL,
    chain smallint NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (organization_id, chain)
) WITH (fillfactor = 50);

CREATE TABLE audit_block (
    organization_id bigint NOT NULL,
    chain smallint NOT NULL,
    number bigint NOT NULL,
    first_sequence bigint NOT NULL,
    last_sequence bigint NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    marks bytea NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, chain, number)
);
"""

# Every index is paid for by every movement, so each must earn its place:
#   the primary key    the log newest first, one entry by its number, the verifier's walk
#   feed               readers with a cursor
#   store, product     the two questions asked of the ledger's own entries
#   object, other      partial: the ledger's entries are not in them, so they cost the ledger nothing and make the few
#                      other entries (catalogue, people, security) quick to find among millions of movements
INDEXES = """
CREATE INDEX audit_entry_feed ON audit_entry (organization_id, xid, sequence);
CREATE INDEX audit_entry_store ON audit_entry (organization_id, store_id, sequence);
CREATE INDEX audit_entry_product ON audit_entry (organization_id, product_id, sequence) WHERE product_id IS NOT NULL;
CREATE INDEX audit_entry_object ON audit_entry (organization_id, object_type, object_id, sequence)
    WHERE object_type <> 'movement';
CREATE INDEX audit_entry_other ON audit_entry (organization_id, sequence) WHERE object_type <> 'movement';
"""


def integer(*, null: bool = False) -> "models.BigIntegerField[int, int]":
    return models.BigIntegerField(null=null)


def text() -> "models.TextField[str, str]":
    return models.TextField(db_collation="C")


STATE = [
    migrations.CreateModel(
        name="AuditEntry",
        fields=[
            ("organization_id", integer()),
            ("sequence", models.BigAutoField(primary_key=True, serialize=False)),
            ("occurred_at", models.DateTimeField()),
            ("chain", models.SmallIntegerField()),
            ("block", integer()),
            ("actor_id", integer(null=True)),
            ("actor_label", text()),
            ("action", text()),
            ("object_type", text()),
            ("object_id", text()),
            ("object_label", text()),
            ("store_id", integer(null=True)),
            ("product_id", integer(null=True)),
            ("before", models.JSONField(null=True)),
            ("after", models.JSONField(null=True)),
            ("detail", models.JSONField(null=True)),
            ("request_id", text()),
            ("xid", audit.models.TransactionId()),
        ],
        options={"db_table": "audit_entry"},
    ),
    migrations.CreateModel(
        name="AuditChainHead",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "organization_id", "chain", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("organization_id", integer()),
            ("chain", models.SmallIntegerField()),
            ("number", integer()),
            ("hash", models.BinaryField()),
        ],
        options={"db_table": "audit_chain_head"},
    ),
    migrations.CreateModel(
        name="AuditBlock",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "organization_id", "chain", "number", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("organization_id", integer()),
            ("chain", models.SmallIntegerField()),
            ("number", integer()),
            ("first_sequence", integer()),
            ("last_sequence", integer()),
            ("count", models.IntegerField()),
            ("previous_hash", models.BinaryField()),
            ("hash", models.BinaryField()),
            ("marks", models.BinaryField()),
            ("sealed_at", models.DateTimeField()),
        ],
        options={"db_table": "audit_block"},
    ),
]


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.SeparateDatabaseAndState(database_operations=[run_sql(TABLES, INDEXES)], state_operations=STATE)
    ]
