from __future__ import annotations

import pytest

from accounts.models import Organization
from tests.factories.accounts import build_organization


@pytest.fixture
def organization() -> Organization:
    return build_organization()
