-- Rows that are in already: from another import they are skipped, from this one (before it was interrupted) done.
UPDATE stock_import_row r
   SET outcome = CASE WHEN k.job_id = %(job)s THEN 'done' ELSE 'skipped' END,
       reason = CASE WHEN k.job_id = %(job)s THEN NULL
                     ELSE 'Imported before, by IMP-' || lpad(j.number::text, 6, '0') || '.' END
  FROM stock_importedrow k
  LEFT JOIN stock_importjob j ON j.organization_id = %(organization)s AND j.id = k.job_id
 WHERE k.organization_id = %(organization)s AND k.fingerprint = r.fingerprint AND r.outcome = ''
