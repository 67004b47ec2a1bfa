"""A browser at a real server, for the tests that look at the admin site with a person's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import live_server
from tests.support.tabs import browser, page  # noqa: F401  fixtures

if TYPE_CHECKING:
    from accounts.models import Membership
    from tests.factories.stock import Shop

# This file may be read before the settings are there: models are imported where they are used.


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with live_server(tmp_path_factory.mktemp("web")) as served:
        yield served


@pytest.fixture(scope="module")
def bazaar() -> Shop:
    from tests.factories.accounts import unique
    from tests.factories.desk import busy_shop

    return busy_shop(name=unique("Bazaar"))


@pytest.fixture
def manager(bazaar: Shop) -> Membership:
    from tests.factories.accounts import build_member

    return build_member(bazaar.organization, "manager")
