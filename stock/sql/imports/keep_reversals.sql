-- Each movement may be reversed once.
INSERT INTO stock_movementreversal (organization_id, movement_id, reversal_id)
SELECT %(organization)s, reverses, id FROM stock_undo
