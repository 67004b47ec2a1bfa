-- A run's series by state and by method, and its measures together (engine/accuracy.py has the formulas; sums add up).
WITH f AS (
    SELECT f.*, s.currency
      FROM forecasting_forecast f
      JOIN stores_store s ON s.organization_id = f.organization_id AND s.id = f.store_id
     WHERE f.organization_id = %(organization)s AND f.run_id = %(run)s
)
SELECT (SELECT coalesce(jsonb_object_agg(state, n), '{}') FROM (SELECT state, count(*) AS n FROM f GROUP BY 1) s) AS states,
       (SELECT coalesce(jsonb_object_agg(method, n), '{}') FROM (SELECT method, count(*) AS n FROM f GROUP BY 1) m) AS methods,
       m.*
  FROM ({measures}) m
