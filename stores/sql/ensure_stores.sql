-- Opens the stores whose code is new and answers the id of each code asked for, once.
WITH wanted AS (
    SELECT DISTINCT ON (upper(code)) *
    FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(
        code text, name text, kind text, location text, region text, time_zone text, currency text)
    ORDER BY upper(code)
), inserted AS (
    INSERT INTO stores_store (organization_id, code, name, kind, location, region, time_zone, currency,
                              is_active, version, created_at, updated_at)
    SELECT %(organization_id)s, code, name, coalesce(kind, 'shop'), coalesce(location, ''), coalesce(region, ''),
           time_zone, currency, true, 1, now(), now()
    FROM wanted
    ON CONFLICT (organization_id, code_key) DO NOTHING
    RETURNING id, code_key
)
SELECT asked.code, coalesce(inserted.id, existing.id) AS id, inserted.id IS NOT NULL AS created
FROM (SELECT DISTINCT code FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(code text)) AS asked
LEFT JOIN inserted ON inserted.code_key = upper(asked.code)
LEFT JOIN stores_store AS existing
    ON existing.organization_id = %(organization_id)s AND existing.code_key = upper(asked.code);
