-- The planner told of what a large import writes, before autovacuum gets there: until then it believes that a new
-- organization has a row or none, and reads all of its movements to find one. With the owner's rights, because nobody else
-- may; a table that somebody works on is left out.
CREATE FUNCTION stock_analyze_written() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    written text;
BEGIN
    FOREACH written IN ARRAY ARRAY['catalog_product', 'stock_stock', 'stock_dailysales', 'stock_importedrow',
                                   'stock_stockmovement_' || to_char(now(), 'YYYY_MM'), 'audit_entry_' || to_char(now(), 'YYYYMM')] LOOP
        IF to_regclass(written) IS NOT NULL THEN
            EXECUTE format('ANALYZE (SKIP_LOCKED) %I', written);
        END IF;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION stock_analyze_written() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stock_analyze_written() TO onhand_app;
