-- Whether something was left at the end of the business days that changed a balance, a series a row: each element holds the
-- day (from the first day read, 100,000 days added so that none is negative) and 1 for something, 0 for nothing.
SELECT k.place::int4, array_agg(((c.date - {first}::date + 100000)::int8 << 1) + (c.on_hand > 0)::int ORDER BY c.date)
  FROM unnest({stores}::bigint[], {products}::bigint[]) WITH ORDINALITY AS k (store_id, product_id, place)
  JOIN stock_stocksnapshot c ON c.organization_id = {organization} AND c.store_id = k.store_id
                            AND c.product_id = k.product_id AND c.date <= {last}
 GROUP BY 1
