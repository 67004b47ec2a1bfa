-- Every series of the current forecast with its product's terms and the one policy that holds for it: the product's in that
-- store, else its class's, its category's, its store's, the organisation's. ABC classes go by expected sales of 30 days.
WITH series AS (
    SELECT f.store_id, f.product_id, f.units_30
      FROM forecasting_forecast f
      JOIN forecasting_forecastrun r ON r.organization_id = f.organization_id AND r.id = f.run_id AND r.is_current
     WHERE f.organization_id = %(organization)s
), worth AS (
    SELECT s.product_id, sum(s.units_30) * max(p.sale_price) AS worth
      FROM series s
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = s.product_id
     GROUP BY s.product_id
), ranked AS (
    SELECT product_id, sum(worth) OVER () AS total,
           sum(worth) OVER (ORDER BY worth DESC, product_id ROWS UNBOUNDED PRECEDING) - worth AS before
      FROM worth
), classes AS (
    SELECT product_id, CASE WHEN before < 0.8 * total THEN 'A' WHEN before < 0.95 * total THEN 'B' ELSE 'C' END AS abc_class
      FROM ranked
), policies AS (
    SELECT * FROM forecasting_restockpolicy WHERE organization_id = %(organization)s
)
SELECT s.store_id, s.product_id, s.units_30, p.category_id, c.abc_class, p.supplier_id, p.lifecycle, p.pack_size::float8 AS pack, p.moq::float8 AS moq,
       p.unit_cost::float8 AS unit_cost, p.sale_price::float8 AS sale_price, p.reorder_level::float8 AS reorder_level,
       p.order_up_to::float8 AS order_up_to, o.id AS policy_id, o.scope, o.kind, o.service_level::float8 AS service_level,
       o.review_days, o.review_weekday, o.cycle_days, o.factor::float8 AS factor, o.least::float8 AS least,
       o.most::float8 AS most, o.least_days, o.most_days,
       o.lead_time_days AS policy_lead_days, coalesce(p.lead_time_days, u.lead_time_days) AS lead_days
  FROM series s
  JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = s.product_id
  JOIN classes c ON c.product_id = s.product_id
  LEFT JOIN catalog_supplier u ON u.organization_id = %(organization)s AND u.id = p.supplier_id
  LEFT JOIN policies pp ON pp.scope = 'product' AND pp.store_id = s.store_id AND pp.product_id = s.product_id
  LEFT JOIN policies pa ON pa.scope = 'abc_class' AND pa.abc_class = c.abc_class
  LEFT JOIN policies pc ON pc.scope = 'category' AND pc.category_id = p.category_id
  LEFT JOIN policies ps ON ps.scope = 'store' AND ps.store_id = s.store_id
  LEFT JOIN policies po ON po.scope = 'organization'
  LEFT JOIN policies o ON o.id = coalesce(pp.id, pa.id, pc.id, ps.id, po.id)
 WHERE (%(stores)s::bigint[] IS NULL OR s.store_id = ANY(%(stores)s::bigint[]))
   AND (%(products)s::bigint[] IS NULL OR s.product_id = ANY(%(products)s::bigint[]))
 ORDER BY s.store_id, s.product_id
