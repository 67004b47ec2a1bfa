-- A batch of failed rows, in the order of the file.
SELECT line, coalesce(%(names)s::jsonb ->> wrong_column, wrong_column, '') AS "column", reason FROM stock_import_row
 WHERE outcome = 'failed' AND line > %(after)s ORDER BY line LIMIT %(limit)s
