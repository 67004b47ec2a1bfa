-- The different dates, stores and items of the file, in one look at it.
SELECT date, store, item, grouping(date) = 0 AS is_date, grouping(store) = 0 AS is_store, grouping(item) = 0 AS is_item
  FROM stock_history_file GROUP BY GROUPING SETS ((date), (store), (item))
