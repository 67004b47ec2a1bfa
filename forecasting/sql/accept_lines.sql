-- Lines whose goods are now on a paper of their own.
UPDATE forecasting_restockline l
   SET status = 'accepted', snoozed_until = NULL, accepted = g.quantity, purchase_id = g.purchase, transfer_id = g.transfer,
       decided_by_id = %(actor)s, decided_by = %(name)s, decided_at = now(), version = l.version + 1, updated_at = now()
  FROM unnest(%(ids)s::bigint[], %(quantities)s::numeric[], %(purchases)s::uuid[], %(transfers)s::uuid[])
    AS g (id, quantity, purchase, transfer)
 WHERE l.organization_id = %(organization)s AND l.id = g.id AND l.status IN ('proposed', 'snoozed')
RETURNING l.id
