-- What stands still while goods move: how many products are listed and stores are open, and the organisation's time zone.
SELECT o.time_zone,
       (SELECT count(*) FROM catalog_product WHERE organization_id = %(organization)s AND lifecycle <> 'discontinued') AS products,
       (SELECT count(*) FROM stores_store
         WHERE organization_id = %(organization)s AND is_active
           AND (%(stores)s::bigint[] IS NULL OR id = ANY(%(stores)s::bigint[]))) AS stores
  FROM accounts_organization o WHERE o.id = %(organization)s
