"""New sales that look like the old ones: `model` says how much, `stream` sells it through the ledger's own door."""
