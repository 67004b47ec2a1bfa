-- The first day that the books, or a history file, know of the chosen stores (null: all).
SELECT least(
    (SELECT min(date) FROM stock_storeday
      WHERE organization_id = %(organization)s AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))),
    (SELECT min(first_day) FROM stock_saleshistory
      WHERE organization_id = %(organization)s AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[])))
    ) AS day
