"""Positions in the feed that grow across a restore: docs/adr/0011."""

from django.db import migrations

from inventory_project.kernel.rls import APP_ROLE, PLATFORM_ROLE, run_sql

# A position is a transaction id and the base of the line it belongs to. A restored cluster hands out its own ids,
# perhaps far below those of the entries it was given: its line's base lifts them above. Row 0 is the first line.
TABLE = f"""
CREATE TABLE audit_feed_line (
    base bigint PRIMARY KEY CHECK (base >= 0),
    began_at timestamptz NOT NULL DEFAULT now(),
    -- Positions of earlier lines from here on are not in this database; what it was restored from is of `data_until`.
    previous_end bigint NOT NULL CHECK (previous_end >= 0),
    data_until timestamptz NOT NULL,
    -- The server it began on. Another one, or another timeline of the same, means that the data came back from a copy.
    server bigint NOT NULL,
    timeline integer NOT NULL
);
INSERT INTO audit_feed_line (base, previous_end, data_until, server, timeline)
SELECT 0, 0, now(), system_identifier, timeline_id FROM pg_control_system(), pg_control_checkpoint();
GRANT SELECT ON audit_feed_line TO {APP_ROLE}, {PLATFORM_ROLE};
"""

# A constant in a function, so that it costs a writer nothing: PostgreSQL puts it into the statement's plan. The schema
# is named, because a plan puts it there under the caller's search path.
POSITION = f"""
CREATE FUNCTION audit_feed_base() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 0::bigint';
CREATE FUNCTION audit_position() RETURNS xid8 LANGUAGE sql STABLE AS
    'SELECT (pg_current_xact_id()::text::bigint + public.audit_feed_base())::text::xid8';
REVOKE ALL ON FUNCTION audit_feed_base(), audit_position() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_feed_base(), audit_position() TO {APP_ROLE}, {PLATFORM_ROLE};
ALTER TABLE audit_entry ALTER COLUMN xid SET DEFAULT audit_position();
"""

# Bases are five-minute steps since 2026, each with room for a million million transactions: a line begun later stands
# above one begun earlier even where this database never heard of that one, because it was restored from before it.
BEGIN_LINE = """
CREATE FUNCTION audit_begin_line(p_end bigint, p_data_until timestamptz) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    room CONSTANT bigint := 1::bigint << 40;
    step bigint := extract(epoch FROM clock_timestamp() - timestamptz '2026-01-01 00:00+00')::bigint / 300 + 1;
    last bigint;
BEGIN
    LOCK TABLE audit_feed_line IN EXCLUSIVE MODE;
    LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE;  -- who is writing ends first; who comes later is on the new line
    SELECT max(base) INTO last FROM audit_feed_line;
    step := greatest(step, greatest(last, p_end) / room + 1);
    EXECUTE format('CREATE OR REPLACE FUNCTION audit_feed_base() RETURNS bigint '
        'LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L', format('SELECT %s::bigint', step * room));
    INSERT INTO audit_feed_line (base, previous_end, data_until, server, timeline)
        SELECT step * room, p_end, p_data_until, system_identifier, timeline_id
          FROM pg_control_system(), pg_control_checkpoint();
    RETURN step * room;
END $$;
REVOKE ALL ON FUNCTION audit_begin_line(bigint, timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_default_partition")]

    operations = [run_sql(TABLE, POSITION, BEGIN_LINE)]
