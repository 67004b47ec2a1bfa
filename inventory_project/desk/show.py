"""How the admin site writes numbers, instants and states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

NOTHING = "–"
RAISED, LOWERED = "text-green-700 dark:text-green-400", "text-red-700 dark:text-red-400"


def number(value: Decimal | int | float | None) -> str:
    """Without trailing zeros, thousands apart: 1,234.5."""
    if value is None:
        return NOTHING
    return f"{Decimal(str(value)).normalize():,f}"


def money(value: Decimal | int | float | None) -> str:
    """Two decimals, more only where they say something."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value))
    return f"{exact:,.2f}" if exact == round(exact, 2) else f"{exact.normalize():,f}"


def signed(value: Decimal) -> SafeString:
    """A change: plus in green, minus in red."""
    sign = "+" if value > 0 else "−"
    return format_html('<span class="{}">{}{}</span>', RAISED if value > 0 else LOWERED, sign, number(abs(value)))


def instant(value: datetime | None) -> str:
    return NOTHING if value is None else f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def link(url: str, text: object) -> SafeString:
    return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', url, text)


def badge(text: object, kind: str = "") -> SafeString:
    """A coloured label; `kind` is success, info, warning, danger or nothing."""
    return render_to_string("unfold/helpers/label.html", {"text": text, "type": kind})


def facts(values: Any) -> SafeString | str:
    """A mapping as lines `name: value`; anything else as it is."""
    if not isinstance(values, dict) or not values:
        return NOTHING
    rows = ((name.replace("_", " "), NOTHING if value in (None, "") else value) for name, value in values.items())
    return format_html_join("", '<div class="break-words"><span class="font-medium">{}</span>: {}</div>', rows)


def column(title: str, *, order: str | None = None, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A list column with a title."""
    return display(description=title, ordering=order, **options)
