-- A cell as a number, null when it is none. `point` is the sign before the decimals; the other one groups thousands.
-- The first branch takes what nearly every cell looks like.
CREATE FUNCTION stock_import_number(cell text, point text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN cell ~ '^-?[0-9]{1,12}$' OR (point = '.' AND cell ~ '^-?[0-9]{1,12}\.[0-9]{1,8}$') THEN cell::numeric
        WHEN point = ',' AND regexp_replace(cell, '[\s  €$£¥'']', '', 'g') ~ '^[+-]?([0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]{1,8})?$'
            THEN replace(replace(regexp_replace(cell, '[\s  €$£¥'']', '', 'g'), '.', ''), ',', '.')::numeric
        WHEN point = '.' AND regexp_replace(cell, '[\s  €$£¥'']', '', 'g') ~ '^[+-]?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,8})?$'
            THEN replace(regexp_replace(cell, '[\s  €$£¥'']', '', 'g'), ',', '')::numeric
    END
$$;

-- A cell as a local date and time, null when it is none. `arrangement` is ymd, dmy or mdy. Twelve o'clock stands for a
-- day without a time: in every time zone it belongs to that day.
CREATE FUNCTION stock_import_time(cell text, arrangement text) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    parts text[];
    said text;
BEGIN
    IF cell ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
        said := cell || ' 12:00';
    ELSE
        parts := regexp_match(cell, '^\s*([0-9]{1,4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})\.?(?:[T ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?\s*([AaPp][Mm])?)?(?:\s*(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?\s*$');
        IF parts IS NULL THEN
            RETURN NULL;
        ELSIF length(parts[1]) = 4 THEN
            said := parts[1] || '-' || parts[2] || '-' || parts[3];
        ELSIF arrangement = 'mdy' THEN
            said := parts[3] || '-' || parts[1] || '-' || parts[2];
        ELSE
            said := parts[3] || '-' || parts[2] || '-' || parts[1];
        END IF;
        IF said ~ '^[0-9]{2}-' THEN
            said := '20' || said;
        END IF;
        said := said || ' ' || coalesce(parts[4] || coalesce(' ' || parts[5], ''), '12:00');
    END IF;
    IF NOT pg_input_is_valid(said, 'timestamp') THEN
        RETURN NULL;
    END IF;
    RETURN said::timestamp;
END
$$;
