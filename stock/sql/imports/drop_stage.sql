-- What an import worked with goes when it is done: a worker's session outlives many imports.
DROP TABLE IF EXISTS pg_temp.stock_import_given, pg_temp.stock_import_store, pg_temp.stock_import_product,
    pg_temp.stock_import_time, pg_temp.stock_import_row, pg_temp.stock_import_plan, pg_temp.stock_import_wanted,
    pg_temp.stock_staged, pg_temp.stock_undo
