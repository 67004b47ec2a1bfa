"""A browser at a real server, for the tests that look at the admin site with a person's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.browser import chromium, live_server

if TYPE_CHECKING:
    from accounts.models import Membership
    from tests.factories.stock import Shop

# This file may be read before the settings are there: models are imported where they are used.


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with live_server(tmp_path_factory.mktemp("web")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium(viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture(scope="module")
def bazaar() -> Shop:
    from tests.factories.accounts import unique
    from tests.factories.desk import busy_shop

    return busy_shop(name=unique("Bazaar"))


@pytest.fixture
def manager(bazaar: Shop) -> Membership:
    from tests.factories.accounts import build_member

    return build_member(bazaar.organization, "manager")


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
    return message.type == "error" and "status of 422" not in message.text and not wants_icon


def is_elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))
