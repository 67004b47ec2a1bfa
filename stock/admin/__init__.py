"""The ledger at the manager's desk: balances to adjust, movements to read and reverse, figures to look at."""

from stock.admin import (  # noqa: F401
    balances,
    counts,
    exports,
    figures,
    goods_receipts,
    imports,
    mailing_schedules,
    mailings,
    movements,
    periods,
    purchases,
    reservations,
    transfers,
)
