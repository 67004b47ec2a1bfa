-- The middle of every question to sums by scope: what they have not seen, of the scopes asked for. `parts` are the periods
-- compared, with the shift that lays each over the present one; `spans` are the same periods cut into whole months and the
-- days to be added to them or taken away.
, parts AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(parts)s::json)
        AS p (part text, first_day date, last_day date, days integer, years integer)
), spans AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(spans)s::json)
        AS p (part text, span text, less boolean, first_day date, last_day date, days integer, years integer)
), fresh AS MATERIALIZED (
    SELECT p.part, false AS less, (u.date + p.days + p.years * interval '1 year')::date AS day, s.scope, u.product_id, u.units, u.revenue,
           u.cost, u.costed_revenue, u.transactions, u.history_units
      FROM rolled
     CROSS JOIN LATERAL stock_unrolled_sales(%(organization)s, rolled.snapshot) u
     CROSS JOIN LATERAL (VALUES ('store ' || u.store_id), ('region ' || u.currency || ' ' || u.region),
                                ('all ' || u.currency)) AS s (scope)
      JOIN parts p ON u.date BETWEEN p.first_day AND p.last_day
     WHERE rolled.snapshot IS NOT NULL AND s.scope = ANY(%(scopes)s::text[])
)
