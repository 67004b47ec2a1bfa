-- A chain to forecast: every product sells in every store, by the week and by luck, some of them rarely. `told` says from
-- where: rows of the ledger's days, or a history file's years. Run by the superuser with triggers off. Psycopg parameters:
-- organization, stores, products, days, told.
INSERT INTO catalog_category (organization_id, name, version, created_at, updated_at)
SELECT %(organization)s, 'Category ' || n, 1, now(), now() FROM generate_series(1, 10) n;

INSERT INTO stores_store (organization_id, code, name, kind, location, region, time_zone, currency, is_active, version, created_at, updated_at)
SELECT %(organization)s, 'S' || lpad(n::text, 4, '0'), 'Store ' || n, 'shop', '', '', 'Europe/Madrid', 'EUR', true, 1, now(), now()
  FROM generate_series(1, %(stores)s) n;

INSERT INTO catalog_product (organization_id, sku, name, unit, category_id, unit_cost, sale_price, reorder_level, pack_size, moq, lifecycle, version, created_at, updated_at)
SELECT %(organization)s, 'SKU-' || lpad(n::text, 5, '0'), 'Product number ' || n, 'each', c.id, 1, 2, 10, 1, 1, 'active', 1, now(), now()
  FROM generate_series(1, %(products)s) n
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM catalog_category WHERE organization_id = %(organization)s) c
    ON c.place = n %% 10;

INSERT INTO stock_stock (organization_id, store_id, product_id, on_hand, reserved, on_hold, reorder_level, status, oversold)
SELECT s.organization_id, s.id, p.id, 10, 0, 0, 5, 'in_stock', false
  FROM stores_store s JOIN catalog_product p ON p.organization_id = s.organization_id
 WHERE s.organization_id = %(organization)s;

CREATE TEMP TABLE forecast_days AS
SELECT s.store_id, s.product_id, current_date - %(days)s + d AS date,
       floor((s.product_id %% 20) * (0.7 + 0.1 * ((d %% 7) + 1)) * (0.5 + random()))::int AS units
  FROM stock_stock s CROSS JOIN generate_series(0, %(days)s - 1) d
 WHERE s.organization_id = %(organization)s;

INSERT INTO stock_dailysales (organization_id, store_id, product_id, date, units, revenue, cost, costed_revenue, transactions)
SELECT %(organization)s, store_id, product_id, date, units, units * 2, units, units * 2, units
  FROM forecast_days WHERE units > 0 AND %(told)s = 'ledger' ORDER BY 2, 3, 4;

INSERT INTO stock_saleshistory (organization_id, store_id, product_id, year, first_day, units)
SELECT %(organization)s, store_id, product_id, extract(year FROM date), min(date), array_agg(units::float8 ORDER BY date)
  FROM forecast_days WHERE %(told)s = 'history' GROUP BY 2, 3, 4 ORDER BY 2, 3, 4;
DROP TABLE forecast_days;
