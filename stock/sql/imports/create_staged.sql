-- Movements on their way into the apply (facts_staged.sql).
CREATE TEMP TABLE stock_staged (
    id uuid NOT NULL, store bigint NOT NULL, product bigint NOT NULL, kind text NOT NULL, quantity numeric NOT NULL,
    effective_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL, actor bigint, actor_label text, request_id text,
    source text NOT NULL, reference text NOT NULL, reason text NOT NULL, unit_price numeric, key text, transfer uuid,
    reverses uuid, reverses_sale boolean, refused text, arrival bigint NOT NULL, place bigint,
    unit_cost numeric
);
