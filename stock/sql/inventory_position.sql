-- What a restock decision starts from, by store and product: what is there, what is promised or not for sale, and what is
-- coming. A product that was never held but is coming has a row as well. Begins with `transit` and `ordered`.
SELECT store_id, product_id, coalesce(s.on_hand, 0) AS on_hand, coalesce(s.reserved, 0) AS reserved,
       coalesce(s.on_hold, 0) AS on_hold, coalesce(t.in_transit_in, 0) AS in_transit_in,
       coalesce(o.on_order, 0) AS on_order, o.next_expected_on,
       coalesce(s.on_hand - s.reserved - s.on_hold, 0) + coalesce(t.in_transit_in, 0) + coalesce(o.on_order, 0)
           AS inventory_position
  FROM (SELECT store_id, product_id, on_hand, reserved, on_hold
          FROM stock_stock
         WHERE organization_id = %(organization)s
           AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
           AND (%(products)s::bigint[] IS NULL OR product_id = ANY(%(products)s::bigint[]))) s
  FULL JOIN (SELECT * FROM transit WHERE in_transit_in > 0) t USING (store_id, product_id)
  FULL JOIN ordered o USING (store_id, product_id)
 ORDER BY store_id, product_id
