-- The last place of the plan that changes the same balance as this one does; the plan goes balance by balance.
SELECT max(p.place) AS place
  FROM stock_import_plan p JOIN stock_import_plan m ON m.store = p.store AND m.product = p.product
 WHERE m.place = %(place)s AND %(organization)s::bigint IS NOT NULL
