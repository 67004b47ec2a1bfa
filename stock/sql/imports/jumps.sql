-- Rows of a unified file whose stock is not what the row before and the sale make of it: goods came or went between.
SELECT line, quantity, stock, expected, count(*) OVER () AS jumps FROM (
    SELECT line, quantity, stock,
           lag(stock) OVER (PARTITION BY store_id, key ORDER BY at, line * %(direction)s) - quantity AS expected
      FROM stock_import_row WHERE outcome = '') told
 WHERE stock <> expected ORDER BY line LIMIT %(limit)s
