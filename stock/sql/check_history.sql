-- Whether any row holds what cannot be a day's sales: nothing, too much, less than none, too many decimals.
SELECT EXISTS (
    SELECT FROM stock_history_file
     WHERE store IS NULL OR item IS NULL OR date IS NULL OR sales IS NULL OR sales < 0 OR sales > %(most)s
        OR sales <> round(sales * 1000) / 1000
) AS broken
