"""Filling an installation with the demo companies, through the services a real shop uses. Safe to repeat."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from accounts.models import Organization, User
from accounts.selectors import credentials, organizations
from accounts.services import members, registration
from audit import services as audit
from audit.models import AuditEntry
from catalog.models import Supplier
from catalog.services import bulk as products
from catalog.services import suppliers
from inventory_project.demo import purchases
from inventory_project.demo.assortment import COMPANIES, Company
from inventory_project.demo.trade import Trade
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM, Access, Role
from inventory_project.kernel.errors import Conflict
from stock.services import history, movements, transfers
from stores.services import stores

LOADED = "accounts.demo.loaded"
BULK = 5000
REQUEST_ID = "load_demo"
# What the warehouse sent on today.
TRANSFERS = (("DOWNTOWN", "TEA-001", 12), ("MALL", "SNA-001", 20), ("ONLINE", "COF-002", 12))


@dataclass(frozen=True, slots=True)
class Login:
    """One person to sign in as, as demo-logins.json keeps it."""

    username: str
    password: str
    role: str
    organization: str
    stores: list[str] | None


def load(*, logins_file: Path, alongside: bool, say: Callable[[str], None]) -> list[Login]:
    """Load what is missing. Returns the logins when they are new, else nothing.

    1. Passwords are drawn and kept before the people they belong to exist, so an interrupted load can go on.
    2. Each company: its admin, stores, goods, people, a year of demand, a week of movements.
    3. The file of logins appears: whoever finds it finds the demo whole.
    Raises Conflict when the installation already holds somebody's own data, or the demo's without its logins.
    """
    partial = logins_file.with_name(f".{logins_file.name}.loading")
    known = _read(logins_file) or _read(partial)
    names = {company.name for company in COMPANIES}
    others = [each.name for each in organizations.every() if each.name not in names]
    if others and not known and not alongside:
        raise Conflict(
            f"This installation already holds data of {', '.join(others[:3])}. The demo would stand beside it; "
            "use `load_demo --alongside` when that is wanted."
        )
    logins = known or [login for company in COMPANIES for login in _draw(company)]
    if not known:
        _require_unused([login.username for login in logins], logins_file)
        _write(partial, logins)
    passwords = {login.username: login.password for login in logins}
    for company in COMPANIES:
        _Loader(company, passwords, say).run()
    if logins_file.exists():
        return []
    partial.rename(logins_file)
    return logins


def _require_unused(usernames: list[str], logins_file: Path) -> None:
    if User.objects.filter(username__in=usernames).exists():
        raise Conflict(f"The demo's people are here, but {logins_file} is not: restore it, or start without --demo.")


def _draw(company: Company) -> list[Login]:
    return [
        Login(f"{company.key}-{name}", secrets.token_urlsafe(12), role, company.name, list(codes) if codes else None)
        for name, role, codes in company.people
    ]


def _address(username: str) -> str:
    """Where lists and letters would reach a person of the demo; mail to .example goes nowhere."""
    return f"{username}@onhand.example"


def _read(file: Path) -> list[Login]:
    try:
        return [Login(**row) for row in json.loads(file.read_text())]
    except FileNotFoundError:
        return []


def _write(file: Path, logins: list[Login]) -> None:
    """All of it or none, also when the process is killed meanwhile."""
    draft = file.with_name(f"{file.name}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump([asdict(login) for login in logins], stream, indent=2)
        stream.write("\n")
    draft.rename(file)


@dataclass(slots=True)
class _Loader:
    company: Company
    passwords: Mapping[str, str]
    say: Callable[[str], None]

    def run(self) -> None:
        access = self._admin()
        with tenancy.scope(access.organization_id):
            if AuditEntry.objects.filter(action=LOADED).exists():
                return
            created = Organization.objects.get(pk=access.organization_id).created_at
        trade = Trade(self.company, created.date())
        with tenancy.scope(access.organization_id, durable=True):
            store_ids = self._places()
            self._catalogue(trade)
        self._people(store_ids, access)
        loaded = history.load(
            file=trade.history(), name="demo", organization_id=access.organization_id, acting_as=SYSTEM
        )
        count = self._move(trade, access)
        with tenancy.scope(access.organization_id, durable=True):
            facts = {"history_rows": loaded.rows, "movements": count}
            audit.record(
                LOADED,
                acting_as=SYSTEM,
                object_type="organization",
                object_id=access.organization_id,
                object_label=self.company.name,
                detail=facts,
            )
        self.say(f"{self.company.name}: {len(store_ids)} stores, {len(trade.goods())} products, {count} movements.")

    def _admin(self) -> Access:
        username = f"{self.company.key}-admin"
        user = User.objects.filter(username=username).first() or registration.register(
            organization=self.company.name,
            username=username,
            email=_address(username),
            password=self.passwords[username],
            request_id=REQUEST_ID,
            time_zone=self.company.time_zone,
        )
        return credentials.list_memberships(user_id=user.pk)[0].access

    def _places(self) -> dict[str, int]:
        names = ("code", "name", "kind", "location", "region", "time_zone")
        rows = [{name: getattr(place, name) for name in names} for place in self.company.places]
        return stores.ensure_many(rows, acting_as=SYSTEM)

    def _catalogue(self, trade: Trade) -> None:
        supplier_ids = {name: self._supplier(name, days) for name, days in self.company.suppliers.items()}
        rows = [
            {
                "sku": good.sku,
                "name": good.name,
                "category": category,
                "supplier_id": supplier_ids[supplier],
                "unit": good.unit,
                "unit_cost": good.cost,
                "sale_price": good.price,
                "reorder_level": trade.reorder_level(good),
                "pack_size": good.pack,
                "moq": good.pack * 2,
                "lead_time_days": self.company.suppliers[supplier],
                "barcodes": [{"code": _barcode(self.company.seed, good.sku), "units": 1}],
            }
            for category, (supplier, goods) in self.company.goods.items()
            for good in goods
        ]
        products.ensure_many(rows, acting_as=SYSTEM)

    def _supplier(self, name: str, lead_time_days: int) -> int:
        found = Supplier.objects.filter(name=name).first()
        values = {"name": name, "lead_time_days": lead_time_days, "email": f"orders@{name.split()[0].lower()}.example"}
        return int((found or suppliers.create(acting_as=SYSTEM, values=values)).pk)

    def _people(self, store_ids: Mapping[str, int], access: Access) -> None:
        for name, role, codes in self.company.people:
            username = f"{self.company.key}-{name}"
            if User.objects.filter(username=username).exists():
                continue
            # The hash takes its time: made before the transaction.
            user = registration.new_person(
                username=username, email=_address(username), password=self.passwords[username]
            )
            ids = None if codes is None else [store_ids[code] for code in codes]
            with tenancy.scope(access.organization_id, durable=True):
                members.add(user=user, role=Role(role), store_ids=ids, acting_as=SYSTEM)

    def _move(self, trade: Trade, access: Access) -> int:
        """The week's movements; keys make a repeat harmless."""
        actor, rows = access.actor(REQUEST_ID), trade.movements()
        for first in range(0, len(rows), BULK):
            movements.submit_many(raws=rows[first : first + BULK], access=access, acting_as=actor, source="demo")
        codes = {place.code for place in self.company.places}
        for store, product, quantity in TRANSFERS if "WAREHOUSE" in codes else ():
            transfers.move(
                from_store="WAREHOUSE",
                to_store=store,
                product=product,
                quantity=quantity,
                reason="Weekly round",
                key=f"demo:transfer:{store}",
                access=access,
                acting_as=actor,
            )
        if purchases.STORE in codes:
            purchases.load(today=trade.today, access=access, acting_as=actor)
        return len(rows)


def _barcode(seed: int, sku: str) -> str:
    """An EAN-13 of the range kept for numbers inside a company (prefix 2)."""
    digits = f"2{(seed * 1_000_003 + int.from_bytes(sku.encode())) % 10**11:011d}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"
