-- The moments the file's dates mean, each date once: a file of a million sales has a few hundred.
INSERT INTO stock_import_time (said, local)
SELECT said, stock_import_time(said, %(arrangement)s)
  FROM (SELECT DISTINCT date AS said FROM stock_import_given WHERE date IS NOT NULL) dates
