-- Rows whose movements the ledger would not take. Staged they are gone already; what they were is in `refused`.
WITH refused AS (SELECT * FROM json_to_recordset(%(refused)s::json) AS r (place bigint, reason text))
UPDATE stock_import_plan p SET refused = r.reason FROM refused r WHERE r.place = p.place
