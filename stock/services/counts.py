"""Stock counts from plan to review: who counts what is said here, what was found in `count_entries`, what is posted in
`count_posting`.

Whoever changes a count's state holds its row; whoever enters what was found shares it, so that many people count at
once and nobody's entry slips in between a review and its approval.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import F

from audit import services as audit
from inventory_project.kernel import clock, records, sql
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import AlreadyExists, InvalidInput
from stock.choices import COUNTS_OVER, CountKind, CountState
from stock.errors import CountKeyReused, CountNotFound, NothingCounted, NothingDue, NothingToRecount, WrongCountState
from stock.models import StockCount, StockCountEntry, StockCountKey, StockCountLine
from stock.models.numbers import NumberKind
from stock.selectors import count_reports
from stock.selectors import counts as selectors
from stock.services import intake, ledger, numbers, step_keys
from stock.services.intake import Reference

SQL = Path(__file__).resolve().parent.parent / "sql"
MAX_PRODUCTS = 10_000
ONE_FULL = {
    "count_one_full_at_a_time": (AlreadyExists, "store", "A full count of this store is going on; finish or cancel it.")
}


@dataclass(frozen=True, slots=True)
class Verb:
    """One call of a verb: by whom, under which key and versions; the same key again finds the first call's work."""

    name: str
    access: Access
    acting_as: Actor
    key: str | None = None
    expected: records.Versions = None

    def fingerprint(self, said: Any) -> int:
        text = f"{self.name}\x1f{said!r}"
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def locked(count_id: int, access: Access) -> StockCount:
    """The count, held until commit. Raises CountNotFound."""
    count: StockCount | None = StockCount.objects.select_for_update(no_key=True).filter(id=count_id).first()
    if count is None or not access.allows_store(count.store_id):
        raise CountNotFound()
    return count


def is_repeat(verb: Verb, count_id: int, said: Any) -> bool:
    """True when the verb's key did this already. Claims the key otherwise.

    Raises CountKeyReused when the key was used for something else.
    """
    if verb.key is None:
        return False
    fingerprint = verb.fingerprint((count_id, said))
    _, claimed = StockCountKey.objects.get_or_create(
        organization_id=verb.access.organization_id,
        key=verb.key,
        defaults={"fingerprint": fingerprint, "count_id": count_id},
    )
    return not claimed and known_count(verb, fingerprint) == count_id


def known_count(verb: Verb, fingerprint: int) -> int | None:
    """The count the key was used for. Raises CountKeyReused when it was used for something else."""
    known = StockCountKey.objects.filter(key=verb.key).first() if verb.key else None
    if known and known.fingerprint != fingerprint:
        raise CountKeyReused()
    return known.count_id if known else None


def write(count: StockCount, verb: str, acting_as: Actor, *, detail: Any = None, **values: Any) -> None:
    """Change the count and say so in the log. The caller holds its row."""
    before = records.snapshot(count, values)
    stamped = {**values, "updated_at": clock.now()}
    StockCount.objects.filter(pk=count.pk).update(**stamped, version=F("version") + 1)
    for name, value in stamped.items():
        setattr(count, name, value)
    count.version += 1
    note(count, verb, acting_as, before=before, after=records.snapshot(count, values), detail=detail)


def note(count: StockCount, verb: str, acting_as: Actor, **what: Any) -> None:
    """An entry in the log. Staff read it: never what the books say while the count is open."""
    audit.record(
        f"stock.count.{verb}",
        acting_as=acting_as,
        object_type="count",
        object_id=count.pk,
        object_label=count.label,
        store_id=count.store_id,
        **what,
    )


def step(count_id: int, verb: Verb, *, begins: Collection[str], ends: str, work: Callable[[StockCount], None]) -> bool:
    """Take a count from one state to the next. False when it stands there already: a repeat changes nothing.

    Raises CountNotFound, StaleVersion, WrongCountState.
    """

    def attempt() -> bool:
        count = locked(count_id, verb.access)
        if is_repeat(verb, count_id, ends) or count.state == ends:
            return False
        records.check_version(count, verb.expected)
        require(count, begins)
        work(count)
        return True

    return ledger.in_scope(attempt, organization_id=verb.access.organization_id)


def require(count: StockCount, states: Collection[str]) -> None:
    if count.state not in states:
        raise WrongCountState(
            f"The stock count is {count.state}; this needs one that is {' or '.join(sorted(states))}."
        )


def plan(
    *,
    store: Reference,
    values: Mapping[str, Any],
    products: Sequence[Reference] | None,
    take: int | None,
    verb: Verb,
) -> tuple[int, bool]:
    """Plan a count: its id, and whether the key had planned it before.

    A full count lists every balance of the store when it is started. A cycle count lists the given products, or the
    first `take` of those that are due. A spot count lists the given ones; what is found besides is added.
    Raises InvalidInput naming the fields, AlreadyExists, NothingDue, CountKeyReused.
    """
    fingerprint = verb.fingerprint((store, sorted(values.items()), products, take))

    def attempt() -> tuple[int, bool]:
        step_keys.one_at_a_time("count", verb.key)
        if known := known_count(verb, fingerprint):
            return known, True
        store_id, product_ids = _resolve(store, values["kind"], products or [], verb.access)
        if values["kind"] == CountKind.CYCLE and not product_ids:
            product_ids = count_reports.next_due(store_id, take or MAX_PRODUCTS)
            if not product_ids:
                raise NothingDue()
        with records.refusing(ONE_FULL):
            count = StockCount.objects.create(
                organization_id=verb.access.organization_id,
                number=numbers.draw(NumberKind.COUNT),
                store_id=store_id,
                planned_by=verb.acting_as.label,
                **values,
            )
        add_lines(count, product_ids, added=False)
        if verb.key:
            StockCountKey.objects.create(
                organization_id=verb.access.organization_id, key=verb.key, fingerprint=fingerprint, count=count
            )
        after = {**records.snapshot(count, values), "products": len(product_ids)}
        note(count, "planned", verb.acting_as, after=after)
        return count.pk, False

    return ledger.in_scope(attempt, organization_id=verb.access.organization_id)


