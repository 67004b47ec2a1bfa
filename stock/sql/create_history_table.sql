-- COPY is refused on tables under row-level security, so a history file lands here first.
CREATE TEMP TABLE stock_history_file (date text, store text, item text, sales double precision) ON COMMIT DROP
