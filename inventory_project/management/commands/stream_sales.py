"""manage.py stream_sales: new sales that look like the loaded history, for as long as you like."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import organizations
from inventory_project.kernel import tenancy
from inventory_project.kernel.errors import DomainError
from inventory_project.sales_stream import stream
from inventory_project.sales_stream.stream import Stream
from stores.models import Store

SAY_SECONDS = 60.0
EXAMPLES = """
examples:
  manage.py stream_sales                                  every organisation with a history, until Ctrl-C
  manage.py stream_sales --organization corner-shop       one of them
  manage.py stream_sales --speed 288 --duration 300       a day's worth of trade in five minutes
  manage.py stream_sales --stores DOWNTOWN,MALL --seed 7  two stores, with the luck of seed 7

Each interval sells what the time since the last one would have sold: by store and product as in the history, with its
mean, its spread and its weekdays, evenly over the day. What is not there is delivered first (two weeks' worth), so it
can go on for days. It starts anew with every start: what would have been sold meanwhile is not made up for.
"""


def positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1e6:
        raise ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


class Command(BaseCommand):
    help = "Sells at random what the loaded sales history would lead one to expect, through the ledger."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        every = settings.STREAMING_INTERVAL_SECONDS
        parser.add_argument(
            "--interval", type=positive, default=every, help=f"seconds (STREAMING_INTERVAL_SECONDS: {every:g})"
        )
        parser.add_argument(
            "--speed", type=positive, default=settings.STREAMING_SPEED, help="days of trade in one day (1)"
        )
        parser.add_argument("--organization", metavar="SLUG", help="one organisation instead of all with a history")
        parser.add_argument("--stores", metavar="CODES", help="only these stores' codes, separated by commas")
        parser.add_argument("--seed", type=int, help="draw the same luck again (0 or more)")
        parser.add_argument("--duration", type=positive, help="stop after so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        streams = self._open(options)
        series = sum(len(each.model.mean) for each in streams)
        units = sum(float(each.model.mean.sum()) for each in streams) * options["speed"]
        self.stdout.write(
            f"{len(streams)} organisations, {series} products in stores, about {units:.0f} units a day; "
            f"every {options['interval']:g} s. Ctrl-C ends it."
        )
        self.stdout.flush()
        self.said = time.monotonic()
        stream.play(
            streams,
            interval=options["interval"],
            stop=stop,
            duration=options["duration"],
            report=lambda: self._say_sometimes(streams),
        )
        self._say(streams)

    def _open(self, options: dict[str, Any]) -> list[Stream]:
        if options["seed"] is not None and options["seed"] < 0:
            raise CommandError("A seed is a whole number, 0 or more.")
        codes = {code.strip() for code in (options["stores"] or "").split(",") if code.strip()}
        try:
            found = [organizations.named(options["organization"])] if options["organization"] else organizations.every()
        except DomainError as error:
            raise CommandError(error.detail) from error
        opened = []
        known: set[str] = set()
        for each in found:
            with tenancy.scope(each.pk):
                stores = dict(Store.objects.filter(code__in=codes).values_list("code", "id")) if codes else {}
            known |= stores.keys()
            ids = set(stores.values()) if codes else None
            opened.append(
                stream.open_stream(organization_id=each.pk, seed=options["seed"], speed=options["speed"], store_ids=ids)
            )
        if codes - known:
            raise CommandError(f"There is no store with the code {', '.join(sorted(codes - known))}.")
        streams = [each for each in opened if each is not None]
        if not streams:
            raise CommandError("There is no sales history to follow: load one with `manage.py import_history`.")
        return streams

    def _say_sometimes(self, streams: list[Stream]) -> None:
        if time.monotonic() - self.said > SAY_SECONDS:
            self.said = time.monotonic()
            self._say(streams)

    def _say(self, streams: list[Stream]) -> None:
        tallies = [each.tally for each in streams]
        sales, units, deliveries, refused = (
            sum(getattr(each, name) for each in tallies) for name in ("sales", "units", "deliveries", "refused")
        )
        self.stdout.write(f"{sales} sales of {units} units, {deliveries} deliveries, {refused} refused.")
        self.stdout.flush()