def _resolve(store: Reference, kind: str, products: Sequence[Reference], access: Access) -> tuple[int, list[int]]:
    if products and kind == CountKind.FULL:
        raise InvalidInput(fields={"products": ["A full count takes every product of the store."]})
    found = intake.resolve({store}, set(products), access=access)
    store_id, is_active = found.stores.get(store, (0, True))
    if not store_id or not is_active:
        raise InvalidInput(fields={"store": ["No such store." if not store_id else "This store is closed."]})
    missing = {str(n): ["No such product."] for n, product in enumerate(products, 1) if product not in found.products}
    if missing:
        raise InvalidInput(fields={"products": missing})
    return store_id, [found.products[product] for product in products]


def add_lines(count: StockCount, product_ids: Sequence[int], *, added: bool) -> None:
    """Put products on the list that are not on it yet."""
    if product_ids:
        params = {
            "organization": count.organization_id,
            "count": count.pk,
            "store": count.store_id,
            "products": list(product_ids),
            "added": added,
            "recounting": count.state == CountState.RECOUNT,
        }
        sql.rows(sql.statement(SQL / "count_add_lines.sql"), params)


def edit(*, count_id: int, values: Mapping[str, Any], verb: Verb) -> None:
    """Change a count's name, day, tolerances and, before it starts, whether it is blind.

    Raises CountNotFound, StaleVersion, WrongCountState.
    """

    def attempt() -> None:
        count = locked(count_id, verb.access)
        records.check_version(count, verb.expected)
        if count.state in COUNTS_OVER:
            require(count, set(CountState.values) - COUNTS_OVER)
        changes = records.differences(count, values)
        if "blind" in changes:
            require(count, {CountState.PLANNED})
        if changes:
            write(count, "updated", verb.acting_as, **changes)

    ledger.in_scope(attempt, organization_id=verb.access.organization_id)


def start(*, count_id: int, verb: Verb) -> bool:
    """Begin to count; a full count's list is written now."""

    def work(count: StockCount) -> None:
        if count.kind == CountKind.FULL:
            params = {"organization": count.organization_id, "count": count.pk, "store": count.store_id}
            sql.rows(sql.statement(SQL / "count_add_balances.sql"), params)
        write(count, "started", verb.acting_as, state=CountState.COUNTING, started_at=clock.now())

    return step(count_id, verb, begins={CountState.PLANNED}, ends=CountState.COUNTING, work=work)


def submit(*, count_id: int, verb: Verb) -> bool:
    """End the counting: entries are closed and a manager reviews. What was to be recounted and was not keeps the round
    before. Raises NothingCounted."""

    def work(count: StockCount) -> None:
        if not StockCountEntry.objects.filter(count=count, voided_at=None).exists():
            raise NothingCounted()
        sql.rows(sql.statement(SQL / "count_end_round.sql"), {"organization": count.organization_id, "count": count.pk})
        write(count, "submitted", verb.acting_as, state=CountState.COUNTED, submitted_at=clock.now())

    begins = {CountState.COUNTING, CountState.RECOUNT}
    return step(count_id, verb, begins=begins, ends=CountState.COUNTED, work=work)


def cancel(*, count_id: int, verb: Verb) -> bool:
    """Give a count up; nothing is posted."""

    def work(count: StockCount) -> None:
        write(count, "cancelled", verb.acting_as, state=CountState.CANCELLED, cancelled_at=clock.now())

    begins = set(CountState.values) - COUNTS_OVER
    return step(count_id, verb, begins=begins, ends=CountState.CANCELLED, work=work)


def recount(*, count_id: int, products: Sequence[Reference], which: str | None, verb: Verb) -> bool:
    """Open a new round for some lines: its entries replace those of the round before. False when all of them wait for
    it already.

    `which` names the lines instead: variance, outside_tolerance, moved. Raises NothingToRecount, InvalidInput.
    """

    def attempt() -> bool:
        count = locked(count_id, verb.access)
        if is_repeat(verb, count_id, (products, which)):
            return False
        records.check_version(count, verb.expected)
        require(count, {CountState.COUNTED, CountState.RECOUNT})
        wanted = _lines_to_recount(count, products, which)
        lines = StockCountLine.objects.filter(id__in=wanted, recounting=False)
        opened = lines.update(round=F("round") + 1, recounting=True)
        if opened:
            write(
                count,
                "recount_started",
                verb.acting_as,
                state=CountState.RECOUNT,
                detail={"lines": opened, "which": which},
            )
        return bool(opened)

    return ledger.in_scope(attempt, organization_id=verb.access.organization_id)


def _lines_to_recount(count: StockCount, products: Sequence[Reference], which: str | None) -> list[int]:
    if which:
        wanted = selectors.lines_that(count, which)
        # In a recount that goes on, lines without entries in their new round have no variance to be chosen by.
        if not wanted and count.state == CountState.COUNTED:
            raise NothingToRecount()
        return wanted
    found = intake.resolve(set(), set(products), access=None).products
    lines = dict(StockCountLine.objects.filter(count=count).values_list("product_id", "id"))
    missing = {
        str(number): ["This product is not on the list."]
        for number, product in enumerate(products, 1)
        if found.get(product) not in lines
    }
    if missing or not products:
        raise InvalidInput(fields={"products": missing or ["Name products, or say `which`."]})
    return [lines[found[product]] for product in products]
