-- The reference's own tables: the product's columns, checks and indexes over the same balances and movements, and none
-- of what the product adds: partitions, row-level security, foreign keys, triggers.
CREATE SCHEMA raw;
CREATE TABLE raw.stock (LIKE public.stock_stock INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES) WITH (fillfactor = 80);
CREATE TABLE raw.movement (LIKE public.stock_stockmovement INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
CREATE TABLE raw.audit (LIKE public.audit_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
ALTER TABLE raw.stock ALTER id DROP DEFAULT;
INSERT INTO raw.stock SELECT * FROM public.stock_stock ORDER BY organization_id, store_id, product_id;
INSERT INTO raw.movement SELECT * FROM public.stock_stockmovement ORDER BY id;
ALTER TABLE raw.movement ADD PRIMARY KEY (organization_id, id);
CREATE INDEX ON raw.movement (organization_id, store_id, id);
CREATE INDEX ON raw.movement (organization_id, store_id, product_id, sequence);
CREATE INDEX ON raw.movement (organization_id, store_id, effective_at);
CREATE INDEX ON raw.movement (organization_id, transfer_id) WHERE transfer_id IS NOT NULL;
