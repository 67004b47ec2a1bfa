"""load_demo keeps away from other people's data, and from people whose passwords it does not know."""

from __future__ import annotations

import stat
from collections import Counter
from pathlib import Path

import pytest

from accounts.models import User
from accounts.selectors import organizations
from inventory_project.demo import loader
from inventory_project.demo.assortment import HARBOUR
from inventory_project.kernel import tenancy
from inventory_project.kernel.errors import Conflict
from stock.models import PurchaseOrder
from tests.factories.accounts import build_organization


def quiet(line: str) -> None:
    """Nobody listens."""


def test_it_refuses_where_somebody_elses_data_is(tmp_path: Path) -> None:
    build_organization(name="Real Shop")
    with pytest.raises(Conflict, match="already holds data"):
        loader.load(logins_file=tmp_path / "logins.json", alongside=False, say=quiet)
    assert not (tmp_path / "logins.json").exists()


def interrupted(line: str) -> None:
    """Told that a company is loaded, the person at the keyboard has had enough."""
    raise KeyboardInterrupt


def orders_by_state() -> Counter[str]:
    """The demo's orders to suppliers; the load was interrupted once and must not have made them twice."""
    organization_id = max(each.pk for each in organizations.every() if each.name == HARBOUR.name)
    with tenancy.scope(organization_id):
        return Counter(PurchaseOrder.objects.values_list("status", flat=True))


def test_told_to_it_loads_once_and_never_draws_new_passwords(tmp_path: Path) -> None:
    file = tmp_path / "logins.json"
    with pytest.raises(KeyboardInterrupt):
        loader.load(logins_file=file, alongside=True, say=interrupted)
    assert not file.exists()  # it appears when there is something to sign in to
    [kept] = tmp_path.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    drawn = loader.load(logins_file=file, alongside=True, say=quiet)
    assert list(tmp_path.iterdir()) == [file]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert all(User.objects.get(username=login.username).check_password(login.password) for login in drawn)
    people = User.objects.filter(username__in=[login.username for login in drawn])
    assert all(person.email.endswith(".example") for person in people)  # lists can be mailed to them
    assert orders_by_state() == {
        "draft": 1, "sent": 2, "partially_received": 1, "received": 1, "closed": 1,
    }  # fmt: skip
    assert loader.load(logins_file=file, alongside=False, say=quiet) == []
    file.unlink()
    with pytest.raises(Conflict, match="restore it"):
        loader.load(logins_file=file, alongside=True, say=quiet)
    assert not file.exists()
