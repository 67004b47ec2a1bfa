-- Five years of history files, of the shape of the public store-item demand data. Psycopg parameters: organization,
-- stores, products.
INSERT INTO catalog_category (organization_id, name, version, created_at, updated_at)
SELECT %(organization)s, 'Category ' || n, 1, now(), now() FROM generate_series(1, 5) n;

INSERT INTO stores_store (organization_id, code, name, kind, location, region, time_zone, currency, is_active, version, created_at, updated_at)
SELECT %(organization)s, 'S' || n, 'Store ' || n, 'shop', '', 'Region ' || n %% 3, 'UTC', 'USD', true, 1, now(), now()
  FROM generate_series(1, %(stores)s) n;

INSERT INTO catalog_product (organization_id, sku, name, unit, category_id, unit_cost, sale_price, reorder_level, pack_size, moq, lifecycle, version, created_at, updated_at)
SELECT %(organization)s, 'SKU-' || n, 'Item ' || n, 'each', c.id, 1, 2, 10, 1, 1, 'active', 1, now(), now()
  FROM generate_series(1, %(products)s) n
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM catalog_category WHERE organization_id = %(organization)s) c
    ON c.place = n %% 5;

INSERT INTO stock_saleshistory (organization_id, store_id, product_id, year, first_day, units)
SELECT %(organization)s, s.id, p.id, y, make_date(y, 1, 1),
       ARRAY(SELECT (10 + (s.id * 7 + p.id * 13 + d) %% 90)::float8 FROM generate_series(make_date(y, 1, 1), make_date(y, 12, 31), '1 day')
                WITH ORDINALITY AS days (day, d))
  FROM stores_store s
 CROSS JOIN catalog_product p
 CROSS JOIN generate_series(extract(year FROM now())::int - 5, extract(year FROM now())::int - 1) y
 WHERE s.organization_id = %(organization)s AND p.organization_id = %(organization)s
 ORDER BY s.id, p.id, y;
