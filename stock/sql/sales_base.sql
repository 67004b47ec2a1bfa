-- The same from what the sums are made of: for single stores' products, and while the sums may not be used. A day the
-- ledger knows of a series is the ledger's; a history file fills the others, in thousandths: a whole number is made of a
-- float in a fraction of the time a decimal takes.
parts AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(parts)s::json)
        AS p (part text, less boolean, first_day date, last_day date, days integer, years integer)
)
