"""The built dashboard on a real server, for tests that use it as a person does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from inventory_project.runtime.instance import BASE_DIR
from tests.support.listening import web_server
from tests.support.tabs import browser, page  # noqa: F401  fixtures

if TYPE_CHECKING:
    from accounts.models import Membership
    from tests.factories.stock import Shop

BUILD = BASE_DIR / "frontend" / "out"

# This file may be read before the settings are there: models are imported where they are used.


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from inventory_project import dashboard

    assert dashboard.is_built(BUILD), "build it first: make dashboard"
    with web_server(DASHBOARD_ROOT=str(BUILD)) as served:
        yield served


@pytest.fixture(scope="module")
def shop() -> Shop:
    from tests.factories.accounts import unique
    from tests.factories.desk import busy_shop

    return busy_shop(name=unique("Corner"))


@pytest.fixture
def manager(shop: Shop) -> Membership:
    from tests.factories.accounts import build_member

    return build_member(shop.organization, "manager")
