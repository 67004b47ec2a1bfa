-- Part of the plan for another session: a row of arrays as text, which is the cheapest way for many rows to travel.
SELECT array_agg(place)::text AS place, array_agg(line)::text AS line, array_agg(store)::text AS store,
       array_agg(product)::text AS product, array_agg(kind)::text AS kind, array_agg(quantity)::text AS quantity,
       array_agg(target)::text AS target, array_agg(covers)::text AS covers, array_agg(at)::text AS at,
       array_agg(price)::text AS price, array_agg(cost)::text AS cost, array_agg(reference)::text AS reference,
       array_agg(fingerprint)::text AS fingerprint, array_agg(changed)::text AS changed, array_agg(refused)::text AS refused
  FROM stock_import_plan
 WHERE place > %(after)s AND place <= %(upto)s AND (refused IS NOT NULL OR NOT %(only_refused)s)
   AND %(organization)s::bigint IS NOT NULL
