-- The locks of some lanes, in their order: no two drains meet in a lane, and none waits in a circle.
SELECT pg_advisory_xact_lock(hashtextextended('lane:' || %(organization)s::bigint || ':' || lane, 0))
  FROM unnest(%(lanes)s::smallint[]) AS l (lane)
