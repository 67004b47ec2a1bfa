"""What a command prints: a sentence, a table, or the same as JSON."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TextIO

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from inventory_project.kernel.json import plain

# Where nobody looks at a terminal a row stays one line, however long its names are.
ANY_WIDTH = 10_000
STYLES = {"low": "yellow", "out": "red", "negative": "bold red", "rejected": "red"}


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is for programs; people get the rows under the headings, then the sentence."""

    data: Any
    sentence: str = ""
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = field(default_factory=list)


def number(value: Decimal | float) -> str:
    """A quantity as people write it: no trailing zeros, no exponent."""
    return f"{Decimal(str(value)).normalize():f}"


def signed(value: Decimal) -> str:
    """A change: always with its sign."""
    return number(value) if value < 0 else f"+{number(value)}"


def money(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,.2f}"


def show(answer: Answer, stream: TextIO, *, as_json: bool) -> None:
    if as_json:
        stream.write(orjson.dumps(answer.data, default=plain, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    if answer.rows:
        _table(answer, stream)
    if answer.sentence:
        stream.write(answer.sentence + "\n")


def _table(answer: Answer, stream: TextIO) -> None:
    terminal = stream.isatty()
    drawn = io.StringIO()
    console = Console(file=drawn, force_terminal=terminal, width=None if terminal else ANY_WIDTH, highlight=False)
    table = Table(box=None, show_edge=False, pad_edge=False, header_style="bold")
    for position, heading in enumerate(answer.headings):
        numeric = all(isinstance(row[position], Decimal | int) or row[position] == "" for row in answer.rows)
        table.add_column(heading, justify="right" if numeric else "left", no_wrap=not terminal)
    for row in answer.rows:
        table.add_row(*(Text(cell := _cell(value), style=STYLES.get(cell, "")) for value in row))
    console.print(table)
    for line in drawn.getvalue().splitlines():
        stream.write(line.rstrip() + "\n")


def _cell(value: Any) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)
