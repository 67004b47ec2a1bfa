"""manage.py simulate: a believable day through the real API of a running instance."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from typing import Any

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from accounts.selectors import organizations
from inventory_project.kernel import clock
from inventory_project.kernel.records import plain
from inventory_project.runtime.instance import Instance
from inventory_project.simulation import ledger, plan, rounds
from inventory_project.simulation.ledger import Findings
from inventory_project.simulation.plan import Day, Event
from inventory_project.simulation.tills import Tally, Unreachable
from inventory_project.simulation.trade import Company, Login

TICK_SECONDS = 0.1
MOST_THREADS = 12
WIDTH = 110


def positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 86_400:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 86400")
    return value


def rounds_in_words(findings: Findings) -> list[str]:
    """What became of the day's transfers and counts."""
    units = {fate: plain(Decimal(units)) for fate, units in findings.units.items()} or dict.fromkeys(ledger.FATES, "0")
    return [
        f"Transfers: {_by_state(findings.transfers)}. Of {units['dispatched']} units sent {units['received']} arrived, "
        f"{units['damaged']} damaged, {units['short']} lost, {units['returned']} went back, "
        f"{units['in_transit']} under way.",
        f"Stock counts: {_by_state(findings.counts)}. {findings.lines['counted']} shelves counted, "
        f"{findings.lines['adjusted']} corrected.",
    ]


def _by_state(states: Counter[str]) -> str:
    return ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in sorted(states.items())) or "none"


