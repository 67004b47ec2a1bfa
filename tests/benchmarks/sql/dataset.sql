-- A retail chain for the benchmarks, made in the database: every store holds every product, and every balance has the
-- same number of movements over the last 90 days, the first of them its opening. Run by the superuser with triggers
-- off; what the apply keeps beside the ledger (figures, days, sales, status) is computed to agree with it.
-- Psycopg parameters: organization, stores, products, per_balance.

INSERT INTO stores_store (organization_id, code, name, kind, location, region, time_zone, currency, is_active, version, created_at, updated_at)
SELECT %(organization)s, 'S' || lpad(n::text, 4, '0'), 'Store ' || n, 'shop', '', 'Region ' || n %% 12, 'Europe/Madrid', 'EUR', true, 1, now(), now()
  FROM generate_series(1, %(stores)s) n;

INSERT INTO catalog_product (organization_id, sku, name, unit, unit_cost, sale_price, reorder_level, pack_size, moq, lifecycle, version, created_at, updated_at)
SELECT %(organization)s, 'SKU-' || lpad(n::text, 5, '0'), 'Product number ' || n, 'each', 1 + n %% 40, 2 + (n %% 40) * 1.5, 10, 1, 1, 'active', 1, now(), now()
  FROM generate_series(1, %(products)s) n;

-- One balance in fifty stands below its reorder level.
CREATE TEMP TABLE balance AS
SELECT s.id AS store_id, p.id AS product_id, row_number() OVER (ORDER BY s.id, p.id) AS number,
       CASE WHEN (s.id * 7 + p.id) %% 50 = 0 THEN 5 ELSE 100000 END AS closing
  FROM stores_store s, catalog_product p
 WHERE s.organization_id = %(organization)s AND p.organization_id = %(organization)s;

INSERT INTO stock_stock (organization_id, store_id, product_id, on_hand, reserved, on_hold, reorder_level, status, oversold,
                         average_cost)
SELECT %(organization)s, store_id, product_id, closing, 0, 0, 10, stock_status(closing, 10), false, 4 FROM balance ORDER BY number;

-- The ledger's months that are past. As the owner, so that they are like those the product makes.
SET ROLE onhand_owner;
DO $$
DECLARE
    month timestamptz;
BEGIN
    FOR back IN 1..4 LOOP
        month := (date_trunc('month', now() AT TIME ZONE 'UTC') - back * interval '1 month') AT TIME ZONE 'UTC';
        EXECUTE format('CREATE TABLE IF NOT EXISTS %%I PARTITION OF stock_stockmovement FOR VALUES FROM (%%L) TO (%%L)',
            'stock_stockmovement_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM'),
            stock_first_id_at(month), stock_first_id_at(((month AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC'));
    END LOOP;
END $$;
RESET ROLE;

-- Movement k of a balance: the opening, then one unit out each time, so balance_after needs no running sum.
INSERT INTO stock_stockmovement (
    organization_id, id, store_id, product_id, kind, status, quantity, balance_after, effective_at, business_date,
    recorded_at, applied_at, applied_via, actor_id, source, unit_price, unit_cost)
SELECT %(organization)s, uuidv7(at - clock_timestamp()), store_id, product_id,
       CASE WHEN k = 1 THEN 'opening' WHEN k > %(per_balance)s - 2 THEN 'sale' ELSE 'removal' END, 'applied',
       CASE WHEN k = 1 THEN closing + %(per_balance)s - 1 ELSE -1 END, closing + %(per_balance)s - k, at, (at AT TIME ZONE 'Europe/Madrid')::date,
       at, at, 'worker', 1, 'dataset', CASE WHEN k > 1 THEN 9.5 END, 4
  FROM (SELECT b.*, k,
               now() - interval '90 days' + (k - 1) * (interval '89 days' / %(per_balance)s) + number * interval '150 milliseconds' AS at
          FROM generate_series(1, %(per_balance)s) k, balance b ORDER BY k, number) m;

INSERT INTO stock_dailysales (organization_id, store_id, product_id, date, units, revenue)
SELECT %(organization)s, store_id, product_id, business_date, -sum(quantity), -sum(quantity * unit_price)
  FROM stock_stockmovement WHERE organization_id = %(organization)s AND kind = 'sale' GROUP BY 2, 3, 4;

INSERT INTO stock_storeday (organization_id, store_id, date, movements, units_in, units_out, units_sold, revenue)
SELECT %(organization)s, store_id, business_date, count(*), coalesce(sum(quantity) FILTER (WHERE quantity > 0), 0),
       coalesce(-sum(quantity) FILTER (WHERE quantity < 0), 0), coalesce(-sum(quantity) FILTER (WHERE kind = 'sale'), 0),
       coalesce(-sum(quantity * unit_price) FILTER (WHERE kind = 'sale'), 0)
  FROM stock_stockmovement WHERE organization_id = %(organization)s GROUP BY 2, 3;

INSERT INTO stock_storekpi (organization_id, store_id, products, units, cost_value, retail_value, low, out, negative, updated_at)
SELECT %(organization)s, s.store_id, count(*), sum(s.on_hand), sum(s.on_hand * p.unit_cost), sum(s.on_hand * p.sale_price),
       count(*) FILTER (WHERE s.status = 'low'), count(*) FILTER (WHERE s.status = 'out'), 0, now()
  FROM stock_stock s JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
 WHERE s.organization_id = %(organization)s GROUP BY 2;
