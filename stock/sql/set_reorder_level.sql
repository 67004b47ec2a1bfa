-- One balance's own reorder level, its status, and the store's figures. The balance is locked already, apart from this
-- statement, so that it sees what a concurrent change of the product left.
WITH target AS MATERIALIZED (
    SELECT s.id, s.store_id, s.product_id, s.reorder_level_override AS old_level, s.status AS old_status, p.sku,
           coalesce(%(level)s::numeric, p.reorder_level) AS new_level,
           stock_status(s.on_hand - s.reserved - s.on_hold, coalesce(%(level)s::numeric, p.reorder_level)) AS new_status
      FROM stock_stock s
      JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
     WHERE s.organization_id = %(organization)s AND s.id = %(stock)s
), figures AS (
    UPDATE stock_storekpi k
       SET low = k.low + (t.new_status = 'low')::int - (t.old_status = 'low')::int, updated_at = now()
      FROM target t
     WHERE k.organization_id = %(organization)s AND k.store_id = t.store_id
), changed AS (
    UPDATE stock_stock s
       SET reorder_level_override = %(level)s::numeric, reorder_level = t.new_level, status = t.new_status, updated_at = now(),
           version = s.version + 1
      FROM target t
     WHERE s.organization_id = %(organization)s AND s.id = t.id
)
SELECT store_id, product_id, old_level, sku FROM target
