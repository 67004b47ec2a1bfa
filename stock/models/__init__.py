"""The tables of the ledger."""

from stock.models.balances import Stock, StoreDay, StoreKpi
from stock.models.counts import StockCount, StockCountAdjustment, StockCountEntry, StockCountKey, StockCountLine
from stock.models.mailings import MailingRecipient, MailingRun, StoreMailing
from stock.models.movements import InboxMovement, MovementKey, MovementReversal, StockMovement
from stock.models.rollups import MovementQuarter, ProductSalesTotal, SalesOverlap, SalesRollup, SalesStore, SalesTotal
from stock.models.sales import DailySales, SalesHistory
from stock.models.transfer_orders import TransferKey, TransferLine, TransferNumber, TransferOrder
from stock.models.verification import LedgerVerification

__all__ = [
    "DailySales",
    "InboxMovement",
    "LedgerVerification",
    "MailingRecipient",
    "MailingRun",
    "MovementKey",
    "MovementQuarter",
    "MovementReversal",
    "ProductSalesTotal",
    "SalesHistory",
    "SalesOverlap",
    "SalesRollup",
    "SalesStore",
    "SalesTotal",
    "Stock",
    "StockCount",
    "StockCountAdjustment",
    "StockCountEntry",
    "StockCountKey",
    "StockCountLine",
    "StockMovement",
    "StoreDay",
    "StoreKpi",
    "StoreMailing",
    "TransferKey",
    "TransferLine",
    "TransferNumber",
    "TransferOrder",
]
