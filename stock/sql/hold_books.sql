-- Wait until nobody of the organisation is in the middle of an apply, and let nobody begin one before our commit.
-- Every apply holds the same lock shared (lock_balances.sql).
SELECT pg_advisory_xact_lock(hashtextextended('books:' || %(organization)s::bigint, 0))
