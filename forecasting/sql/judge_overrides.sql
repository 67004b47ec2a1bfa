-- Compare lines that were accepted with a person's own quantity with what the proposed one would have led to, once their
-- protection days are over in the store. Both quantities meet the same demand: what was sold, and on days that ended with
-- nothing left at least what was expected, since nobody knows what would have been bought.
WITH due AS (
    SELECT l.id, l.store_id, l.product_id, l.quantity AS proposed, l.accepted AS ordered, l.unit_cost, l.reason,
           coalesce(nullif(l.chosen_by, ''), l.decided_by) AS person,
           round((greatest((l.inputs ->> 'position')::float8, 0) + (l.inputs ->> 'transferred')::float8)::numeric, 3) AS supply,
           (l.inputs ->> 'daily')::float8 AS daily, begun.first_day,
           begun.first_day + (l.inputs ->> 'protection_days')::int - 1 AS last_day
      FROM forecasting_restockline l
      JOIN stores_store s ON s.organization_id = l.organization_id AND s.id = l.store_id
     CROSS JOIN LATERAL (SELECT (l.decided_at AT TIME ZONE s.time_zone)::date AS first_day) begun
     WHERE l.organization_id = %(organization)s AND l.status = 'accepted' AND l.chosen IS NOT NULL
       AND l.accepted <> l.quantity
       AND begun.first_day + (l.inputs ->> 'protection_days')::int <= (%(now)s::timestamptz AT TIME ZONE s.time_zone)::date
       AND NOT EXISTS (SELECT FROM forecasting_overrideoutcome o WHERE o.organization_id = l.organization_id AND o.line_id = l.id)
), days AS (
    SELECT u.id, u.daily, coalesce(greatest(d.units, 0), 0) AS units, coalesce(e.gone, false) AS gone
      FROM due u
     CROSS JOIN LATERAL generate_series(u.first_day, u.last_day, interval '1 day') AS each (day)
      LEFT JOIN stock_dailysales d ON d.organization_id = %(organization)s AND d.store_id = u.store_id
                                  AND d.product_id = u.product_id AND d.date = each.day::date
      -- A day that changed nothing has no closing balance: what was empty before stayed so.
      LEFT JOIN LATERAL (SELECT c.on_hand <= 0 AS gone FROM stock_stocksnapshot c
                          WHERE c.organization_id = %(organization)s AND c.store_id = u.store_id
                            AND c.product_id = u.product_id AND c.date <= each.day::date
                          ORDER BY c.date DESC LIMIT 1) e ON true
), sums AS (
    SELECT id, sum(units) AS sold, count(*) FILTER (WHERE gone) AS sold_out_days,
           sum(CASE WHEN gone THEN greatest(units, round(daily::numeric, 3)) ELSE units END) AS demand
      FROM days GROUP BY id
)
INSERT INTO forecasting_overrideoutcome
       (organization_id, line_id, store_id, product_id, person, reason, first_day, last_day, proposed, ordered, supply, sold,
        sold_out_days, demand, short_proposed, short_ordered, left_proposed, left_ordered, unit_margin, unit_cost)
SELECT %(organization)s, u.id, u.store_id, u.product_id, u.person, u.reason, u.first_day, u.last_day, u.proposed, u.ordered,
       u.supply, s.sold, s.sold_out_days, s.demand, greatest(s.demand - u.supply - u.proposed, 0),
       greatest(s.demand - u.supply - u.ordered, 0), greatest(u.supply + u.proposed - s.demand, 0),
       greatest(u.supply + u.ordered - s.demand, 0), greatest(p.sale_price - u.unit_cost, 0), u.unit_cost
  FROM due u
  JOIN sums s ON s.id = u.id
  JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = u.product_id
ON CONFLICT DO NOTHING
