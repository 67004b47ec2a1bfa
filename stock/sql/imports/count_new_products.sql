-- How many products the good rows name that nobody knows.
SELECT count(*) AS products FROM stock_import_product p
 WHERE p.is_new AND p.problem IS NULL AND EXISTS (SELECT FROM stock_import_row r WHERE r.key = p.key AND r.outcome = '')
   AND %(organization)s::bigint IS NOT NULL
