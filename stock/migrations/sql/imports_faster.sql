-- A cell as a number, null when it is none. `point` is the sign before the decimals; the other one groups thousands.
-- Spaces that do not break (French thousands) group as others do. The first branches take what nearly every cell looks like, without a regular expression: those cost ten times as much.
CREATE OR REPLACE FUNCTION stock_import_number(cell text, point text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN translate(cell, '0123456789', '') = '' AND length(cell) BETWEEN 1 AND 12 THEN cell::numeric
        WHEN translate(cell, '0123456789', '') = point AND strpos(cell, point) BETWEEN 2 AND 13
             AND length(cell) - strpos(cell, point) BETWEEN 1 AND 8 THEN replace(cell, point, '.')::numeric
        WHEN cell ~ '^-?[0-9]{1,12}$' OR (point = '.' AND cell ~ '^-?[0-9]{1,12}\.[0-9]{1,8}$') THEN cell::numeric
        WHEN point = ',' AND regexp_replace(cell, '[\s\u00A0\u202F€$£¥'']', '', 'g') ~ '^[+-]?([0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]{1,8})?$'
            THEN replace(replace(regexp_replace(cell, '[\s\u00A0\u202F€$£¥'']', '', 'g'), '.', ''), ',', '.')::numeric
        WHEN point = '.' AND regexp_replace(cell, '[\s\u00A0\u202F€$£¥'']', '', 'g') ~ '^[+-]?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,8})?$'
            THEN replace(regexp_replace(cell, '[\s\u00A0\u202F€$£¥'']', '', 'g'), ',', '')::numeric
    END
$$;

-- By what a row is known again: the same for the same row in another file. A row that sets a stock without a date says
-- what is so now: it is known within its import only. `file` is for rows without a date where they usually have one.
CREATE FUNCTION stock_import_fingerprint(
    kind text, job bigint, store bigint, key text, product bigint, at timestamptz, quantity numeric, price numeric,
    stock numeric, operation text, reference text, file text
) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN kind IN ('products', 'shopify_products') THEN md5(concat_ws('|', job, key))::uuid
        WHEN kind IN ('opening', 'shopify_inventory') THEN md5(concat_ws('|', job, store, key))::uuid
        ELSE md5(concat_ws('|', kind, store, coalesce(product::text, key), at, trim_scale(quantity), trim_scale(price),
                           trim_scale(stock), operation, reference, file))::uuid END
$$;
