"""The words of the command line: verbs, options, and the help with examples. No database behind it."""

from __future__ import annotations

import argparse
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from django.core.management.base import CommandParser
from django.utils.dateparse import parse_date, parse_datetime

LARGEST = Decimal(1_000_000_000)
WRONG_INPUT = 2

INTRODUCTION = """\
Runs a shop from the command line. Nothing else has to run: the embedded database starts and stops with each
command, and stays up while `manage.py up` runs. Products go by SKU, barcode or name, stores by code or name.

Exit code: 0 done, 1 refused by the ledger (such as not enough stock), 2 wrong words or input."""

EXAMPLES = {
    "setup": (
        'setup --organization "Corner shop" --store Shop --time-zone Europe/Madrid --currency EUR\n'
        "setup --store Warehouse --kind warehouse"
    ),
    "receive": 'receive TEA-1 40\nreceive TEA-1 40 --new "Earl Grey" --price 4.50 --cost 2.10 --reorder 10',
    "sell": 'sell TEA-1 2\nsell "earl grey" 2 --price 4.20 --at 14:30',
    "remove": 'remove TEA-1 1 --reason "past its date"',
    "adjust": "adjust TEA-1 5 --reason found\nadjust TEA-1 --reason damaged -- -3",
    "move": "move TEA-1 5 --from Shop --to Warehouse",
    "count": "count TEA-1 42",
    "show": "show\nshow tea --store Shop\nshow TEA-1 --json",
    "history": "history TEA-1\nhistory TEA-1 --since 2026-05-01 --limit 50",
    "low": "low\nlow --store Shop --json",
}
MEANINGS = {
    "setup": "Make the shop: an organisation, its store, a login for later. Again: another store.",
    "receive": "Take in goods; --new adds the product.",
    "sell": "Sell units.",
    "remove": "Take units out that were not sold: broken, stolen, used up.",
    "adjust": "Correct the stock by a signed number. Put a negative one after --.",
    "move": "Move units to another store.",
    "count": "Say what is on the shelf; the difference is booked.",
    "show": "What is in stock: all of it, or what fits the words.",
    "history": "What happened to a product, newest first.",
    "low": "What is low, out or below zero, and what is missing.",
}


class Parser(CommandParser):
    """Says in one sentence what is wrong, instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_INPUT, f"{message[:1].upper()}{message[1:]}. See `{self.prog} --help`.\n")


def quantity(text: str) -> Decimal:
    """A number with at most three decimals."""
    value = _decimal(text)
    if value != round(value, 3):
        raise argparse.ArgumentTypeError(f"{text} has more than three decimals")
    return value


def positive(text: str) -> Decimal:
    value = quantity(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not greater than zero")
    return value


def not_negative(text: str) -> Decimal:
    value = quantity(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is below zero")
    return value


def price(text: str) -> Decimal:
    value = _decimal(text)
    if value < 0 or value != round(value, 4):
        raise argparse.ArgumentTypeError(f"{text} is no price")
    return value


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.strip()[:64])
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    if abs(value) > LARGEST:
        raise argparse.ArgumentTypeError(f"{text} is too large")
    return value


def moment(text: str) -> str | datetime:
    """A time of day as it was typed, or a date and time; what has no offset is the store's clock."""
    if len(text) <= 5 and text.replace(":", "").isdigit():
        text = f"{text:0>5}"
        if "00:00" <= text <= "23:59" and text[2] == ":" and text[3:] <= "59":
            return text
    try:
        found = parse_datetime(text) or parse_datetime(f"{parse_date(text)}T00:00")
    except ValueError:
        found = None
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 14:30, 2026-05-01 or 2026-05-01T14:30")
    return found


def limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 10000")
    return int(text)


