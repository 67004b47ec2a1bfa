-- The rows of a chunk are in now.
WITH kept AS (
    INSERT INTO stock_importedrow (organization_id, fingerprint, job_id)
    SELECT %(organization)s, fingerprint, %(job)s FROM stock_import_plan
     WHERE place > %(after)s AND place <= %(upto)s AND refused IS NULL
    RETURNING 1)
SELECT count(*) AS rows FROM kept
