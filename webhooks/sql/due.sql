-- The endpoints that have something to do now: a test or a replay to send, admins to tell, a batch whose end is not
-- known, or entries of the log beyond their place in it. Of one organisation, or of all.
--
-- An entry is final once every transaction begun before it has ended: the horizon, as for every reader of the feed.
SELECT e.organization_id, e.id AS endpoint_id
  FROM webhooks_webhookendpoint e
 CROSS JOIN (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + audit_feed_base() AS horizon) AS log
 WHERE (%(organization)s::bigint IS NULL OR e.organization_id = %(organization)s::bigint)
   AND (   e.tell_at <= %(now)s::timestamptz
        OR EXISTS (SELECT FROM webhooks_webhookdelivery d
                    WHERE d.organization_id = e.organization_id AND d.endpoint_id = e.id AND d.status = 'pending'
                      AND d.kind <> 'events')
        OR     e.is_active AND e.state <> 'paused'
           AND (e.next_attempt_at IS NULL OR e.next_attempt_at <= %(now)s::timestamptz)
           AND (   EXISTS (SELECT FROM webhooks_webhookdelivery d
                            WHERE d.organization_id = e.organization_id AND d.endpoint_id = e.id
                              AND d.status = 'pending')
                -- In order, so that the feed's own index is walked: for mere existence a whole month may be read.
                OR (SELECT a.sequence FROM audit_entry a
                     WHERE a.organization_id = e.organization_id
                       AND a.xid >= e.cursor_xid::text::xid8 AND a.xid < log.horizon::text::xid8
                       AND (a.xid > e.cursor_xid::text::xid8 OR a.sequence > e.cursor_sequence)
                     ORDER BY a.xid, a.sequence LIMIT 1) IS NOT NULL))
 ORDER BY e.id
