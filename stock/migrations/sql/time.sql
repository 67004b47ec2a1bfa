-- The instant at which a day is over in a time zone: the first one that bears the next date. Where clocks go back over
-- midnight, PostgreSQL reads the repeated hour as its second run; the day was over before the first.
CREATE FUNCTION stock_day_end(day date, zone text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN ((midnight - interval '1 hour') AT TIME ZONE zone)::date > day
                THEN midnight - interval '1 hour' ELSE midnight END
      FROM (SELECT (day + 1)::timestamp AT TIME ZONE zone AS midnight) m
$$;

-- By effective time within a balance: what stock as of an instant, counts and reports ask for. Nobody asked for it by
-- sequence, so the ledger has as many indexes as before.
DROP INDEX movement_by_balance;
CREATE INDEX movement_by_balance ON stock_stockmovement (organization_id, store_id, product_id, effective_at);
-- The few movements that became known, or were applied, an hour or more after they happened: the only ones that can be
-- missing from the snapshot of a day that was over when they happened (docs/adr/0009).
CREATE INDEX movement_known_late ON stock_stockmovement (organization_id, store_id, product_id, effective_at)
    WHERE greatest(applied_at, recorded_at) - effective_at >= interval '1 hour';

-- In the order of days everything only grows, or a movement could be in no day's closing balance.
CREATE FUNCTION stock_check_snapshot_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT * FROM stock_snapshotday d
                      WHERE d.organization_id = NEW.organization_id AND d.store_id = NEW.store_id AND d.date < NEW.date
                      ORDER BY d.date DESC LIMIT 1) before
         WHERE before.ends_at >= NEW.ends_at OR before.known_at >= NEW.known_at OR before.sequence > NEW.sequence
    ) THEN
        RAISE EXCEPTION 'the snapshot of % does not follow the one before it', NEW.date USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER snapshot_days_follow_each_other BEFORE INSERT ON stock_snapshotday
    FOR EACH ROW EXECUTE FUNCTION stock_check_snapshot_day();
ALTER TABLE stock_snapshotday ADD CONSTRAINT snapshot_day_waits_an_hour CHECK (known_at >= ends_at + interval '1 hour');
ALTER TABLE stock_periodclosing ADD CONSTRAINT period_closing_has_a_reason CHECK (reason <> '');
