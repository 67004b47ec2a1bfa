-- A chain whose every product sells in every store on every day, for the analytics. Run by the superuser with triggers
-- off. Psycopg parameters: organization, stores, products, days.
INSERT INTO catalog_category (organization_id, name, version, created_at, updated_at)
SELECT %(organization)s, 'Category ' || n, 1, now(), now() FROM generate_series(1, 20) n;

INSERT INTO stores_store (organization_id, code, name, kind, location, region, time_zone, currency, is_active, version, created_at, updated_at)
SELECT %(organization)s, 'S' || lpad(n::text, 4, '0'), 'Store ' || n, 'shop', '', 'Region ' || n %% 12, 'Europe/Madrid', 'EUR', true, 1, now(), now()
  FROM generate_series(1, %(stores)s) n;

INSERT INTO catalog_product (organization_id, sku, name, unit, category_id, unit_cost, sale_price, reorder_level, pack_size, moq, lifecycle, version, created_at, updated_at)
SELECT %(organization)s, 'SKU-' || lpad(n::text, 5, '0'), 'Product number ' || n, 'each', c.id, 1 + n %% 40, 2 + (n %% 40) * 1.5, 10, 1, 1, 'active', 1, now(), now()
  FROM generate_series(1, %(products)s) n
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM catalog_category WHERE organization_id = %(organization)s) c
    ON c.place = n %% 20;

-- In the order of the key; the other index is made afterwards, at once.
DROP INDEX daily_sales_newest_first;
INSERT INTO stock_dailysales (organization_id, store_id, product_id, date, units, revenue, cost, costed_revenue, transactions)
SELECT %(organization)s, s.id, p.id, current_date - d, n, n * p.sale_price, n * p.unit_cost, n * p.sale_price, n
  FROM stores_store s
 CROSS JOIN catalog_product p
 CROSS JOIN generate_series(%(days)s - 1, 0, -1) d
 CROSS JOIN LATERAL (SELECT 1 + (s.id * 7 + p.id * 13 + d) %% 9 AS n) each
 WHERE s.organization_id = %(organization)s AND p.organization_id = %(organization)s
 ORDER BY s.id, p.id, d DESC;
CREATE INDEX daily_sales_newest_first ON stock_dailysales (organization_id, date DESC, store_id, product_id);

INSERT INTO stock_storeday (organization_id, store_id, date, movements, units_in, units_out, units_sold, revenue)
SELECT organization_id, store_id, date, sum(transactions), 0, sum(units), sum(units), sum(revenue)
  FROM stock_dailysales WHERE organization_id = %(organization)s GROUP BY 1, 2, 3;

INSERT INTO stock_storekpi (organization_id, store_id, products, units, cost_value, retail_value, low, out, negative, updated_at)
SELECT organization_id, id, 0, 0, 0, 0, 0, 0, 0, now() FROM stores_store WHERE organization_id = %(organization)s;
