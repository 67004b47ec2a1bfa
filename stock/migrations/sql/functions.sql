-- Where a balance stands. One definition, used by the check on stock_stock, the apply and the verification.
CREATE FUNCTION stock_status(available numeric, reorder_level numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN available < 0 THEN 'negative'
        WHEN available = 0 THEN 'out'
        WHEN available <= reorder_level THEN 'low'
        ELSE 'in_stock'
    END
$$;

-- One step of the guarded running balance: what would fall below `lowest`, or beyond what numeric(14,3) holds, is
-- refused and leaves the balance as it was.
CREATE FUNCTION stock_guard_step(balance numeric, opening numeric, delta numeric, lowest numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF balance IS NULL THEN balance := opening; END IF;
    IF delta < 0 AND balance + delta < lowest THEN RETURN balance; END IF;
    IF abs(balance + delta) > 99999999999.999 THEN RETURN balance; END IF;
    RETURN balance + delta;
END
$$;

CREATE AGGREGATE stock_guarded_balance(opening numeric, delta numeric, lowest numeric) (
    SFUNC = stock_guard_step,
    STYPE = numeric
);

-- The first version 7 UUID of an instant: partition bounds, and the range of ids recorded between two instants.
CREATE FUNCTION stock_first_id_at(at timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;

-- Two stretches of days laid over each other: what `given` knows wins, and it says how many days were new to `known`
-- and how many it changed. NaN is a day a stretch does not know; the given days are in order.
CREATE FUNCTION stock_lay_over(
    known_from date, known double precision[], given_days date[], given double precision[],
    OUT first_day date, OUT units double precision[], OUT inserted integer, OUT updated integer
) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    last_day date;
    place integer;
BEGIN
    first_day := least(known_from, given_days[1]);
    last_day := greatest(known_from + cardinality(known) - 1, given_days[cardinality(given_days)]);
    units := array_fill('NaN'::double precision, ARRAY[last_day - first_day + 1]);
    inserted := 0;
    updated := 0;
    FOR i IN 1..coalesce(cardinality(known), 0) LOOP
        units[known_from - first_day + i] := known[i];
    END LOOP;
    FOR i IN 1..cardinality(given) LOOP
        place := given_days[i] - first_day + 1;
        IF given_days[i] = given_days[i - 1] THEN
            RAISE EXCEPTION 'the day % is given twice', given_days[i] USING ERRCODE = 'invalid_parameter_value';
        END IF;
        IF units[place] = 'NaN' THEN inserted := inserted + 1;
        ELSIF units[place] <> given[i] THEN updated := updated + 1; END IF;
        units[place] := given[i];
    END LOOP;
END
$$;
