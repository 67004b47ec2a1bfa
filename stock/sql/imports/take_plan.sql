-- Part of the plan from another session (give_plan.sql).
INSERT INTO stock_import_plan (
    place, line, store, product, kind, quantity, target, covers, at, price, cost, reference, fingerprint, changed, refused)
SELECT * FROM unnest(
    %(place)s::bigint[], %(line)s::bigint[], %(store)s::bigint[], %(product)s::bigint[], %(kind)s::text[],
    %(quantity)s::numeric[], %(target)s::numeric[], %(covers)s::boolean[], %(at)s::timestamptz[], %(price)s::numeric[],
    %(cost)s::numeric[], %(reference)s::text[], %(fingerprint)s::uuid[], %(changed)s::boolean[], %(refused)s::text[])
 WHERE %(organization)s::bigint IS NOT NULL
