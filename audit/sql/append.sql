-- Writes a list of entries and seals them as one block, in one statement.
--
-- This is the way to append to the log from SQL: open a block, insert under its number, seal what was inserted.
-- A statement of the ledger does the same with its own rows in place of `given` and its own lane as the chain.
WITH opened AS MATERIALIZED (
    SELECT chain, number FROM audit_open_block(%(organization_id)s)
), given AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset(%(entries)s::jsonb) AS (
        actor_id bigint, actor_label text, action text, object_type text, object_id text, object_label text,
        store_id bigint, product_id bigint, before jsonb, after jsonb, detail jsonb, request_id text
    )) WITH ORDINALITY AS each (
        actor_id, actor_label, action, object_type, object_id, object_label,
        store_id, product_id, before, after, detail, request_id, place)
), entry AS (
    INSERT INTO audit_entry (
        organization_id, chain, block, actor_id, actor_label, action, object_type, object_id, object_label,
        store_id, product_id, before, after, detail, request_id)
    SELECT %(organization_id)s, opened.chain, opened.number, actor_id, actor_label, action, object_type, object_id,
        object_label, store_id, product_id, before, after, detail, request_id
    FROM given, opened
    ORDER BY place
    RETURNING *
)
SELECT audit_seal_block(
        organization_id, chain, block,
        array_agg(sequence ORDER BY sequence),
        array_agg(audit_canonical(
            organization_id, sequence, occurred_at, chain, block, actor_id, actor_label, action, object_type,
            object_id, object_label, store_id, product_id, before, after, detail, request_id) ORDER BY sequence)
    ) AS block,
    chain,
    min(sequence) AS first_sequence
FROM entry
GROUP BY organization_id, chain, block
