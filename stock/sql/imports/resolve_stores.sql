-- The stores the file names, by code or name; an empty cell means the store given with the file. A store the uploader
-- may not write to is as unknown to this import as one that is not there.
INSERT INTO stock_import_store (ref, store_id, time_zone, problem)
SELECT r.ref, s.id, s.time_zone,
       CASE WHEN s.id IS NULL AND r.ref = '' THEN 'The row names no store; name one with the file.'
            WHEN s.id IS NULL THEN 'No such store.'
            WHEN NOT s.is_active THEN 'This store is closed.' END
  FROM (SELECT DISTINCT coalesce(btrim(store), '') AS ref FROM stock_import_given) r
  LEFT JOIN LATERAL (
        SELECT id, time_zone, is_active FROM stores_store
         WHERE organization_id = %(organization)s
           AND (%(store_ids)s::bigint[] IS NULL OR id = ANY(%(store_ids)s))
           AND CASE WHEN r.ref = '' THEN id = %(store)s
                    ELSE code_key = upper(r.ref) OR upper(name) = upper(r.ref) END
         ORDER BY (code_key = upper(r.ref)) DESC, id LIMIT 1) s ON true
