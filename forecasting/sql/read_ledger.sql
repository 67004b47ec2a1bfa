-- What the ledger sold of a chunk's series, a series a row: each element holds the day (from the first day read) and
-- thousandths of units. An array of numbers is sent and read at once; a row a day would pass through Python by itself.
SELECT k.place::int4, array_agg(((d.date - {first}::date)::bigint << 50) + (greatest(d.units, 0) * 1000)::bigint)
  FROM unnest({stores}::bigint[], {products}::bigint[]) WITH ORDINALITY AS k (store_id, product_id, place)
  JOIN stock_dailysales d ON d.organization_id = {organization} AND d.store_id = k.store_id
                         AND d.product_id = k.product_id AND d.date BETWEEN {first} AND {last}
 GROUP BY 1
