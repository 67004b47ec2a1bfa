"""Reading the mailed lists: who gets them, what they say, what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from accounts.models import Membership, MembershipStore
from stock.choices import MailingKind, StockStatus
from stock.models import MailingRecipient, MailingRun, MailingSchedule, Stock, StoreMailing
from stock.selectors import balances

# A longer list is cut, and says so: nobody works through more in a day.
MOST_ROWS = 5000
URGENCY = [StockStatus.NEGATIVE, StockStatus.OUT, StockStatus.LOW]


def settings_of(store_ids: Iterable[int], kind: str = MailingKind.LOW_STOCK) -> dict[int, dict[str, Any]]:
    """Each store's setting, recipients and last run, by store; stores without one are left out. Three queries."""
    mailings = {row.store_id: row for row in StoreMailing.objects.filter(kind=kind, store_id__in=list(store_ids))}
    ids = [mailing.pk for mailing in mailings.values()]
    people: dict[int, list[MailingRecipient]] = defaultdict(list)
    found = MailingRecipient.objects.filter(mailing_id__in=ids).select_related("membership__user")
    for recipient in found.order_by("id"):
        people[recipient.mailing_id].append(recipient)
    newest = MailingRun.objects.filter(mailing_id__in=ids).order_by("mailing_id", "-due_date").distinct("mailing_id")
    runs = {run.mailing_id: run for run in newest}
    return {
        store_id: {
            "is_on": mailing.is_on,
            "hour": mailing.hour,
            "recipients": [_shown(recipient) for recipient in people[mailing.pk]],
            "last_run": runs.get(mailing.pk),
        }
        for store_id, mailing in mailings.items()
    }


def _shown(recipient: MailingRecipient) -> dict[str, Any]:
    if recipient.membership is None:
        return {"member": None, "name": "", "email": recipient.email}
    user = recipient.membership.user
    return {"member": recipient.membership_id, "name": user.get_full_name() or user.username, "email": user.email}


def may_get(store_id: int) -> Any:
    """The members a store's list may be mailed to: active, with an address, and with a right to see the store."""
    their_stores = MembershipStore.objects.filter(membership_id=OuterRef("id"), store_id=store_id)
    members = Membership.objects.filter(Q(all_stores=True) | Exists(their_stores), is_active=True, user__is_active=True)
    return members.exclude(user__email="").select_related("user").order_by("user__username")


def addresses_of(mailing: StoreMailing) -> list[str]:
    """Where the list goes now: a member who left, or lost the store, gets it no more. Two queries."""
    named = MailingRecipient.objects.filter(mailing=mailing)
    members = may_get(mailing.store_id).filter(id__in=named.values("membership_id"))
    found = [member.user.email.lower() for member in members]
    found += named.exclude(email="").order_by("id").values_list("email", flat=True)
    return list(dict.fromkeys(found))


def all_see_costs(mailing: StoreMailing) -> bool:
    """Whether everybody it goes to may see costs: a letter is one for all, and an address that is no member's may not.
    One query."""
    members = may_get(mailing.store_id).filter(sees_costs=True).values("id")
    named = MailingRecipient.objects.filter(mailing=mailing)
    return not named.exclude(membership_id__in=members).exists() and named.exists()


def schedule_of(kind: str) -> MailingSchedule | None:
    """When the organisation mails lists of this kind; None: each store by its own hour. One query."""
    found: MailingSchedule | None = MailingSchedule.objects.filter(kind=kind).first()
    return found


def needing_attention(store_id: int, *, most: int = MOST_ROWS) -> list[dict[str, Any]]:
    """What is below zero, out or low in a store, the most urgent first, and what each misses to its reorder level."""
    urgency = [When(status=status, then=Value(place)) for place, status in enumerate(URGENCY)]
    rows = Stock.objects.filter(store_id=store_id, status__in=balances.NEEDING_ATTENTION)
    rows = rows.order_by(Case(*urgency, output_field=IntegerField()), "product__name", "product_id")
    found = list(balances.as_rows(rows)[:most])
    for row in found:
        row["shortfall"] = max(row["reorder_level"] - row["available"], 0)
    return found
