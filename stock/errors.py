"""Every way the ledger says no before it has written anything."""

from __future__ import annotations

from inventory_project.kernel.errors import Conflict, DomainError, NotFound


class KeyReused(DomainError):
    """The idempotency key belongs to another request body."""

    code = "idempotency_key_reused"
    status = 422
    default_detail = "This Idempotency-Key was used before with a different movement."


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
    default_detail = "Not enough stock: the balance would fall below what is reserved or below zero."


class BatchRefused(Conflict):
    """An all-or-nothing batch held a row that could not be applied; nothing was."""

    code = "batch_refused"
    default_detail = "A row could not be applied, so none was."


class BalancesMissing(Exception):
    """A batch names a store and product that have no balance row yet: make it, then apply again."""
