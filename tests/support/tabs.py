"""Fixtures of tests that look at a page with a person's eyes. Their folder says which server `address` is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium(viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A fresh page without cookies. Whatever the browser complains of, or asks of another host, fails the test."""
    browser.clear_cookies()
    tab = browser.new_page()
    tab.set_default_timeout(8000)
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda asked: complaints.append(asked.url) if is_elsewhere(asked.url, address) else None)
    yield tab
    tab.close()
    assert complaints == []


def is_complaint(message: Any) -> bool:
    """A form that is shown again with what was wrong is no failure, though the browser notes its status; nor is the
    icon it looks for beside an answer that is no page."""
    wants_icon = message.location["url"].endswith("/favicon.ico")
    shown_again = any(f"status of {status}" in message.text for status in (400, 401, 422))
    return message.type == "error" and not shown_again and not wants_icon


def is_elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))
