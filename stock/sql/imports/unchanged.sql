-- Rows of a chunk that set what is so already.
UPDATE stock_import_plan p SET refused = ''
 WHERE place > %(after)s AND place <= %(upto)s AND refused IS NULL AND target IS NOT NULL AND kind IS NULL AND NOT changed
   AND NOT EXISTS (SELECT FROM stock_staged s WHERE s.place = p.place)
RETURNING line
