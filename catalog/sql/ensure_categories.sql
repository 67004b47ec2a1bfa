-- Adds the categories whose name is new and answers the id of each name asked for, once.
WITH wanted AS (
    SELECT DISTINCT ON (upper(name)) name FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(name text) ORDER BY upper(name)
), inserted AS (
    INSERT INTO catalog_category (organization_id, name, version, created_at, updated_at)
    SELECT %(organization_id)s, name, 1, now(), now() FROM wanted
    ON CONFLICT (organization_id, name_key) DO NOTHING
    RETURNING id, name_key
)
SELECT asked.name, coalesce(inserted.id, existing.id) AS id, inserted.id IS NOT NULL AS created
FROM (SELECT DISTINCT name FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(name text)) AS asked
LEFT JOIN inserted ON inserted.name_key = upper(asked.name)
LEFT JOIN catalog_category AS existing
    ON existing.organization_id = %(organization_id)s AND existing.name_key = upper(asked.name);
