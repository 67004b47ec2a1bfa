"""How entries are put into words, sealed into blocks, and given a partition for the months ahead."""

from django.db import migrations

from inventory_project.kernel.rls import run_sql

# One entry as one text, the same in audit/verifier/verify_export.py. No two different entries give the same text:
# numbers end at '|', texts carry their length, and a JSON value ends by its own grammar (jsonb prints no newline).
# STABLE and not IMMUTABLE, because concat() is: an SQL function is only inlined when its body is no more volatile
# than itself, and inlining is what makes it cheap. `xid` is left out: it is the feed's position, not history.
CANONICAL = """
CREATE FUNCTION audit_canonical(
    organization_id bigint, sequence bigint, occurred_at timestamptz, chain smallint, block bigint,
    actor_id bigint, actor_label text, action text, object_type text, object_id text, object_label text,
    store_id bigint, product_id bigint, before jsonb, after jsonb, detail jsonb, request_id text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT concat(
        organization_id, '|', sequence, '|', (extract(epoch FROM occurred_at) * 1000000)::bigint, '|',
        chain, '|', block, '|', actor_id, '|', store_id, '|', product_id, '|',
        length(actor_label), ':', actor_label, '|', length(action), ':', action, '|',
        length(object_type), ':', object_type, '|', length(object_id), ':', object_id, '|',
        length(object_label), ':', object_label, '|', length(request_id), ':', request_id, '|',
        before, '|', after, '|', detail)
$$;
"""

# Chains 0-63 belong to the ledger's lanes, which are locked one worker at a time. Everybody else asks without a chain
# and gets the lowest of 64-127 that no other transaction holds: writers never wait for each other, so recording can
# never be half of a deadlock, and an organisation has only as many chains as it ever had writers at once.
OPEN_BLOCK = """
CREATE FUNCTION audit_open_block(p_organization bigint, p_chain smallint DEFAULT NULL)
RETURNS TABLE (chain smallint, number bigint, previous_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    chosen smallint := p_chain;
BEGIN
    IF p_organization <= 0 AND session_user = 'onhand_app' THEN
        RAISE EXCEPTION 'The platform''s own log is not open to the app role' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF chosen IS NULL THEN
        chosen := 64 + pg_backend_pid() % 64;  -- when all are held: wait for this one
        FOR candidate IN 64..127 LOOP
            IF pg_try_advisory_xact_lock(1635083369, hashint8(p_organization * 256 + candidate)) THEN
                chosen := candidate;
                EXIT;
            END IF;
        END LOOP;
    END IF;
    RETURN QUERY SELECT head.chain, head.number + 1, head.hash FROM audit_chain_head head
        WHERE head.organization_id = p_organization AND head.chain = chosen FOR UPDATE;
    IF FOUND THEN
        RETURN;
    END IF;
    INSERT INTO audit_chain_head (organization_id, chain, number, hash)
        VALUES (p_organization, chosen, 0, sha256(convert_to(format('onhand:%s:%s', p_organization, chosen), 'UTF8')))
        ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT head.chain, head.number + 1, head.hash FROM audit_chain_head head
        WHERE head.organization_id = p_organization AND head.chain = chosen FOR UPDATE;
END $$;
"""

SEAL_BLOCK = """
CREATE FUNCTION audit_seal_block(
    p_organization bigint, p_chain smallint, p_number bigint, p_sequences bigint[], p_entries text[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    previous bytea;
    sealed bytea;
BEGIN
    IF p_organization <= 0 AND session_user = 'onhand_app' THEN
        RAISE EXCEPTION 'The platform''s own log is not open to the app role' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT hash INTO previous FROM audit_chain_head
        WHERE organization_id = p_organization AND chain = p_chain AND number = p_number - 1 FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Audit chain % of organization % is not at block %', p_chain, p_organization, p_number
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    sealed := sha256(previous || convert_to(array_to_string(p_entries, E'\\n'), 'UTF8'));
    INSERT INTO audit_block
        (organization_id, chain, number, first_sequence, last_sequence, count, previous_hash, hash, marks)
    SELECT p_organization, p_chain, p_number, p_sequences[1], p_sequences[cardinality(p_sequences)],
        cardinality(p_entries), previous, sealed,
        (SELECT string_agg(substr(sha256(convert_to(entry, 'UTF8')), 1, 4), ''::bytea ORDER BY place)
            FROM unnest(p_entries) WITH ORDINALITY AS each (entry, place));
    UPDATE audit_chain_head SET number = p_number, hash = sealed
        WHERE organization_id = p_organization AND chain = p_chain;
    RETURN p_number;
END $$;
"""

# ATTACH lets writers go on while a partition is added; CREATE ... PARTITION OF would lock the whole log.
ENSURE_PARTITIONS = """
CREATE FUNCTION audit_ensure_partitions(months_ahead integer DEFAULT 3) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '3s' SET timezone = 'UTC' AS $$
DECLARE
    month timestamptz := date_trunc('month', now());
    made integer := 0;
    partition text;
BEGIN
    PERFORM pg_advisory_xact_lock(1635083369, -1);
    FOR ahead IN 0..months_ahead LOOP
        partition := 'audit_entry_' || to_char(month, 'YYYYMM');
        IF to_regclass(partition) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE audit_entry INCLUDING ALL)', partition);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition);
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', partition);
            EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, onhand_app, onhand_platform', partition);
            EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I EXECUTE FUNCTION audit_refuse_change()',
                partition);
            EXECUTE format('ALTER TABLE audit_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                partition, month, month + interval '1 month');
            made := made + 1;
        END IF;
        month := month + interval '1 month';
    END LOOP;
    RETURN made;
END $$;
"""

GRANTS = """
REVOKE ALL ON FUNCTION audit_open_block(bigint, smallint) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_seal_block(bigint, smallint, bigint, bigint[], text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_ensure_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_open_block(bigint, smallint) TO onhand_app, onhand_platform;
GRANT EXECUTE ON FUNCTION audit_seal_block(bigint, smallint, bigint, bigint[], text[]) TO onhand_app, onhand_platform;
GRANT EXECUTE ON FUNCTION audit_ensure_partitions(integer) TO onhand_platform;
SELECT audit_ensure_partitions(6);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_walls")]

    operations = [run_sql(CANONICAL, OPEN_BLOCK, SEAL_BLOCK, ENSURE_PARTITIONS, GRANTS)]
