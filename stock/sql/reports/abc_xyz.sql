    SELECT NULL::bigint AS store_id, w.product_id, w.currency, w.units, w.revenue, w.margin, w.basis,
           CASE WHEN w.total > 0 THEN 100 * greatest(w.basis, 0) / w.total END AS share,
           CASE WHEN w.total > 0 THEN 100 * w.before / w.total END AS share_before,
           CASE WHEN w.basis <= 0 OR w.before >= w.total * 0.95 THEN 'C' WHEN w.before >= w.total * 0.80 THEN 'B' ELSE 'A' END AS abc,
           w.weekly_mean, w.deviation,
           CASE WHEN w.weekly_mean > 0 THEN w.deviation / w.weekly_mean END AS variation,
           CASE WHEN w.weekly_mean > 0 AND w.deviation <= 0.5 * w.weekly_mean THEN 'X'
                WHEN w.weekly_mean > 0 AND w.deviation <= w.weekly_mean THEN 'Y' ELSE 'Z' END AS xyz
      FROM (SELECT p.*, sum(greatest(basis, 0)) OVER (PARTITION BY currency) AS total,
                   sum(greatest(basis, 0)) OVER (PARTITION BY currency ORDER BY basis DESC, product_id) - greatest(basis, 0) AS before
              FROM (SELECT c.product_id, c.currency, sum(c.units) AS units, sum(c.revenue) AS revenue, sum(c.margin) AS margin,
                           sum(CASE %(basis)s::text WHEN 'units' THEN c.units WHEN 'margin' THEN c.margin ELSE c.revenue END) AS basis,
                           sum(c.units) FILTER (WHERE c.week < %(weeks)s::integer) / NULLIF(%(weeks)s::integer, 0)::numeric AS weekly_mean,
                           -- Of all whole weeks, those without a sale too.
                           sqrt(greatest(sum(c.units * c.units) FILTER (WHERE c.week < %(weeks)s::integer) / NULLIF(%(weeks)s::integer, 0)::numeric
                                         - (sum(c.units) FILTER (WHERE c.week < %(weeks)s::integer) / NULLIF(%(weeks)s::integer, 0)::numeric) ^ 2, 0)) AS deviation
                      FROM (SELECT d.product_id, d.currency, (d.date - %(first_day)s::date) / 7 AS week, sum(d.units) AS units,
                                   sum(d.revenue) AS revenue, sum(d.costed_revenue - d.cost) AS margin
                              FROM (-- The sums behind the ledger and what they have not seen; else the daily sales (docs/analytics.md).
                                    SELECT t.product_id, split_part(t.scope, ' ', 2) AS currency, t.date, t.units, t.revenue,
                                           t.costed_revenue, t.cost
                                      FROM (SELECT stock_rolled(%(organization)s) AS snapshot) rolled
                                      JOIN stock_productsalestotal t
                                        ON t.organization_id = %(organization)s AND t.scope = ANY(%(scopes)s::text[])
                                       AND t.span = 'D' AND t.date BETWEEN %(first_day)s AND %(last_day)s
                                     WHERE rolled.snapshot IS NOT NULL
                                    UNION ALL
                                    SELECT u.product_id, shops.currency, u.date, u.units, u.revenue, u.costed_revenue, u.cost
                                      FROM (SELECT stock_rolled(%(organization)s) AS snapshot) rolled
                                     CROSS JOIN LATERAL stock_unrolled_sales(%(organization)s, rolled.snapshot) u
                                      JOIN shops ON shops.id = u.store_id
                                     WHERE rolled.snapshot IS NOT NULL AND cardinality(%(scopes)s::text[]) > 0
                                       AND u.date BETWEEN %(first_day)s AND %(last_day)s
                                    UNION ALL
                                    SELECT s.product_id, shops.currency, s.date, s.units, s.revenue, s.costed_revenue, s.cost
                                      FROM stock_dailysales s JOIN shops ON shops.id = s.store_id
                                     WHERE s.organization_id = %(organization)s AND s.date BETWEEN %(first_day)s AND %(last_day)s
                                       AND (cardinality(%(scopes)s::text[]) = 0 OR stock_rolled(%(organization)s) IS NULL)) d
                             WHERE d.product_id IN (SELECT id FROM goods)
                             GROUP BY 1, 2, 3) c
                     GROUP BY c.product_id, c.currency) p) w
