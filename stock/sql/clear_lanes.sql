-- Take out what has just been written to the ledger, in the same transaction.
DELETE FROM stock_inbox
 WHERE organization_id = %(organization)s AND lane = ANY(%(lanes)s::smallint[]) AND id = ANY(%(ids)s::uuid[])
