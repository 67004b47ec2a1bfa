"""Webhooks: the log sent to addresses of the organisation's choice, in order, signed, until it is taken."""
