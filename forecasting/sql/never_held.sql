-- Products a store sells, or is to sell, and never held: the forecast shown expects sales there (a history file knows it),
-- or it has a policy of its own there. Their shelf is empty, and nothing of the ledger says so.
SELECT store_id, product_id
  FROM (SELECT f.store_id, f.product_id
          FROM forecasting_forecast f
         WHERE f.organization_id = %(organization)s AND f.units_30 >= %(least)s
           AND f.run_id = (SELECT id FROM forecasting_forecastrun WHERE organization_id = %(organization)s AND is_current)
         UNION
        SELECT store_id, product_id FROM forecasting_restockpolicy
         WHERE organization_id = %(organization)s AND scope = 'product') listed
 WHERE NOT EXISTS (SELECT FROM stock_stock s
                    WHERE s.organization_id = %(organization)s AND s.store_id = listed.store_id
                      AND s.product_id = listed.product_id)
   AND EXISTS (SELECT FROM stores_store WHERE organization_id = %(organization)s AND id = listed.store_id AND is_active)
   AND EXISTS (SELECT FROM catalog_product WHERE organization_id = %(organization)s AND id = listed.product_id
                  AND lifecycle IN ('new', 'active'))
 ORDER BY store_id, product_id LIMIT %(most)s
