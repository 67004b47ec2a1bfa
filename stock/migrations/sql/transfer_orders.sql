-- The transition table of transfers, held by the database as well: a step that is not in it is refused.
CREATE FUNCTION stock_transfer_step(before text, after text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT before = after OR CASE before
        WHEN 'draft' THEN after IN ('requested', 'cancelled')
        WHEN 'requested' THEN after IN ('approved', 'dispatched', 'cancelled')
        WHEN 'approved' THEN after IN ('dispatched', 'cancelled')
        WHEN 'dispatched' THEN after IN ('partially_received', 'received', 'closed', 'cancelled')
        WHEN 'partially_received' THEN after IN ('received', 'closed')
        WHEN 'received' THEN after = 'closed'
        ELSE false
    END
$$;
CREATE FUNCTION stock_check_transfer_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT stock_transfer_step(OLD.status, NEW.status) THEN
        RAISE EXCEPTION 'a transfer does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER transfer_goes_step_by_step BEFORE UPDATE OF status ON stock_transferorder
    FOR EACH ROW EXECUTE FUNCTION stock_check_transfer_step();
CREATE INDEX transfer_key_by_age ON stock_transferkey (recorded_at);
