-- A sequence such that every movement with a smaller one is committed and visible, and no later one will be given it.
SELECT nextval('stock_movement_sequence') AS sequence, clock_timestamp() AS now
