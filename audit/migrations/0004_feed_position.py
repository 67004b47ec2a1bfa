"""Where in the feed an instant lies."""

from django.db import migrations

from inventory_project.kernel.rls import run_sql

# The feed is ordered by transaction id and has no index by time, so the id is searched by halving: some forty probes of
# the feed's own index. Ids are handed out in order of time and a transaction's stamp is at most its own length older,
# so the answer is at most that much off; the caller allows for it. NULL: no entry is that young.
POSITION_AT = """
CREATE FUNCTION audit_position_at(p_organization bigint, p_moment timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    low bigint;
    high bigint;
    middle bigint;
    probed timestamptz;
BEGIN
    SELECT xid::text::bigint INTO low FROM audit_entry
        WHERE organization_id = p_organization ORDER BY xid, sequence LIMIT 1;
    SELECT xid::text::bigint + 1 INTO high FROM audit_entry
        WHERE organization_id = p_organization ORDER BY xid DESC, sequence DESC LIMIT 1;
    -- The first id whose next entry is young enough lies between low and high.
    WHILE low < high LOOP
        middle := low + (high - low) / 2;
        SELECT occurred_at INTO probed FROM audit_entry
            WHERE organization_id = p_organization AND xid >= middle::text::xid8 ORDER BY xid, sequence LIMIT 1;
        IF probed IS NULL OR probed >= p_moment THEN
            high := middle;
        ELSE
            low := middle + 1;
        END IF;
    END LOOP;
    RETURN low;
END $$;
REVOKE ALL ON FUNCTION audit_position_at(bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_position_at(bigint, timestamptz) TO onhand_app, onhand_platform;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_functions")]

    operations = [run_sql(POSITION_AT)]
