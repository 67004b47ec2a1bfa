-- Of rows that are the same within the file the first counts; where repeats are kept they get names of their own.
WITH repeated AS (
    SELECT fingerprint, min(line) AS first FROM stock_import_row WHERE outcome = '' GROUP BY fingerprint HAVING count(*) > 1
), numbered AS (
    SELECT r.ctid AS place, f.first, row_number() OVER (PARTITION BY r.fingerprint ORDER BY r.line) AS number
      FROM stock_import_row r JOIN repeated f USING (fingerprint) WHERE r.outcome = ''
)
UPDATE stock_import_row r
   SET outcome = CASE WHEN %(keep)s THEN '' ELSE 'skipped' END,
       reason = CASE WHEN %(keep)s THEN NULL ELSE 'The same as line ' || n.first || '.' END,
       fingerprint = CASE WHEN %(keep)s THEN md5(r.fingerprint::text || n.number)::uuid ELSE r.fingerprint END
  FROM numbered n WHERE r.ctid = n.place AND n.number > 1
