-- The products a file of sales or stock added, told to its keys; plan.sql finds them there. Only the rows of those that
-- could not be had are written, for there may be a million others.
WITH verdicts AS (
    SELECT * FROM json_to_recordset(%(verdicts)s::json) AS v (key text, product bigint, reason text)
), taken AS (
    UPDATE stock_import_product p SET product_id = v.product FROM verdicts v WHERE p.key = v.key
)
UPDATE stock_import_row r
   SET outcome = 'failed', wrong_column = split_part(v.key, ' ', 1),
       value = left(substr(v.key, strpos(v.key, ' ') + 1), 100), reason = v.reason
  FROM verdicts v WHERE v.reason <> '' AND r.key = v.key AND r.outcome = ''
