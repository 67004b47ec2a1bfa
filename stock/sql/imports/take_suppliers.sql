-- What became of the suppliers, told to their rows.
UPDATE stock_import_row r
   SET changed = v.changed, outcome = CASE WHEN v.changed THEN '' ELSE 'skipped' END,
       reason = CASE WHEN v.changed THEN NULL ELSE 'Nothing to change.' END
  FROM json_to_recordset(%(verdicts)s::json) AS v (line bigint, changed boolean) WHERE r.line = v.line
