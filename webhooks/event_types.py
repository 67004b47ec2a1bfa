"""What the log says, for people who choose what to be sent: each noun's sentence and its verbs.

A test compares this list with the log, so a verb that is missing here is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

RECORD = ("created", "updated", "retired", "restored", "deleted")


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of object; its actions are `name.verb`."""

    name: str
    sentence: str
    verbs: tuple[str, ...]

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(f"{self.name}.{verb}" for verb in self.verbs)


NOUNS = (
    Noun("stock.movement", "Stock changed, whatever caused it; or a change was refused.", ("applied", "rejected")),
    Noun(
        "stock.transfer",
        "A transfer between two stores took a step.",
        (
            "drafted", "changed", "requested", "approved", "cancelled", "dispatched", "received", "returned",
            "written_off", "closed",
        ),
    ),
    Noun(
        "stock.count",
        "A stock count took a step.",
        (
            "planned", "updated", "started", "entries_recorded", "entries_voided", "submitted", "recount_started",
            "posted", "cancelled", "corrected",
        ),
    ),
    Noun(
        "stock.reservation",
        "Goods were promised to an order, or the promise ended.",
        ("made", "extended", "released", "fulfilled", "expired"),
    ),
    Noun(
        "stock.purchase",
        "An order to a supplier took a step.",
        (
            "drafted", "changed", "sent", "mailed", "not_mailed", "mailed_again", "received", "receipt_reversed",
            "closed", "cancelled",
        ),
    ),
    Noun(
        "stock.import",
        "A file of goods or stock took a step.",
        ("uploaded", "changed", "ready", "confirmed", "applied", "failed", "undone", "undo_refused"),
    ),
    Noun("stock.history", "Past sales were loaded from a file.", ("loaded",)),
    Noun("stock.export", "A list was made into a file.", ("requested", "ready", "failed", "removed", "downloaded")),
    Noun(
        "stock.mailing",
        "A list to be mailed was set, or mailed.",
        ("changed", "scheduled", "sent", "empty", "failed"),
    ),
    Noun("stock.period", "The books were closed, or opened again.", ("closed", "reopened")),
    Noun("stock.reorder_level", "The level to reorder at was changed for one store.", ("changed",)),
    Noun("stock.order_up_to", "The level to order up to was changed for one store.", ("changed",)),
    Noun("stock.value", "Stock is worth something else, though nothing moved.", ("corrected",)),
    Noun("stock.ledger", "The ledger was recomputed and compared.", ("verified",)),
    Noun(
        "alert",
        "Stock in a store is at risk, or is not any more; or somebody saw to it.",
        (
            "raised", "changed", "closed", "woken", "acknowledged", "snoozed", "assigned", "resolved", "restocked",
        ),
    ),
    Noun("catalog.product", "A product was changed.", RECORD),
    Noun("catalog.category", "A category was changed.", ("created", "updated", "deleted")),
    Noun("catalog.supplier", "A supplier was changed.", RECORD),
    Noun("stores.store", "A store was opened, changed or closed.", RECORD),
    Noun("forecasting.run", "A forecast was made.", ("requested", "finished")),
    Noun("forecasting.proposal", "A proposal of what to order was asked for.", ("requested",)),
    Noun(
        "forecasting.line",
        "Somebody decided on a line of a proposal.",
        ("accepted", "changed", "dismissed", "snoozed"),
    ),
    Noun("forecasting.restock_policy", "A rule of restocking was changed.", ("created", "updated", "deleted")),
    Noun("accounts.organization", "The company's settings were changed.", ("registered", "changed")),
    Noun("accounts.member", "Somebody was invited, joined or left.", ("invited", "joined", "changed", "removed")),
    Noun("accounts.invitation", "An invitation was taken back.", ("revoked",)),
    Noun("accounts.token", "An API token was made, replaced or ended.", ("created", "rotated", "revoked")),
    Noun("accounts.login", "Somebody signed in, or could not.", ("succeeded", "failed", "refused")),
    Noun("accounts.logout", "Somebody signed out.", ("succeeded",)),
    Noun("accounts.password", "A password was changed.", ("changed",)),
    Noun("accounts.demo", "The demo's data was loaded.", ("loaded",)),
    Noun("platform.operator", "An operator of the installation paid a visit.", ("entered", "viewed", "acted", "left")),
    Noun(
        "webhooks.endpoint",
        "A webhook was changed, given up or resumed.",
        ("created", "updated", "deleted", "secret_rotated", "tested", "replayed", "paused", "resumed"),
    ),
)  # fmt: skip

ACTIONS = frozenset(action for noun in NOUNS for action in noun.actions)


def unknown(types: Iterable[str]) -> list[str]:
    """Those that are neither an action nor a prefix of one that ends in a dot."""
    return [
        each
        for each in types
        if each not in ACTIONS
        and not (each.endswith(".") and len(each) > 1 and any(action.startswith(each) for action in ACTIONS))
    ]
