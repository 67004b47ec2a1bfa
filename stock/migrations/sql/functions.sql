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
