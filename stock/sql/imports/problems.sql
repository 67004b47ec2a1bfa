-- The first failed and skipped rows, with the file's own names of the columns.
INSERT INTO stock_importproblem (organization_id, job_id, line, "column", value, reason, outcome)
SELECT %(organization)s, %(job)s, line, left(coalesce(%(names)s::jsonb ->> wrong_column, wrong_column, ''), 40),
       coalesce(left(value, 100), ''), left(reason, 300), outcome
  FROM (SELECT *, row_number() OVER (PARTITION BY outcome ORDER BY line) AS number FROM stock_import_row
         WHERE outcome IN ('failed', 'skipped')) r
 WHERE number <= %(limit)s ORDER BY line
