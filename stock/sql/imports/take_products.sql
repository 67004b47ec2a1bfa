-- What the catalogue made of the products of a product file, told to their rows.
UPDATE stock_import_row r
   SET product_id = v.product, changed = v.changed,
       outcome = CASE WHEN v.reason = '' THEN r.outcome ELSE 'failed' END,
       wrong_column = CASE WHEN v.reason = '' THEN r.wrong_column ELSE split_part(v.key, ' ', 1) END,
       value = CASE WHEN v.reason = '' THEN r.value ELSE left(substr(v.key, strpos(v.key, ' ') + 1), 100) END,
       reason = CASE WHEN v.reason = '' THEN r.reason ELSE v.reason END
  FROM json_to_recordset(%(verdicts)s::json) AS v (key text, product bigint, changed boolean, reason text)
 WHERE r.key = v.key AND r.outcome = ''