def parser(prog: str) -> Parser:
    """Every verb with its options; `verb` names the chosen one."""
    top = Parser(prog=prog, description=INTRODUCTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.called_from_command_line = True  # type: ignore[attr-defined]
    # What Django's own commands take from everyone.
    top.set_defaults(force_color=False, no_color=False, traceback=False, settings=None, pythonpath=None, verbosity=1)
    top.set_defaults(skip_checks=True)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=Parser)
    for verb, meaning in MEANINGS.items():
        examples = "\n".join(f"  manage.py stock {line}" for line in EXAMPLES[verb].splitlines())
        words = verbs.add_parser(
            verb,
            help=meaning,
            description=meaning,
            epilog=f"examples:\n{examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        _ADD[verb](words)
        _add_common(words)
    return top


def _add_common(words: Any) -> None:
    words.add_argument("--json", action="store_true", help="print JSON instead")
    words.add_argument("--data-dir", help="where the instance keeps its files (var/ beside manage.py)")
    if not words.prog.endswith(" setup"):
        words.add_argument("--organization", metavar="NAME", help="may be left out when there is only one")


def _add_setup(words: Any) -> None:
    words.add_argument("--organization", metavar="NAME", help="a new one, or the one that gets another store")
    words.add_argument("--store", metavar="NAME", default="Shop")
    words.add_argument("--kind", choices=["shop", "warehouse", "online"], default="shop")
    words.add_argument("--time-zone", help="such as Europe/Madrid (UTC, or the organisation's)")
    words.add_argument("--currency", help="of a new organisation, such as EUR (USD)")


def _add_write(words: Any, *, unit: Any = positive, at: bool = True) -> None:
    words.add_argument("product", help="SKU, barcode or name")
    words.add_argument("quantity", type=unit)
    words.add_argument("--reason", default="", help="why, for the history")
    words.add_argument("--key", help="your own word for this change: sent twice, it counts once")
    if at:
        words.add_argument("--at", type=moment, help="when it happened; now when left out")


def _add_store(words: Any) -> None:
    words.add_argument("--store", metavar="NAME", help="may be left out when there is only one")


def _add_receive(words: Any) -> None:
    _add_write(words)
    _add_store(words)
    words.add_argument("--reference", default="", help="delivery note or order number")
    words.add_argument("--new", metavar="NAME", help="add the product under this name first; its SKU is PRODUCT")
    for option, meaning in {"--price": "selling price", "--cost": "buying price"}.items():
        words.add_argument(option, type=price, help=f"{meaning} of the new product")
    words.add_argument("--reorder", type=not_negative, help="at or below this it counts as low")
    words.add_argument("--unit", help="of the new product, such as kg (each)")
    words.add_argument("--barcode", help="of the new product")


def _add_sell(words: Any) -> None:
    _add_write(words)
    _add_store(words)
    words.add_argument("--price", type=price, help="for one unit; the product's own when left out")


def _add_remove(words: Any) -> None:
    _add_write(words)
    _add_store(words)


def _add_adjust(words: Any) -> None:
    _add_write(words, unit=quantity)
    _add_store(words)


def _add_move(words: Any) -> None:
    _add_write(words, at=False)
    words.add_argument("--from", dest="from_store", metavar="STORE", required=True)
    words.add_argument("--to", dest="to_store", metavar="STORE", required=True)


def _add_count(words: Any) -> None:
    _add_write(words, unit=not_negative, at=False)
    _add_store(words)


def _add_show(words: Any) -> None:
    words.add_argument("product", nargs="?", help="SKU, or words of the name")
    _add_store(words)


def _add_history(words: Any) -> None:
    words.add_argument("product", help="SKU, barcode or name")
    _add_store(words)
    words.add_argument("--since", type=moment, help="leave out what happened before")
    words.add_argument("--limit", type=limit, default=20)


_ADD = {
    "setup": _add_setup,
    "receive": _add_receive,
    "sell": _add_sell,
    "remove": _add_remove,
    "adjust": _add_adjust,
    "move": _add_move,
    "count": _add_count,
    "show": _add_show,
    "history": _add_history,
    "low": _add_store,
}
