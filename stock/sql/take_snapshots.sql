-- Keep the closing balances of every business day of some stores that is over and was not kept yet: any number of days
-- in one statement, on top of the last day kept. A movement enters with the first day that holds it (SnapshotDay): over
-- when the day was over, known an hour later, and applied before the cut (`sequence`). Days on which nothing changed are
-- skipped but for the last, which the next run continues from.
WITH place AS (
    SELECT s.id AS store_id, s.time_zone, last.date,
           coalesce(last.ends_at, '-infinity') AS ends_at, coalesce(last.known_at, '-infinity') AS known_at,
           coalesce(last.sequence, 0) AS sequence,
           coalesce(last.date + 1, (first.effective_at AT TIME ZONE s.time_zone)::date) AS first_day
      FROM stores_store s
      LEFT JOIN LATERAL (
            SELECT * FROM stock_snapshotday d WHERE d.organization_id = %(organization)s AND d.store_id = s.id
             ORDER BY d.date DESC LIMIT 1) last ON true
      LEFT JOIN LATERAL (
            SELECT effective_at FROM stock_stockmovement m WHERE m.organization_id = %(organization)s AND m.store_id = s.id
             ORDER BY effective_at LIMIT 1) first ON true
     WHERE s.organization_id = %(organization)s AND s.id = ANY(%(stores)s::bigint[])
       -- Somebody else who drew a later cut was here first.
       AND coalesce(last.sequence, 0) <= %(sequence)s
), calendar AS MATERIALIZED (
    SELECT p.store_id, p.ends_at, p.known_at, p.sequence, array_agg(d.day ORDER BY d.day) AS dates,
           array_agg(d.ends_at ORDER BY d.day) AS ends, array_agg(d.ends_at + interval '1 hour' ORDER BY d.day) AS knowns
      FROM place p
      CROSS JOIN LATERAL (
            SELECT day::date, stock_day_end(day::date, p.time_zone) AS ends_at
              FROM generate_series(p.first_day::timestamp, (%(over_before)s::timestamptz AT TIME ZONE p.time_zone)::date::timestamp,
                                   interval '1 day') day) d
     -- After a change of the store's time zone a day may end before the one kept last.
     WHERE d.ends_at > p.ends_at AND d.ends_at <= %(over_before)s::timestamptz
     GROUP BY p.store_id, p.ends_at, p.known_at, p.sequence
), entering AS (
    SELECT c.store_id, m.product_id, m.quantity,
           greatest(width_bucket(m.effective_at, c.ends), width_bucket(m.recorded_at, c.knowns)) + 1 AS place
      FROM calendar c
      CROSS JOIN LATERAL (
            SELECT product_id, quantity, effective_at, recorded_at FROM stock_stockmovement
             WHERE organization_id = %(organization)s AND store_id = c.store_id AND status = 'applied'
               AND sequence <= %(sequence)s AND effective_at >= c.ends_at AND effective_at < c.ends[cardinality(c.ends)]
            UNION ALL
            SELECT product_id, quantity, effective_at, recorded_at FROM stock_stockmovement
             WHERE organization_id = %(organization)s AND store_id = c.store_id AND status = 'applied'
               AND sequence <= %(sequence)s AND effective_at < c.ends_at
               AND (recorded_at >= c.known_at OR sequence > c.sequence)
               AND greatest(applied_at, recorded_at) - effective_at >= interval '1 hour') m
), changed AS (
    SELECT e.store_id, e.product_id, e.place, sum(e.quantity) AS quantity
      FROM entering e JOIN calendar c USING (store_id)
     WHERE e.place <= cardinality(c.dates)
     GROUP BY 1, 2, 3 HAVING sum(e.quantity) <> 0
), days AS (
    INSERT INTO stock_snapshotday (organization_id, store_id, date, ends_at, known_at, sequence)
    SELECT %(organization)s, store_id, dates[place], ends[place], knowns[place], %(sequence)s
      FROM (SELECT store_id, place FROM changed UNION SELECT store_id, cardinality(dates) FROM calendar) kept
      JOIN calendar USING (store_id)
     ORDER BY store_id, place
    RETURNING 1
), balances AS (
    INSERT INTO stock_stocksnapshot (organization_id, store_id, product_id, date, on_hand)
    SELECT %(organization)s, ch.store_id, ch.product_id, c.dates[ch.place],
           coalesce(before.on_hand, 0) + sum(ch.quantity) OVER (PARTITION BY ch.store_id, ch.product_id ORDER BY ch.place)
      FROM changed ch
      JOIN calendar c USING (store_id)
      LEFT JOIN LATERAL (
            SELECT on_hand FROM stock_stocksnapshot s
             WHERE s.organization_id = %(organization)s AND s.store_id = ch.store_id AND s.product_id = ch.product_id
             ORDER BY s.date DESC LIMIT 1) before ON true
     ORDER BY ch.store_id, ch.product_id, ch.place
    RETURNING 1
)
SELECT (SELECT count(*) FROM days) AS days, (SELECT count(*) FROM balances) AS balances
