"""The one apply behind every door: single, bulk, transfer, reversal, import, count.

`apply_step` joins the caller's transaction: it locks the balances a batch touches in one global order, judges every
movement in order of arrival, and writes balances, ledger, daily sales, figures and log with a fixed number of
statements. `apply` is the door for callers that have no transaction open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson
from django.db import OperationalError, transaction

from inventory_project.kernel import cache, clock, log_bell, sql, tenancy
from inventory_project.kernel.metrics import MOVEMENTS
from stock.choices import AppliedVia
from stock.errors import BalancesMissing, ReservationsOverdue
from stock.selectors import reservations
from stock.selectors.dashboard import DASHBOARD, PAST_DAYS, touches_past_days
from stock.services import attempts, average_costs, ledger_rows, listeners, reservation_expiry
from stock.services.ledger_rows import LedgerRow, Verdict

T = TypeVar("T")

SQL = Path(__file__).resolve().parent.parent / "sql"
# Whether in_scope is there to see to what an apply raises, and would begin once more.
_may_begin_anew: ContextVar[bool] = ContextVar("may_begin_anew", default=False)


def apply(make_rows: Callable[[], Sequence[LedgerRow]], *, organization_id: int, via: AppliedVia) -> list[Verdict]:
    """Open the organisation's scope, take the rows from `make_rows`, apply them, commit.

    `make_rows` runs inside the transaction and again on every attempt.
    """

    def attempt() -> list[Verdict]:
        return apply_step(make_rows(), via=via)

    return in_scope(attempt, organization_id=organization_id)


def in_scope(work: Callable[[], T], *, organization_id: int) -> T:
    """Run `work` in a durable transaction of the organisation; repeat it after a deadlock, or when an apply in it found
    that balances are missing or that what ran out still holds units: those are seen to first.

    Raises OperationalError when it fails `ATTEMPTS` times.
    """
    for attempt in range(1, attempts.ATTEMPTS + 1):
        # The last time what cannot be had because somebody works on a reservation is refused.
        token = _may_begin_anew.set(attempt < attempts.ATTEMPTS)
        try:
            return attempts.in_scope(work, organization_id=organization_id)
        except BalancesMissing as error:
            create_balances(error.args[0], organization_id=organization_id)
        except ReservationsOverdue:
            reservation_expiry.expire(organization_id)
        finally:
            _may_begin_anew.reset(token)
    raise OperationalError("The balances could not be prepared.")


def create_balances(balances: bytes, *, organization_id: int) -> None:
    """Make the empty balances a batch needs, in a transaction of their own, so that no lock is held while waiting."""

    def work() -> None:
        params = {"organization": organization_id, "balances": balances.decode()}
        created = [row["store_id"] for row in sql.rows(sql.statement(SQL / "create_balances.sql"), params)]
        if created:
            counted = {"organization": organization_id, "stores": created}
            sql.rows(sql.statement(SQL / "count_new_balances.sql"), counted)

    attempts.in_scope(work, organization_id=organization_id)


def apply_step(rows: Sequence[LedgerRow], *, via: AppliedVia, chain: int | None = None) -> list[Verdict]:
    """Apply a batch inside the caller's scope, in the order given. Verdicts come in the same order.

    Raises, for in_scope to see to and to begin anew: BalancesMissing when a store has never held one of the products;
    ReservationsOverdue when goods are refused while reservations whose time is over still hold some.
    """
    if not rows:
        return []
    assert transaction.get_connection().in_atomic_block
    organization_id = tenancy.current_organization_id()
    batch = _Batch(organization_id, via, chain, _lock_balances(rows))
    verdicts = [verdict for segment in segments(rows) for verdict in batch.apply(segment)]
    goods_refused = any(verdict.rejection == "insufficient_stock" for verdict in verdicts)
    if goods_refused and _may_begin_anew.get() and reservations.overdue(clock.now()).exists():
        raise ReservationsOverdue
    applied = sum(verdict.status == "applied" for verdict in verdicts)
    transaction.on_commit(lambda: _after_commit(organization_id, applied, len(verdicts) - applied, via))
    log_bell.ring_after_commit()
    return verdicts


def _after_commit(organization_id: int, applied: int, rejected: int, via: AppliedVia) -> None:
    cache.forget(DASHBOARD, organization_id=organization_id)
    MOVEMENTS.labels(outcome="applied", via=str(via)).inc(applied)
    MOVEMENTS.labels(outcome="rejected", via=str(via)).inc(rejected)


def _tell(answer: dict[str, Any]) -> None:
    """A late movement changes what is remembered of days that are over; a balance may have left its lines."""
    if answer["called"]:
        listeners.a_balance_called()
    if touches_past_days(answer["earliest_day"]):
        cache.forget_after_commit(PAST_DAYS)


def _lock_balances(rows: Sequence[LedgerRow]) -> bool:
    """Hold the balances until commit; whether the organisation lets a sale take a balance below zero.

    A round trip of its own before the apply: one that went along with it would change balances made meanwhile, which
    nobody has locked in order.
    """
    wanted = {(row["store"], row["product"]) for row in rows}
    wanted |= {(to_store, row["product"]) for row in rows if (to_store := row.get("to_store"))}
    balances = orjson.dumps([{"store": store, "product": product} for store, product in wanted])
    negative_sales = lock_step(balances, count=len(wanted))
    if _is_cut(rows):
        # Segment by segment, two batches that transfer in opposite directions would each hold the figures the other
        # needs next. A batch that is not cut is one statement, which takes them in order by itself.
        lock_figures_step(list({store for store, _ in wanted}))
    return negative_sales


def lock_figures_step(stores: list[int]) -> None:
    """Hold the figures of the stores until commit, in order: before a batch that is written in several statements."""
    params = {"organization": tenancy.current_organization_id(), "stores": stores}
    sql.rows(sql.statement(SQL / "lock_figures.sql"), params)


def lock_step(balances: bytes, *, count: int) -> bool:
    """Hold `count` balances (JSON of store and product) until commit; whether a sale may take one below zero.

    Raises BalancesMissing.
    """
    params = {"organization": tenancy.current_organization_id(), "balances": balances.decode()}
    answer = sql.rows(sql.statement(SQL / "lock_balances.sql"), params)[0]
    if answer["locked"] < count:
        raise BalancesMissing(balances)
    return bool(answer["negative_sales"])


def apply_staged_step(*, via: AppliedVia, negative_sales: bool, costs: bool = False) -> tuple[int, list[Verdict]]:
    """Apply what stands in the session's `stock_staged`, in order of `arrival`, and empty it: for batches made in SQL.

    The caller holds the balances (`lock_step`); there are no transfers, and movements that say their cost or take
    others back only with `costs`. Answers how many were judged, and the verdicts of those that were refused.
    """
    assert transaction.get_connection().in_atomic_block
    organization_id = tenancy.current_organization_id()
    params = {
        "organization": organization_id,
        "via": str(via),
        "chain": None,
        "negative_sales": negative_sales,
        "every_verdict": False,
    }
    answer = sql.rows(average_costs.apply_statement("facts_staged.sql", costs=costs), params)[0]
    average_costs.revalue_step(organization_id, answer["recosted"])
    _tell(answer)
    refused = [Verdict(**verdict) for verdict in orjson.loads(answer["refused"] or "[]")]
    judged = int(answer["judged"])
    transaction.on_commit(lambda: _after_commit(organization_id, judged - len(refused), len(refused), via))
    log_bell.ring_after_commit()
    return judged, refused


def _is_cut(rows: Sequence[LedgerRow]) -> bool:
    """True when a batch holds a movement that another one of the same balance must not share a statement with."""
    return any(row.get("to_store") or row.get("held") for row in rows)


def segments(rows: Sequence[LedgerRow]) -> Iterator[Sequence[LedgerRow]]:
    """Cut a batch so that units transferred in are there before a later movement of the same balance is judged, and so
    that a movement of a bucket on hold is alone with its balance."""
    if not _is_cut(rows):
        yield rows
        return
    segment: list[LedgerRow] = []
    arriving: set[tuple[int, int]] = set()
    seen: set[tuple[int, int]] = set()
    for row in rows:
        to_store = row.get("to_store")
        own = (row["store"], row["product"])
        touched = {own} | ({(to_store, row["product"])} if to_store else set())
        if arriving & touched or (row.get("held") and own in seen):
            yield segment
            segment, arriving, seen = [], set(), set()
        segment.append(row)
        seen |= touched
        if to_store:
            arriving.add((to_store, row["product"]))
        if row.get("held"):
            arriving.add(own)
    if segment:
        yield segment


@dataclass(frozen=True, slots=True)
class _Batch:
    """Applies segment after segment under the locks that apply_step took."""

    organization_id: int
    via: AppliedVia
    chain: int | None
    negative_sales: bool

    def apply(self, rows: Sequence[LedgerRow]) -> list[Verdict]:
        """One segment: its movements, then the receiving legs of the transfers that were dispatched."""
        if not any(row.get("to_store") for row in rows):
            return self._write(rows)
        verdicts, refused = self._transfer(rows)
        if refused:
            rows = [ledger_rows.refused(row, refused[row["id"]]) if row["id"] in refused else row for row in rows]
            verdicts, _ = self._transfer(rows)
        return verdicts

    def _transfer(self, rows: Sequence[LedgerRow]) -> tuple[list[Verdict], dict[str, str]]:
        """A segment with transfers. When a store cannot take in what was sent: nothing, and the reason by movement."""
        try:
            with transaction.atomic():
                verdicts = self._write(rows)
                pairs = zip(rows, verdicts, strict=True)
                sent = [row for row, verdict in pairs if row.get("to_store") and verdict.status == "applied"]
                arrived = self._write([ledger_rows.receiving_leg(row) for row in sent]) if sent else []
                if refused := {
                    row["id"]: leg.rejection for row, leg in zip(sent, arrived, strict=True) if leg.rejection
                }:
                    raise _Undeliverable(refused)
                return verdicts, {}
        except _Undeliverable as undeliverable:
            return [], undeliverable.args[0]

    def _write(self, rows: Sequence[LedgerRow]) -> list[Verdict]:
        answer = sql.rows(self._statement(rows), self._params(rows))[0]
        return self._verdicts(rows, answer)

    def _statement(self, rows: Sequence[LedgerRow]) -> str:
        return average_costs.apply_statement("facts_given.sql", costs=average_costs.are_said(rows))

    def _params(self, rows: Sequence[LedgerRow]) -> dict[str, Any]:
        return {
            "organization": self.organization_id,
            "rows": orjson.dumps(rows).decode(),
            "via": str(self.via),
            "chain": self.chain,
            "negative_sales": self.negative_sales,
            "every_verdict": True,
        }

    def _verdicts(self, rows: Sequence[LedgerRow], answer: dict[str, Any]) -> list[Verdict]:
        rejections: list[str] = answer["rejections"] or []
        if len(rejections) != len(rows):
            raise RuntimeError(f"{len(rows)} movements went in and {len(rejections)} came out.")
        average_costs.revalue_step(self.organization_id, answer["recosted"])
        _tell(answer)
        return [
            Verdict(row["id"], "rejected" if rejection else "applied", rejection, balance)
            for row, rejection, balance in zip(rows, rejections, answer["balances"], strict=True)
        ]


class _Undeliverable(Exception):
    """Transfers whose receiving store refused the units, with the reason by movement."""