class Command(BaseCommand):
    help = (
        "Plays one day of the demo companies through the API: opening hours in the stores' own time zones, squeezed "
        "into --duration. Prints what it did and checks the invariants. Exit code 1 when one does not hold."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--frequency", type=positive, default=1.0, help="1 normal (a basket a second), 5 busy, 10")
        parser.add_argument("--duration", type=positive, default=300.0, help="seconds the day takes (300)")
        parser.add_argument("--no-reset", action="store_true", help="leave the stock as it is, instead of refilling it")
        parser.add_argument("--seed", type=int, help="play this very day again")
        parser.add_argument("--url", help="where the instance answers (where `up` runs, else http://127.0.0.1:8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.tally, self.begun = Tally(), clock.now()
        self.seed = secrets.randbelow(10**6) if options["seed"] is None else abs(options["seed"])
        self.stopped_early = False
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells of every request
        limits = httpx.Limits(max_keepalive_connections=MOST_THREADS, max_connections=MOST_THREADS)
        url = options["url"] or Instance.load(settings.DATA_DIR).values.get("address") or "http://127.0.0.1:8000"
        try:
            with httpx.Client(base_url=url, timeout=30, limits=limits) as client:
                companies = self._open(client, reset=not options["no_reset"])
                self._play(companies, options["frequency"], options["duration"])
        except (Unreachable, httpx.InvalidURL) as error:
            raise CommandError(f"{error} Is `manage.py up --demo` running?") from error
        findings = self._examine(companies)
        self._report(findings, options)
        if not findings.hold:
            sys.exit(1)

    # -- before ---------------------------------------------------------------------------------------------------

    def _open(self, client: httpx.Client, *, reset: bool) -> list[Company]:
        file = settings.DATA_DIR / "demo-logins.json"
        try:
            logins = [Login(**row) for row in json.loads(file.read_text())]
        except FileNotFoundError:
            raise CommandError(f"There are no demo logins ({file}): run `manage.py up --demo` first.") from None
        run = secrets.token_hex(4)
        companies = []
        for name in dict.fromkeys(login.organization for login in logins):
            own = [login for login in logins if login.organization == name]
            company = Company(name, run, client, self.tally, own)
            company.open()
            refilled = company.refill() if reset else 0
            shops = sum(place.kind in plan.SHARES for place in company.places)
            self.stdout.write(f"{name}: {shops} stores that sell, {len(company.goods)} products, {refilled} refilled.")
            companies.append(company)
        return companies

    def _planned(self, companies: list[Company], baskets: float) -> list[tuple[Event, Company]]:
        """The day of all companies in one order of time."""
        shops = {c.name: sum(place.kind in plan.SHARES for place in c.places) for c in companies}
        every = sum(shops.values()) or 1
        planned = []
        for number, company in enumerate(companies):
            share = baskets * shops[company.name] / every
            goods = list(company.goods.values())
            day = Day(self.begun.date(), company.places, goods, share, self.seed + number)
            planned += [(event, company) for event in day.events()]
        return sorted(planned, key=lambda pair: pair[0].at)

    # -- the day ---------------------------------------------------------------------------------------------------

    def _play(self, companies: list[Company], frequency: float, duration: float) -> None:
        planned = self._planned(companies, frequency * duration * plan.BASKETS_A_SECOND)
        if not planned:
            return
        first, last = planned[0][0].at, planned[-1][0].at
        self.stdout.write(
            f"Seed {self.seed}: {len(planned)} events in {duration:.0f} seconds. Ctrl-C ends the day early."
        )
        threads = min(MOST_THREADS, 2 + int(frequency))
        started = time.monotonic()
        with ThreadPoolExecutor(threads) as pool, self._progress() as progress:
            line = progress.add_task("", total=duration)
            futures: list[Future[None]] = []
            try:
                for event, company in planned:
                    due = started + plan.played_at(event, first, last, duration)
                    while (now := time.monotonic()) < due:
                        progress.update(line, completed=now - started, description=self._line(event.at))
                        time.sleep(min(TICK_SECONDS, due - now))
                    futures.append(pool.submit(rounds.play, company, event))
                progress.update(line, completed=duration, description=self._line(last))
                for future in futures:
                    future.result()
            except KeyboardInterrupt:
                self.stopped_early = True
                pool.shutdown(wait=True, cancel_futures=True)

    def _progress(self) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        return Progress(*columns, console=Console(file=sys.stderr), disable=not sys.stderr.isatty())

    def _line(self, at: datetime) -> str:
        _, p95, _ = self.tally.milliseconds()
        refused = self.tally.total("refused")
        return f"{at:%H:%M} UTC  {self.tally.total('accepted'):>6} accepted  {refused} refused  p95 {p95:.0f} ms"

    # -- after -----------------------------------------------------------------------------------------------------

    def _examine(self, companies: list[Company]) -> Findings:
        findings = Findings()
        ids = {each.name: each.pk for each in organizations.every()}
        for company in companies:
            if company.name not in ids:
                raise CommandError(f"The database here does not know {company.name}: it is not the one behind the URL.")
            ledger.examine(ids[company.name], company, findings)
        return findings

    def _report(self, findings: Findings, options: dict[str, Any]) -> None:
        table = Table(box=None, show_edge=False, pad_edge=False, header_style="bold")
        for heading in ("", "Requests", "Accepted", "Refused", "p50 ms", "p95 ms", "p99 ms"):
            table.add_column(heading, justify="right" if heading else "left", no_wrap=True)
        for what, answers in [*sorted(self.tally.answers.items()), ("all", None)]:
            total = answers or {name: self.tally.total(name) for name in ("requests", "accepted", "refused")}
            times = (f"{value:.1f}" for value in self.tally.milliseconds(None if answers is None else what))
            table.add_row(what, *(str(total.get(name, 0)) for name in ("requests", "accepted", "refused")), *times)
        console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, highlight=False)
        if self.stopped_early:
            console.print("Ended early.")
        console.print(table)
        reasons = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in findings.reasons.items() if count)
        outcomes = findings.outcomes
        console.print(
            f"In the ledger: {outcomes['applied']} applied, {outcomes['rejected']} rejected"
            f"{f' ({reasons})' if reasons else ''}."
        )
        for sentence in rounds_in_words(findings):
            console.print(sentence)
        if self.tally.troubles:
            troubles = ", ".join(f"{count} x {what}" for what, count in self.tally.troubles.items())
            console.print(f"Troubles on the way: {troubles}")
        for invariant, problem in findings.invariants.items():
            console.print(f"{'BROKEN' if problem else 'holds '}  {invariant}{f': {problem}' if problem else ''}")
