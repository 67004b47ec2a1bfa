"""Lists mailed to a store's people: who gets them is kept here, and each day's list is sent once.

The day's row (MailingRun) is claimed and committed before the mail server is spoken to, and no transaction is open
meanwhile. A worker that dies in between leaves a claim that runs out, and the list is tried again under the same
Message-ID: rather twice than never.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from audit import services as audit
from inventory_project.kernel import clock, mail, sql, tenancy
from inventory_project.kernel.access import SYSTEM, Access, Actor, Role
from inventory_project.kernel.errors import InvalidInput, NotFound, PermissionRefused
from inventory_project.kernel.mail import Letter
from stock.choices import MailingKind, MailingState
from stock.errors import MailNotSent, NobodyToMail
from stock.models import MailingRecipient, MailingRun, StoreMailing
from stock.selectors import mailings as selectors
from stock.services import step_keys
from stock.services.mailing_letters import COMPOSERS
from stock.services.step_keys import Answer
from stores import selectors as stores
from stores.models import Store

SQL = Path(__file__).resolve().parent.parent / "sql"
MOST_ATTEMPTS = 5
MOST_RECIPIENTS = 20
# The mail server has been given up long before.
CLAIM_RUNS_OUT = timedelta(minutes=10)
ABANDONED = "The worker that mailed it did not come back, and it was not tried again."
LONGEST_ADDRESS = 254  # characters, as kept; small letters of some alphabets are longer than the capital ones


def configure(
    *,
    store_id: int,
    is_on: bool,
    hour: int,
    members: Sequence[int],
    emails: Sequence[str],
    access: Access,
    acting_as: Actor,
    kind: str = MailingKind.LOW_STOCK,
) -> None:
    """Say whether, from which hour (0 to 23, the store's clock) and to whom a store's list is mailed.

    `members` are memberships who may see the store and have an address; `emails` are other addresses: an admin adds
    them, a manager may keep or drop them. Raises NotFound, InvalidInput naming the fields, PermissionRefused.
    """
    store = _store(store_id, access)
    mailing, _ = StoreMailing.objects.get_or_create(
        organization_id=access.organization_id, store_id=store.pk, kind=kind
    )
    mailing = StoreMailing.objects.select_for_update(no_key=True).get(pk=mailing.pk)
    before = _facts(mailing)
    addresses = list(dict.fromkeys(email.strip().lower() for email in emails))
    _judge(mailing, is_on, members, addresses, before["emails"], access)
    StoreMailing.objects.filter(pk=mailing.pk).update(is_on=is_on, hour=hour, updated_at=clock.now())
    wanted = [{"membership_id": member} for member in members] + [{"email": address} for address in addresses]
    MailingRecipient.objects.filter(mailing=mailing).exclude(membership_id__in=members).exclude(
        email__in=[address for address in addresses if address]
    ).delete()
    MailingRecipient.objects.bulk_create(
        [
            MailingRecipient(
                organization_id=access.organization_id, mailing=mailing, added_by=acting_as.label[:150], **one
            )
            for one in wanted
        ],
        ignore_conflicts=True,
    )
    mailing.is_on, mailing.hour = is_on, hour
    _note("changed", mailing, acting_as, before=before, after=_facts(mailing))


def _judge(
    mailing: StoreMailing, is_on: bool, members: Sequence[int], emails: list[str], known: list[str], access: Access
) -> None:
    errors: dict[str, list[str]] = {}
    allowed = set(selectors.may_get(mailing.store_id).filter(id__in=members).values_list("id", flat=True))
    if unknown := sorted(set(members) - allowed):
        errors["members"] = [
            f"Member {member} is not here, has no address, or may not see this store." for member in unknown
        ]
    if len(set(members)) + len(emails) > MOST_RECIPIENTS:
        errors["emails"] = [f"At most {MOST_RECIPIENTS} recipients in all."]
    elif any(len(email) > LONGEST_ADDRESS for email in emails):
        errors["emails"] = [f"An address has at most {LONGEST_ADDRESS} characters."]
    if is_on and not members and not emails:
        errors["members"] = ["A list that is on needs somebody to go to."]
    if errors:
        raise InvalidInput(fields=errors)
    new = sorted(set(emails) - set(known))
    if new and not access.role.at_least(Role.ADMIN):
        raise PermissionRefused(
            "An admin adds addresses of people who are no members.",
            fields={"emails": [f"{one} is new." for one in new]},
        )


def due(*, now: datetime) -> list[dict[str, Any]]:
    """What is to be mailed now in all organisations: organization_id, mailing_id, due_date. Asked as the platform."""
    params = {"now": now, "most_attempts": MOST_ATTEMPTS}
    return sql.rows(sql.statement(SQL / "due_mailings.sql"), params, using="platform")


def send_due(*, organization_id: int, mailing_id: int, due_date: date) -> str:
    """Mail one list of one day, once however often it is asked for. Answers the run's state; "" when not our turn."""
    with tenancy.scope(organization_id, durable=True):
        if _end_abandoned(mailing_id, due_date):
            return str(MailingState.FAILED)
        run_id = _claim(mailing_id, due_date)
        if run_id is None:
            return ""
    with tenancy.scope(organization_id):
        mailing = StoreMailing.objects.select_related("store").get(pk=mailing_id)
        letter, rows = _composed(mailing, due_date)
        addresses = selectors.addresses_of(mailing) if rows else []
    state, error = MailingState.EMPTY, ""
    if rows:
        signed = replace(letter, message_id=_message_id(mailing, due_date))
        error = mail.send(signed, to=addresses) if addresses else NobodyToMail.default_detail
        state = MailingState.FAILED if error else MailingState.SENT
    with tenancy.scope(organization_id, durable=True):
        told = {"state": state, "error": error, "rows": rows, "addresses": addresses}
        MailingRun.objects.filter(pk=run_id).update(**told, finished_at=clock.now())
        _note(str(state), mailing, SYSTEM, detail={**told, "due_date": due_date})
    return str(state)


def send_now(
    *, store_id: int, access: Access, acting_as: Actor, kind: str = MailingKind.LOW_STOCK, key: str | None = None
) -> Answer:
    """Mail the list as it is now to its recipients, beside the day's own: rows and addresses. Once for a key.

    Raises NotFound, NobodyToMail, MailNotSent with what the mail server said (the key is free again then), KeyReused,
    and Unavailable while the first request with the key is at it.
    """
    with tenancy.scope(access.organization_id, durable=True):
        store = _store(store_id, access)
        said = {"step": "send now", "store": store_id, "kind": kind}
        given = step_keys.claim_ahead(key, said, runs_out=CLAIM_RUNS_OUT)
        if given is not None:
            return given
        mailing = StoreMailing.objects.filter(store=store, kind=kind).first()
        addresses = selectors.addresses_of(mailing) if mailing else []
        if mailing is None or not addresses:
            raise NobodyToMail()
        letter, rows = _composed(mailing, today_in(store))
    # Taken over from a worker that died, it may go out twice: under one Message-ID, so readers see it once.
    signed = letter if key is None else replace(letter, message_id=_message_id(mailing, key))
    if error := mail.send(signed, to=addresses):
        with tenancy.scope(access.organization_id, durable=True):
            step_keys.give_up(key)
        raise MailNotSent(f"The mail server did not take the message: {error}")
    with tenancy.scope(access.organization_id, durable=True):
        _note("sent", mailing, acting_as, detail={"rows": rows, "addresses": addresses, "asked_for": True})
        return step_keys.keep(key, {"rows": rows, "addresses": addresses})


def preview(*, store_id: int, access: Access, kind: str = MailingKind.LOW_STOCK) -> tuple[Letter, int, list[str]]:
    """What would be mailed now of a store the caller may see: see preview_of. Raises NotFound."""
    store = _store(store_id, access)
    mailing = StoreMailing.objects.filter(store=store, kind=kind).first()
    return preview_of(mailing or StoreMailing(store=store, kind=kind), sees_costs=access.sees_costs)


def preview_of(mailing: StoreMailing, *, sees_costs: bool = False) -> tuple[Letter, int, list[str]]:
    """What would be mailed now, how many rows it has, and to whom it would go. Nothing is sent."""
    letter, rows = _composed(mailing, today_in(mailing.store), shows_costs=sees_costs)
    return letter, rows, selectors.addresses_of(mailing) if mailing.pk else []


def _composed(mailing: StoreMailing, day: date, *, shows_costs: bool = True) -> tuple[Letter, int]:
    with_costs = shows_costs and mailing.pk is not None and selectors.all_see_costs(mailing)
    return COMPOSERS[mailing.kind](mailing.store, day, with_costs)


def today_in(store: Store) -> date:
    return clock.now().astimezone(ZoneInfo(store.time_zone)).date()


def _store(store_id: int, access: Access) -> Store:
    store: Store | None = stores.visible_to(access).filter(pk=store_id).first()
    if store is None:
        raise NotFound()
    return store


def _end_abandoned(mailing_id: int, due_date: date) -> bool:
    """End a try whose worker died when no other may follow: it was the last one, or the day is over."""
    params = {**_due(mailing_id, due_date), "error": ABANDONED}
    ended = sql.rows(sql.statement(SQL / "end_abandoned_mailing.sql"), params)
    if ended:
        mailing = StoreMailing.objects.get(pk=mailing_id)
        told = {"state": str(MailingState.FAILED), "error": ABANDONED, "due_date": due_date}
        _note(str(MailingState.FAILED), mailing, SYSTEM, detail=told)
    return bool(ended)


def _claim(mailing_id: int, due_date: date) -> int | None:
    claimed = sql.rows(sql.statement(SQL / "claim_mailing.sql"), _due(mailing_id, due_date))
    return claimed[0]["id"] if claimed else None


def _due(mailing_id: int, due_date: date) -> dict[str, Any]:
    return {
        "organization": tenancy.current_organization_id(),
        "mailing": mailing_id,
        "due_date": due_date,
        "now": clock.now(),
        "most_attempts": MOST_ATTEMPTS,
    }


def _message_id(mailing: StoreMailing, occasion: date | str) -> str:
    """The same for each try at one occasion: a day, or a caller's key."""
    word = hashlib.sha256(occasion.encode()).hexdigest()[:32] if isinstance(occasion, str) else occasion.isoformat()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{mailing.kind}.{mailing.organization_id}.{mailing.pk}.{word}@{domain}>"


def _facts(mailing: StoreMailing) -> dict[str, Any]:
    people = list(MailingRecipient.objects.filter(mailing=mailing).order_by("id"))
    return {
        "is_on": mailing.is_on,
        "hour": mailing.hour,
        "members": [one.membership_id for one in people if one.membership_id],
        "emails": [one.email for one in people if one.email],
    }


def _note(verb: str, mailing: StoreMailing, acting_as: Actor, **what: Any) -> None:
    audit.record(
        f"stock.mailing.{verb}",
        acting_as=acting_as,
        object_type="mailing",
        object_id=mailing.pk,
        object_label=mailing.get_kind_display(),
        store_id=mailing.store_id,
        **what,
    )
