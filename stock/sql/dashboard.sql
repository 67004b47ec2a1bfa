-- The stores' figures added up, and what moved from a day on by day and time zone of the stores; stores null: all.
SELECT coalesce(sum(k.products), 0) AS balances, coalesce(sum(k.units), 0) AS units,
       coalesce(sum(k.cost_value), 0) AS cost_value, coalesce(sum(k.retail_value), 0) AS retail_value,
       coalesce(sum(k.low), 0) AS low_stock, coalesce(sum(k.out), 0) AS out_of_stock,
       coalesce(sum(k.negative), 0) AS negative_stock, coalesce(sum(k.over), 0) AS over_stock,
       max(k.updated_at) AS last_movement_at
  FROM stock_storekpi k
 WHERE k.organization_id = %(organization)s AND (%(stores)s::bigint[] IS NULL OR k.store_id = ANY(%(stores)s::bigint[]))
