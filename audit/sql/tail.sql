-- The bound organisation's entries after a position, the oldest first, and up to where the feed is final: one snapshot
-- for both, so that an entry before the horizon that is not here will never come.
WITH now AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + audit_feed_base() AS horizon, audit_feed_base() AS base
)
SELECT now.horizon, now.base, entry.*
  FROM now LEFT JOIN LATERAL (
        SELECT e.organization_id, e.sequence, e.occurred_at, e.chain, e.block, e.actor_id, e.actor_label, e.action,
               e.object_type, e.object_id, e.object_label, e.store_id, e.product_id, e.before, e.after, e.detail,
               e.request_id, e.xid::text::bigint AS xid
          FROM audit_entry e
         WHERE e.organization_id = %(organization_id)s
           AND e.xid >= %(xid)s::text::xid8 AND (e.xid > %(xid)s::text::xid8 OR e.sequence > %(sequence)s)
         ORDER BY e.xid, e.sequence LIMIT %(limit)s
       ) entry ON true
 ORDER BY entry.xid, entry.sequence
