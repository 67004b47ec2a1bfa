-- The balances a chunk of the plan touches.
SELECT json_agg(json_build_object('store', store, 'product', product))::text AS balances, count(*) AS count
  FROM (SELECT DISTINCT store, product FROM stock_import_plan WHERE place > %(after)s AND place <= %(upto)s) touched
