-- Set the history of one range of the file's pages. Answers how many days were new and how many were changed; the
-- others were known already. Locks are taken in the order the apply takes them.
WITH put AS (
    INSERT INTO stock_dailysales AS d (organization_id, store_id, product_id, date, units, revenue, history_units)
    SELECT %(organization)s, s.id, p.id, f.date::date, 0, 0, f.sales
      FROM stock_history_file f
      JOIN json_to_recordset(%(stores)s::json) AS s (name text, id bigint) ON s.name = f.store
      JOIN json_to_recordset(%(products)s::json) AS p (name text, id bigint) ON p.name = f.item
     WHERE f.ctid >= %(first)s::tid AND f.ctid < %(last)s::tid
     ORDER BY s.id, p.id, f.date
    ON CONFLICT (organization_id, store_id, product_id, date) DO UPDATE
       SET history_units = excluded.history_units
     WHERE d.history_units <> excluded.history_units
    RETURNING d.xmax = 0 AS inserted
)
SELECT count(*) FILTER (WHERE inserted) AS inserted, count(*) FILTER (WHERE NOT inserted) AS updated FROM put
