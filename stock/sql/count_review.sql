-- What was counted on each line in its present round, and what the ledger says of the same moment: a line's moment is
-- its last entry's. The book then is today's balance less every applied movement with a later effective time, so a sale
-- that arrives late with an earlier time corrects it. `moved` is what came and went between the first and the last
-- entry: then the sum belongs to no single moment. Lines of a count that is over say what was kept of them.
-- `since` is at or before the first entry, and bounds the part of the ledger that is read.
WITH line AS (
    SELECT * FROM stock_stockcountline
     WHERE organization_id = %(organization)s AND count_id = %(count)s
       AND (%(lines)s::bigint[] IS NULL OR id = ANY(%(lines)s::bigint[]))
), tally AS (
    SELECT e.line_id, count(*) AS entries, sum(e.quantity) AS counted, min(e.counted_at) AS first_at, max(e.counted_at) AS last_at
      FROM stock_stockcountentry e JOIN line ON line.id = e.line_id AND line.round = e.round
     WHERE e.organization_id = %(organization)s AND e.voided_at IS NULL
     GROUP BY e.line_id
), moment AS (
    SELECT line.id, line.store_id, line.product_id, tally.entries,
           coalesce(tally.counted, CASE WHEN %(zero_at)s::timestamptz IS NOT NULL THEN 0 END) AS counted,
           coalesce(tally.first_at, %(zero_at)s::timestamptz) AS first_at,
           coalesce(tally.last_at, %(zero_at)s::timestamptz) AS last_at
      FROM line LEFT JOIN tally ON tally.line_id = line.id
), since AS (
    SELECT product_id, effective_at, quantity FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND store_id = %(store)s AND status = 'applied'
       AND effective_at > %(since)s::timestamptz
), compared AS (
    SELECT moment.id, coalesce(max(s.on_hand), 0) - coalesce(sum(since.quantity) FILTER (WHERE since.effective_at > last_at), 0) AS book,
           coalesce(sum(abs(since.quantity)) FILTER (WHERE since.effective_at <= last_at), 0) AS moved
      FROM moment
      LEFT JOIN stock_stock s
        ON s.organization_id = %(organization)s AND s.store_id = moment.store_id AND s.product_id = moment.product_id
      LEFT JOIN since ON since.product_id = moment.product_id AND since.effective_at > moment.first_at
     WHERE moment.last_at IS NOT NULL
     GROUP BY moment.id
)
SELECT line.id, line.product_id, line.round, line.recounting, line.added, coalesce(moment.entries, 0) AS entries,
       CASE WHEN %(over)s THEN line.counted ELSE moment.counted END AS counted,
       CASE WHEN %(over)s THEN line.counted_at ELSE moment.last_at END AS counted_at,
       CASE WHEN %(over)s THEN line.book ELSE compared.book END AS book,
       CASE WHEN %(over)s THEN line.variance ELSE moment.counted - compared.book END AS variance,
       CASE WHEN %(over)s THEN line.moved ELSE compared.moved END AS moved,
       CASE WHEN %(over)s THEN line.unit_cost ELSE p.unit_cost END AS unit_cost,
       p.sku, p.name AS product_name, p.unit
  FROM line
  JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = line.product_id
  JOIN moment ON moment.id = line.id
  LEFT JOIN compared ON compared.id = line.id
