"""Every way the ledger says no before it has written anything."""

from __future__ import annotations

from inventory_project.kernel.errors import Conflict, DomainError, InvalidInput, NotFound, Unavailable
from stock.choices import REJECTIONS


class KeyReused(DomainError):
    """The idempotency key belongs to another request body."""

    code = "idempotency_key_reused"
    status = 422
    default_detail = "This Idempotency-Key was used before with a different movement."


class UnknownStore(InvalidInput):
    """A list or a report is asked of a store that is not there, or that the caller may not see: the same answer."""

    code = "unknown_store"
    default_detail = "No such store."


class MovementNotFound(NotFound):
    default_detail = "No such movement."


class NotReversible(Conflict):
    code = "not_reversible"
    default_detail = "Only an applied movement that is not itself a reversal can be reversed."


class AlreadyReversed(Conflict):
    code = "already_reversed"
    default_detail = "This movement has been reversed already."


class InsufficientStock(Conflict):
    code = "insufficient_stock"
    default_detail = REJECTIONS["insufficient_stock"]


class QuantityChanged(Conflict):
    """`on_hand` in the fields says what there is."""

    code = "quantity_changed"
    default_detail = "The quantity has changed meanwhile, so nothing was booked."


class PeriodClosed(Conflict):
    """The books of the business day were closed in this moment."""

    code = "period_closed"
    default_detail = (
        "The books of that business day were closed in the same moment. Send it again to book it as of now."
    )


class InsufficientOnHold(Conflict):
    code = "insufficient_on_hold"
    default_detail = "Not enough on hold: the bucket holds fewer units."


class HoldRefused(Conflict):
    """The ledger refused a line, so none was booked; `fields` names the lines."""

    code = "hold_refused"
    default_detail = "The ledger refused a line, so nothing was booked."


class ReservationNotFound(NotFound):
    default_detail = "No such reservation."


class ReservationOver(Conflict):
    """The reservation holds nothing any more; `fields` holds its status."""

    code = "reservation_over"


class ReservationExpired(ReservationOver):
    code = "reservation_expired"
    default_detail = "This reservation has expired, and its units are available again. Reserve anew."


class BatchRefused(Conflict):
    """An all-or-nothing batch held a row that could not be applied; nothing was."""

    code = "batch_refused"
    default_detail = "A row could not be applied, so none was."


class TransferNotFound(NotFound):
    default_detail = "No such transfer."


class WrongTransferState(Conflict):
    """The transfer has gone further, or not far enough, for this step; `fields` holds its state."""

    code = "wrong_state"


class ApprovalNeeded(Conflict):
    code = "approval_needed"
    default_detail = "This organisation wants a transfer approved by a manager before it is dispatched."


class OverReceipt(Conflict):
    """More arrived than was dispatched, beyond the organisation's tolerance; `fields` names the lines."""

    code = "over_receipt"
    default_detail = "More than was dispatched, beyond what your organisation tolerates. Nothing was booked."


class TransferRefused(Conflict):
    """The ledger refused a movement of the transfer, so none was posted; `fields` names the lines."""

    code = "transfer_refused"
    default_detail = "The ledger refused a line, so nothing was booked."


class PurchaseNotFound(NotFound):
    default_detail = "No such purchase order."


class WrongPurchaseState(Conflict):
    """The order has gone further, or not far enough, for this step; `fields` holds its state."""

    code = "wrong_state"


class OverDelivery(Conflict):
    """More arrived than was ordered, beyond the organisation's tolerance; `fields` names the lines."""

    code = "over_delivery"
    default_detail = "More than was ordered, beyond what your organisation tolerates. Nothing was booked."


class DeliveryKnown(Conflict):
    """A goods receipt of this order names the same delivery note; `fields` names it."""

    code = "delivery_known"
    default_detail = "This delivery note was taken in already. Nothing was booked."


class ReceiptRefused(Conflict):
    """The ledger refused a movement of the goods receipt, so none was posted; `fields` names the lines."""

    code = "receipt_refused"
    default_detail = "The ledger refused a line, so nothing was booked."


class GoodsReceiptNotFound(NotFound):
    default_detail = "No such goods receipt, or it has no such line."


class BalancesMissing(Exception):
    """A batch names a store and product that have no balance row yet: make it, then apply again."""


class ReservationsOverdue(Exception):
    """Goods were refused while reservations whose time is over hold some: expire them, then apply again."""


class CountNotFound(NotFound):
    default_detail = "No such stock count."


class WrongCountState(Conflict):
    """The stock count does not allow this verb in its present state."""

    code = "wrong_count_state"
    default_detail = "The stock count is not in a state that allows this."


class NothingCounted(Conflict):
    code = "nothing_counted"
    default_detail = "Nothing has been counted yet."


class MovedWhileCounted(Conflict):
    """Units moved between the first and the last entry of a line, so its sum belongs to no single moment."""

    code = "moved_while_counted"
    default_detail = (
        "Some products moved between their first and their last entry. Recount them, or approve with accept_moved."
    )


class AdjustmentRefused(Conflict):
    """An adjustment could not be posted, so none was."""

    code = "adjustment_refused"
    default_detail = "An adjustment would take a balance below zero; nothing was posted. Recount these products."


class CountKeyReused(KeyReused):
    default_detail = "This Idempotency-Key was used before for something else."


class NothingDue(Conflict):
    code = "nothing_due"
    default_detail = "No product of this store is due to be counted."


class NothingToRecount(Conflict):
    code = "nothing_to_recount"
    default_detail = "No line is as asked for."


class MailNotSent(Unavailable):
    """The mail server did not take the list; `detail` says what it said."""

    code = "mail_not_sent"
    default_detail = "The mail server did not take the message. Try again."


class NobodyToMail(Conflict):
    """No recipient of the list may get it any more, or none was named."""

    code = "nobody_to_mail"
    default_detail = "Nobody is named who may get this list. Choose its recipients first."


class ImportNotFound(NotFound):
    default_detail = "No such import."


class UnreadableFile(InvalidInput):
    """The file is no table, or a line of it cannot be read; nothing was changed."""

    code = "unreadable_file"
    default_detail = "The file cannot be read."


class WrongImportState(Conflict):
    """The import does not allow this verb in its present status."""

    code = "wrong_import_state"
    default_detail = "The import is not in a status that allows this."


class NotUndoable(Conflict):
    """Something later depends on what the import did; nothing was undone."""

    code = "not_undoable"
    default_detail = "Later changes depend on this import, so it stays."


class ImportFileGone(NotFound):
    code = "file_gone"
    default_detail = "The file of this import is no longer kept."


class ImportKeyReused(KeyReused):
    default_detail = "This Idempotency-Key was used before for another file."


class ExportNotFound(NotFound):
    default_detail = "No such export."


class ExportNotReady(Conflict):
    """There is no file yet, or there will be none; `detail` says which."""

    code = "export_not_ready"
    default_detail = "The file is not ready yet. Read the export again in a moment."


class ExportGone(NotFound):
    code = "file_gone"
    default_detail = "The file of this export is no longer kept. Ask for the export again."


class TooManyExports(Conflict):
    """The organisation's share of work or of storage is used up."""

    code = "too_many_exports"
    default_detail = "Too many exports are being made. Try again when one of them is ready."
