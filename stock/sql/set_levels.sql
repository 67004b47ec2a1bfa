-- One balance's own levels, its status, and the store's figures. The balance is locked already, apart from this
-- statement, so that it sees what a concurrent change of the product left.
WITH target AS MATERIALIZED (
    SELECT s.id, s.store_id, s.status AS old_status, levels.*,
           stock_status(s.on_hand - s.reserved - s.on_hold, levels.reorder_level, s.on_hand, levels.order_up_to) AS new_status
      FROM stock_stock s
      JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
     CROSS JOIN LATERAL (SELECT coalesce(%(reorder_level_override)s::numeric, p.reorder_level) AS reorder_level,
                                coalesce(%(order_up_to_override)s::numeric, p.order_up_to) AS order_up_to) AS levels
     WHERE s.organization_id = %(organization)s AND s.id = %(stock)s
), figures AS (
    UPDATE stock_storekpi k
       SET low = k.low + (t.new_status = 'low')::int - (t.old_status = 'low')::int,
           over = k.over + (t.new_status = 'over')::int - (t.old_status = 'over')::int, updated_at = now()
      FROM target t
     WHERE k.organization_id = %(organization)s AND k.store_id = t.store_id
)
UPDATE stock_stock s
   SET reorder_level_override = %(reorder_level_override)s::numeric, reorder_level = t.reorder_level,
       order_up_to_override = %(order_up_to_override)s::numeric, order_up_to = t.order_up_to,
       status = t.new_status, updated_at = now(), version = s.version + 1
  FROM target t
 WHERE s.organization_id = %(organization)s AND s.id = t.id
