-- The middle of a question to the sums by month of single series: `months` are whole months of the periods compared, and
-- `parts` the days to be added to them or taken away, which are read from what the sums are made of.
, parts AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(spans)s::json)
        AS p (part text, span text, less boolean, first_day date, last_day date, days integer, years integer)
     WHERE span = 'D'
), months AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(spans)s::json)
        AS p (part text, span text, less boolean, first_day date, last_day date, days integer, years integer)
     WHERE span = 'M'
)
