"""The ledger at the manager's desk: balances to adjust, movements to read and reverse, figures to look at."""

from stock.admin import balances, figures, imports, movements, papers  # noqa: F401
