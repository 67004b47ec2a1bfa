-- What is still to be posted so that the ledger agrees with what was counted, when it was counted.
-- A counted line is an anchor: at its moment the balance was what was counted. Its gap is counted less the book of that
-- moment, as known now. Later anchors of the same balance come along, because what is posted for an earlier moment
-- changes their books too: each gets its gap less the one before, so the balance ends where the last anchor puts it,
-- whichever count is posted first. What a person reversed of a line's own adjustments stays reversed.
-- The balances are locked already, apart from this statement.
WITH anchor AS (
    SELECT l.id, l.count_id, l.product_id, l.counted, l.counted_at,
           (SELECT coalesce(sum(a.quantity), 0) FROM stock_stockcountadjustment a
              JOIN stock_movementreversal r ON r.organization_id = a.organization_id AND r.movement_id = a.movement_id
             WHERE a.organization_id = %(organization)s AND a.line_id = l.id) AS reversed,
           (SELECT on_hand FROM stock_stock s
             WHERE s.organization_id = %(organization)s AND s.store_id = l.store_id AND s.product_id = l.product_id) AS on_hand
      FROM stock_stockcountline own
      -- A lateral look-up and no join: it goes by the whole key, whatever the planner believes of a table just filled.
      CROSS JOIN LATERAL (
            SELECT * FROM stock_stockcountline any_count
             WHERE any_count.organization_id = own.organization_id AND any_count.store_id = own.store_id
               AND any_count.product_id = own.product_id AND any_count.counted_at >= own.counted_at
               AND (any_count.counted_at, any_count.id) >= (own.counted_at, own.id) OFFSET 0
           ) l
     WHERE own.organization_id = %(organization)s AND own.count_id = %(count)s AND own.counted_at IS NOT NULL
), event AS (
    SELECT product_id, effective_at AS at, quantity, NULL::bigint AS id, NULL::bigint AS count_id, NULL::numeric AS counted,
           NULL::numeric AS reversed, NULL::numeric AS on_hand
      FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND store_id = %(store)s AND status = 'applied'
       AND effective_at > %(since)s::timestamptz
    UNION ALL
    SELECT product_id, counted_at, 0, id, count_id, counted, reversed, on_hand FROM anchor
), running AS (
    SELECT event.*,
           sum(quantity) OVER (PARTITION BY product_id) - sum(quantity) OVER (
               PARTITION BY product_id ORDER BY at, id NULLS FIRST) AS later
      FROM event
), gap AS (
    SELECT running.*, counted - (on_hand - later) - reversed AS gap FROM running WHERE id IS NOT NULL
), step AS (
    SELECT gap.*, gap - coalesce(lag(gap) OVER (PARTITION BY product_id ORDER BY at, id), 0) AS quantity_due FROM gap
)
SELECT step.id AS line, step.count_id AS count, c.number AS count_number, step.product_id AS product, p.sku, step.counted, step.at AS counted_at,
       step.quantity_due AS quantity
  FROM step JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = step.product_id
  JOIN stock_stockcount c ON c.organization_id = %(organization)s AND c.id = step.count_id
 WHERE step.quantity_due <> 0
 -- What comes in first: a balance that ends above zero is then never taken below it on the way.
 ORDER BY step.product_id, step.quantity_due < 0, step.at, step.id
