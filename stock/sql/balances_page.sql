-- The balances that a list chose, in its order, with the names a person needs and what is on its way to and from their
-- stores, and on order for them. `chosen` is the list's own statement over stock_stock: filtered, ordered and cut.
WITH balance AS MATERIALIZED (
    SELECT c.*, row_number() OVER () AS place FROM ({chosen}) c
), going AS (
    SELECT o.source_id, o.destination_id, l.product_id, l.in_transit
      FROM stock_transferorder o
      JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
     WHERE o.organization_id = {organization} AND o.status IN ('dispatched', 'partially_received')
       AND l.product_id IN (SELECT product_id FROM balance)
), transit AS (
    SELECT store_id, product_id, sum(coming) AS coming, sum(leaving) AS leaving
      FROM (SELECT destination_id AS store_id, product_id, in_transit AS coming, 0 AS leaving FROM going
            UNION ALL SELECT source_id, product_id, 0, in_transit FROM going) ends
     GROUP BY store_id, product_id
), ordered AS (
    SELECT o.store_id, l.product_id, sum(l.outstanding) AS on_order
      FROM stock_purchaseorder o
      JOIN stock_purchaseline l ON l.organization_id = o.organization_id AND l.order_id = o.id
     WHERE o.organization_id = {organization} AND o.status IN ('sent', 'partially_received')
       AND o.store_id IN (SELECT store_id FROM balance) AND l.product_id IN (SELECT product_id FROM balance)
     GROUP BY o.store_id, l.product_id
)
SELECT b.id, b.store_id, b.product_id, b.on_hand, b.reserved, b.on_hold, b.on_hold_damaged, b.on_hold_quality,
       b.reorder_level, b.reorder_level_override, b.order_up_to, b.order_up_to_override, b.status, b.updated_at, b.version,
       b.on_hand - b.reserved - b.on_hold AS available, s.name AS store_name, s.code AS store_code, p.sku,
       p.name AS product_name, p.unit, c.name AS category, v.name AS supplier,
       coalesce(t.coming, 0) AS in_transit_in, coalesce(t.leaving, 0) AS in_transit_out,
       coalesce(r.on_order, 0) AS on_order
  FROM balance b
  JOIN stores_store s ON s.organization_id = {organization} AND s.id = b.store_id
  JOIN catalog_product p ON p.organization_id = {organization} AND p.id = b.product_id
  LEFT JOIN catalog_category c ON c.organization_id = {organization} AND c.id = p.category_id
  LEFT JOIN catalog_supplier v ON v.organization_id = {organization} AND v.id = p.supplier_id
  LEFT JOIN transit t ON t.store_id = b.store_id AND t.product_id = b.product_id
  LEFT JOIN ordered r ON r.store_id = b.store_id AND r.product_id = b.product_id
 ORDER BY b.place
