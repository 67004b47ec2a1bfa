-- What became of the plan's refused rows, told to the rows they came from.
UPDATE stock_import_row r
   SET outcome = CASE WHEN p.refused = '' THEN 'skipped' ELSE 'failed' END, wrong_column = 'quantity',
       value = trim_scale(coalesce(abs(p.quantity), p.target))::text,
       reason = CASE WHEN p.refused = '' THEN 'Nothing to change: the stock is so already.' ELSE p.refused END
  FROM stock_import_plan p WHERE p.refused IS NOT NULL AND p.line = r.line
