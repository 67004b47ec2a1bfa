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

-- Days given for a year laid over the days known of it: what is given wins. Says how many days were not known and how
-- many were known otherwise. NaN is a day nobody knows.
CREATE FUNCTION stock_lay_over(
    known_from date, known double precision[], given_from date, given double precision[],
    OUT first_day date, OUT units double precision[], OUT inserted integer, OUT updated integer
) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    place integer;
BEGIN
    inserted := cardinality(given) - coalesce(cardinality(array_positions(given, 'NaN')), 0);
    updated := 0;
    first_day := given_from;
    units := given;
    IF known IS NULL THEN
        RETURN;
    ELSIF known_from = given_from AND known = given THEN
        inserted := 0;
        RETURN;
    END IF;
    first_day := least(known_from, given_from);
    units := array_fill('NaN'::double precision,
        ARRAY[greatest(known_from + cardinality(known), given_from + cardinality(given)) - first_day]);
    FOR i IN 1..cardinality(known) LOOP
        units[known_from - first_day + i] := known[i];
    END LOOP;
    FOR i IN 1..cardinality(given) LOOP
        CONTINUE WHEN given[i] = 'NaN';
        place := given_from - first_day + i;
        IF units[place] <> 'NaN' THEN
            inserted := inserted - 1;
            updated := updated + (units[place] <> given[i])::integer;
        END IF;
        units[place] := given[i];
    END LOOP;
END
$$;

-- Pieces of one year, which must not share a day, as one stretch from the earliest on. The pieces are arrays as text,
-- because arrays of different lengths do not aggregate.
CREATE FUNCTION stock_join_days(starts date[], pieces text[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    first_day date := (SELECT min(d) FROM unnest(starts) d);
    joined double precision[];
    piece double precision[];
    place integer;
BEGIN
    FOR n IN 1..cardinality(starts) LOOP
        piece := pieces[n]::double precision[];
        FOR i IN 1..cardinality(piece) LOOP
            CONTINUE WHEN piece[i] = 'NaN';
            place := starts[n] - first_day + i;
            IF coalesce(joined[place], 'NaN') <> 'NaN' THEN
                RAISE EXCEPTION 'the day % is given twice', first_day + place - 1 USING ERRCODE = 'invalid_parameter_value';
            END IF;
            joined[place] := piece[i];
        END LOOP;
    END LOOP;
    RETURN (SELECT array_agg(coalesce(joined[i], 'NaN') ORDER BY i) FROM generate_series(1, array_upper(joined, 1)) i);
END
$$;
