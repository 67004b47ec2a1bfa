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
                      FROM (SELECT d.product_id, shops.currency, (d.date - %(first_day)s::date) / 7 AS week, sum(d.units) AS units,
                                   sum(d.revenue) AS revenue, sum(d.costed_revenue - d.cost) AS margin
                              FROM stock_dailysales d
                              JOIN shops ON shops.id = d.store_id
                             WHERE d.organization_id = %(organization)s AND d.date BETWEEN %(first_day)s AND %(last_day)s
                               AND d.product_id IN (SELECT id FROM goods)
                             GROUP BY 1, 2, 3) c
                     GROUP BY c.product_id, c.currency) p) w
