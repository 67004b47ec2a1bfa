-- Each row of a file of suppliers, or the first thing that is wrong with it.
INSERT INTO stock_import_row (line, key, fingerprint, outcome, wrong_column, value, reason)
SELECT line, key, CASE WHEN wrong IS NULL THEN md5(%(job)s::text || upper(btrim(name)))::uuid END,
       CASE WHEN wrong IS NULL THEN '' ELSE 'failed' END, wrong[1], left(wrong[2], 100), wrong[3]
  FROM (
    SELECT g.*, CASE
        WHEN problem IS NOT NULL THEN ARRAY['', '', problem]
        WHEN nullif(btrim(name), '') IS NULL THEN ARRAY['name', '', 'The row names no supplier.']
        WHEN length(name) > 200 THEN ARRAY['name', name, 'The name is longer than 200 characters.']
        WHEN email IS NOT NULL AND btrim(email) !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' OR length(email) > 254
            THEN ARRAY['email', email, 'This is not an e-mail address.']
        WHEN length(phone) > 50 THEN ARRAY['phone', phone, 'The phone number is longer than 50 characters.']
        WHEN length(contact_name) > 200 THEN ARRAY['contact_name', contact_name, 'The name is longer than 200 characters.']
        WHEN length(address) > 500 THEN ARRAY['address', address, 'The address is longer than 500 characters.']
        WHEN lead_time_days IS NOT NULL AND btrim(lead_time_days) !~ '^[0-9]{1,4}$'
            THEN ARRAY['lead_time_days', lead_time_days, 'This is not a whole number of days.']
        WHEN concat(name, phone, contact_name, address) ~ '[\x01-\x1f\x7f]' THEN ARRAY['name', name, 'Control characters are not allowed.']
        END AS wrong
      FROM stock_import_given g) judged
 ORDER BY line
