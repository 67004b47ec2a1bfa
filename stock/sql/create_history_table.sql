-- COPY is refused on tables under row-level security, so a file's years of series land here first.
CREATE TEMP TABLE stock_history_given (
    store_id bigint, product_id bigint, year smallint, first_day date, units double precision[]
) ON COMMIT DROP
