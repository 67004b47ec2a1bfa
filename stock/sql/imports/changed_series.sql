-- The stores and products whose stock or sales an import (or its undoing) changed.
SELECT DISTINCT store_id, product_id FROM stock_stockmovement
 WHERE organization_id = %(organization)s AND source IN ('import', 'reversal') AND status = 'applied'
   AND id >= stock_first_id_at(%(begin)s) AND id < stock_first_id_at(%(end)s)
   AND (reference = %(number)s OR reference LIKE %(number)s || ' %%')
