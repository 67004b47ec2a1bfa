-- One movement into its lane. The function is the migration's, so that its parts are planned once a connection.
SELECT * FROM stock_accept(
    %(organization)s, %(movement)s::json, %(fingerprint)s, %(reach)s::bigint[], %(lanes)s)
