-- What an import works with, for the length of its session: the file's cells, who they mean, what became of each row.
CREATE TEMP TABLE stock_import_given (
    line bigint NOT NULL, problem text, store text, product text, sku text, barcode text, name text, category text,
    supplier text, unit_cost text, price text, quantity text, date text, stock text, operation text,
    reorder_level text, reference text, email text, phone text, contact_name text, address text, lead_time_days text,
    -- The first of the words that say which product it is.
    key text GENERATED ALWAYS AS (coalesce('sku ' || upper(sku), 'barcode ' || barcode, 'product ' || upper(product),
                                           'name ' || upper(name))) STORED
);
CREATE TEMP TABLE stock_import_store (ref text PRIMARY KEY, store_id bigint, time_zone text, problem text);
CREATE TEMP TABLE stock_import_product (
    key text PRIMARY KEY, line bigint, product_id bigint, known_sku text, is_new boolean NOT NULL, problem text
);
CREATE TEMP TABLE stock_import_time (said text NOT NULL, local timestamp);
CREATE TEMP TABLE stock_import_row (
    line bigint NOT NULL, store_id bigint, product_id bigint, key text, at timestamptz, quantity numeric, price numeric,
    unit_cost numeric, stock numeric, reorder_level numeric, operation text, reference text, fingerprint uuid,
    outcome text NOT NULL, changed boolean NOT NULL DEFAULT false, wrong_column text, value text, reason text
);
CREATE TEMP TABLE stock_import_plan (
    place bigint NOT NULL, line bigint NOT NULL, store bigint NOT NULL, product bigint NOT NULL, kind text,
    quantity numeric, target numeric, covers boolean NOT NULL, at timestamptz NOT NULL, price numeric, cost numeric,
    reference text, fingerprint uuid NOT NULL, changed boolean NOT NULL, refused text
);
