-- What is still to be posted so that the ledger agrees with what was counted, when it was counted.
-- A counted line is an anchor: at its moment the balance was what was counted. Its gap is counted less the book of that
-- moment, as known now. Later anchors of the same balance come along, because what is posted for an earlier moment
-- changes their books too: each gets its gap less the one before, so the balance ends where the last anchor puts it,
-- whichever count is posted first. What a person reversed of a line's own adjustments stays reversed.
-- The balances are locked already, apart from this statement.
WITH own AS (
    SELECT id, store_id, product_id, counted_at FROM stock_stockcountline
     WHERE organization_id = %(organization)s AND count_id = %(count)s AND counted_at IS NOT NULL
), anchor AS (
    SELECT l.id, l.count_id, l.store_id, l.product_id, l.counted, l.counted_at
      FROM own
      JOIN stock_stockcountline l
        ON l.organization_id = %(organization)s AND l.store_id = own.store_id AND l.product_id = own.product_id
       AND (l.counted_at, l.id) >= (own.counted_at, own.id)
), since AS (
    SELECT product_id, effective_at, quantity FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND store_id = %(store)s AND status = 'applied'
       AND effective_at > %(since)s::timestamptz
), later AS (
    SELECT anchor.id, sum(since.quantity) AS quantity
      FROM anchor JOIN since ON since.product_id = anchor.product_id AND since.effective_at > anchor.counted_at
     GROUP BY anchor.id
), reversed AS (
    SELECT a.line_id, sum(a.quantity) AS quantity
      FROM stock_stockcountadjustment a
      JOIN anchor ON anchor.id = a.line_id
      JOIN stock_movementreversal r ON r.organization_id = a.organization_id AND r.movement_id = a.movement_id
     WHERE a.organization_id = %(organization)s
     GROUP BY a.line_id
), gap AS (
    SELECT anchor.*,
           anchor.counted - (s.on_hand - coalesce(later.quantity, 0)) - coalesce(reversed.quantity, 0) AS gap
      FROM anchor
      JOIN stock_stock s
        ON s.organization_id = %(organization)s AND s.store_id = anchor.store_id AND s.product_id = anchor.product_id
      LEFT JOIN later ON later.id = anchor.id
      LEFT JOIN reversed ON reversed.line_id = anchor.id
), step AS (
    SELECT gap.*, gap.gap - coalesce(lag(gap.gap) OVER (PARTITION BY product_id ORDER BY counted_at, id), 0) AS quantity
      FROM gap
)
SELECT step.id AS line, step.count_id AS count, step.product_id AS product, p.sku, step.counted, step.counted_at, step.quantity
  FROM step JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = step.product_id
 WHERE step.quantity <> 0
 -- What comes in first: a balance that ends above zero is then never taken below it on the way.
 ORDER BY step.product_id, step.quantity < 0, step.counted_at, step.id
