-- Cut everything that is, was or is to be on a shelf into chunks: whole groups of store and category beside each other, so that a
-- group is parted only where it is larger than a chunk. Stores whose last finished day differs never share one. Where it
-- is said which series changed (null: all are forecast), only their groups, each of them whole.
WITH changed AS (
    SELECT DISTINCT c.store_id, coalesce(p.category_id, 0) AS category_id
      FROM unnest(%(changed_stores)s::bigint[], %(changed_products)s::bigint[]) AS c (store_id, product_id)
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = c.product_id
), known AS (
    SELECT store_id, product_id FROM stock_stock WHERE organization_id = %(organization)s
    UNION
    SELECT store_id, product_id FROM stock_saleshistory WHERE organization_id = %(organization)s
    UNION
    -- Somebody said how it is restocked there.
    SELECT store_id, product_id FROM forecasting_restockpolicy
     WHERE organization_id = %(organization)s AND scope = 'product'
), placed AS (
    SELECT k.store_id, k.product_id, coalesce(p.category_id, 0) AS category_id,
           (%(now)s::timestamptz AT TIME ZONE s.time_zone)::date - 1 AS last_day
      FROM known k
      JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = k.store_id AND s.is_active
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = k.product_id
                            AND p.lifecycle <> 'discontinued'
     WHERE %(changed_stores)s::bigint[] IS NULL
        OR (k.store_id, coalesce(p.category_id, 0)) IN (SELECT store_id, category_id FROM changed)
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY last_day ORDER BY store_id, category_id, product_id) - 1 AS number
      FROM placed
), grouped AS (
    SELECT *, min(number) OVER (PARTITION BY last_day, store_id, category_id) AS first FROM numbered
), sized AS (
    -- Smaller ones where there would be few, so that two workers and more have something to do.
    SELECT least(%(size)s::bigint, greatest(1024, (count(*) + 3) / 4)) AS size FROM placed
), cut AS (
    SELECT g.*, (g.first + (g.number - g.first) / s.size * s.size) / s.size AS part FROM grouped g CROSS JOIN sized s
), chunks AS (
    SELECT last_day, part, array_agg(store_id ORDER BY number) AS stores,
           array_agg(product_id ORDER BY number) AS products, array_agg(category_id ORDER BY number) AS categories
      FROM cut GROUP BY last_day, part
), made AS (
    INSERT INTO forecasting_forecastchunk
           (organization_id, run_id, place, status, store_ids, product_ids, category_ids, last_day,
            attempts, seconds, cpu_seconds, spread, pooled)
    SELECT %(organization)s, %(run)s, row_number() OVER (ORDER BY last_day, part) - 1, 'waiting', stores, products,
           categories, last_day, 0, 0, 0, '{}', '{}'
      FROM chunks
    RETURNING cardinality(product_ids) AS series, last_day
)
SELECT count(*)::int AS chunks, coalesce(sum(series), 0)::int AS series, max(last_day) AS last_day FROM made
