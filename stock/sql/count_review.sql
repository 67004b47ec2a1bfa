-- What was counted on each line in its present round, and what the ledger says of the same moment: a line's moment is
-- its last entry's. The book then is today's balance less every applied movement with a later effective time, so a sale
-- that arrives late with an earlier time corrects it. `moved` is what came and went between the first and the last
-- entry: then the sum belongs to no single moment. Lines of a count that is over say what was kept of them.
-- `since` is at or before the first entry, and bounds the part of the ledger that is read. Moments and movements are
-- put into one order of time and summed in one pass, so that the cost never depends on how they would be joined.
WITH tallied AS (
    SELECT l.id, l.store_id, l.product_id, t.entries, coalesce(t.counted, zero.units) AS counted,
           coalesce(t.first_at, zero.at) AS first_at, coalesce(t.last_at, zero.at) AS last_at
      FROM stock_stockcountline l
      CROSS JOIN (SELECT %(zero_at)s::timestamptz AS at, CASE WHEN %(zero_at)s::timestamptz IS NULL THEN NULL ELSE 0 END AS units) zero
      LEFT JOIN LATERAL (
            SELECT count(*) AS entries, sum(e.quantity) AS counted, min(e.counted_at) AS first_at, max(e.counted_at) AS last_at
              FROM stock_stockcountentry e
             WHERE e.organization_id = %(organization)s AND e.line_id = l.id AND e.round = l.round AND e.voided_at IS NULL
           ) t ON true
     WHERE l.organization_id = %(organization)s AND l.count_id = %(count)s
       AND (%(lines)s::bigint[] IS NULL OR l.id = ANY(%(lines)s::bigint[]))
), event AS (
    SELECT product_id, effective_at AS at, 0 AS mark, quantity, NULL::bigint AS id, NULL::bigint AS entries, NULL::numeric AS counted
      FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND store_id = %(store)s AND status = 'applied'
       AND effective_at > %(since)s::timestamptz
    UNION ALL
    SELECT product_id, first_at, 1, 0, id, entries, counted FROM tallied
    UNION ALL
    SELECT product_id, last_at, 2, 0, id, entries, counted FROM tallied
), running AS (
    SELECT event.*, sum(quantity) OVER (PARTITION BY product_id) - sum(quantity) OVER by_time AS later,
           sum(abs(quantity)) OVER by_time AS gross
      FROM event
    WINDOW by_time AS (PARTITION BY product_id ORDER BY at, mark)
), spanned AS (
    SELECT running.*, gross - max(gross) FILTER (WHERE mark = 1) OVER (PARTITION BY product_id) AS moved FROM running
), compared AS (
    -- One row a line. A line nobody counted has no moment, and so no book.
    SELECT id, product_id, at, coalesce(entries, 0) AS entries, counted, moved, later FROM spanned WHERE mark = 2
)
SELECT l.id, l.product_id, l.round, l.recounting, l.added, c.entries,
       CASE WHEN %(over)s THEN l.counted ELSE c.counted END AS counted,
       CASE WHEN %(over)s THEN l.counted_at ELSE c.at END AS counted_at,
       CASE WHEN %(over)s THEN l.book WHEN c.at IS NOT NULL THEN coalesce(s.on_hand, 0) - c.later END AS book,
       CASE WHEN %(over)s THEN l.variance ELSE c.counted - (coalesce(s.on_hand, 0) - c.later) END AS variance,
       CASE WHEN %(over)s THEN l.moved WHEN c.at IS NOT NULL THEN c.moved END AS moved,
       CASE WHEN %(over)s THEN l.unit_cost ELSE p.unit_cost END AS unit_cost,
       p.sku, p.name AS product_name, p.unit
  FROM compared c
  JOIN stock_stockcountline l ON l.id = c.id AND l.organization_id = %(organization)s
  JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = c.product_id
  -- A lateral look-up and no join: it goes by the whole key, whatever the planner believes of a table just filled.
  LEFT JOIN LATERAL (SELECT on_hand FROM stock_stock s
        WHERE s.organization_id = %(organization)s AND s.store_id = l.store_id AND s.product_id = l.product_id OFFSET 0
       ) s ON true
