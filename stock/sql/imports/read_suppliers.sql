-- The good rows of a file of suppliers; a lead time that is no whole number of days is left out of none: judged before.
SELECT r.line, btrim(g.name) AS name, btrim(g.contact_name) AS contact_name, btrim(g.email) AS email,
       btrim(g.phone) AS phone, btrim(g.address) AS address, btrim(g.lead_time_days)::int AS lead_time_days
  FROM stock_import_row r JOIN stock_import_given g ON g.line = r.line
 WHERE r.outcome = '' ORDER BY r.line
