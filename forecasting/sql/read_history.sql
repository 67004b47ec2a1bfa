-- What history files say of a chunk's series, a series' year a row.
SELECT k.place::int4, (h.first_day - {first}::date)::int4, h.units
  FROM unnest({stores}::bigint[], {products}::bigint[]) WITH ORDINALITY AS k (store_id, product_id, place)
  JOIN stock_saleshistory h ON h.organization_id = {organization} AND h.store_id = k.store_id
                           AND h.product_id = k.product_id
                           AND h.year BETWEEN extract(year FROM {first}::date) AND extract(year FROM {last}::date)
