"""Two companies that must never see each other, each with a row in every tenant table.

Every text of a company begins with its mark, and every text of its far store also holds FAR: a body that holds another
company's mark, or FAR for a caller who is limited to the near store, has leaked.
"""

from __future__ import annotations

import io
import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Exists, OuterRef
from rest_framework.test import APIClient

from accounts.models import Membership, Organization
from accounts.services import invitations
from catalog.models import Product
from forecasting.choices import Trigger
from forecasting.models import Alert, ForecastPromise, ForecastRun, RestockLine, RestockPolicy
from forecasting.models.alerts import SHORTAGES
from forecasting.services import alert_reviews, finishing, proposals, runs
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM
from stock.choices import Kind
from stock.models import BalanceCall, InboxMovement, Stock, StoreMailing
from stock.services import history, lanes, ledger_rows, mailings, sales_rollup, snapshots, verification
from stock.services.exports import making
from stock.services.imports import running
from stores.models import Store
from tests.factories.accounts import api_client, build_member, build_organization, build_token
from tests.factories.catalog import build_category, build_product, build_supplier
from tests.factories.stores import build_store
from webhooks.models import WebhookDelivery, WebhookEndpoint

FAR = "hinterland"
# No other number of the two companies contains it.
COST = "777.7713"
SPARE_LINES = 20
_addresses = itertools.count(1)


def fresh_address() -> str:
    """A client address of its own, so that rate limits by address never join two tests."""
    number = next(_addresses)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def client_of(secret: str | None) -> APIClient:
    return api_client(secret, REMOTE_ADDR=fresh_address())


@dataclass
class Company:
    """One organisation: `near` is the store that limited callers may see, `far` the one they may not.

    `depot` they may not see either, but for its name as the other end of a transfer.
    """

    mark: str
    organization: Organization
    near: Store
    far: Store
    depot: Store
    products: list[Product]
    admin: Membership
    client: APIClient
    seen: dict[str, Any] = field(default_factory=dict)

    def member(self, role: str, *, limited: bool = False, **values: Any) -> Membership:
        stores = [self.near] if limited else None
        return build_member(
            self.organization, role, stores=stores, username=f"{self.mark}-{uuid.uuid4().hex}", **values
        )

    def client_for(self, role: str, *, limited: bool = False, **token: Any) -> APIClient:
        return client_of(build_token(self.member(role, limited=limited), **token))

    def move(self, store: Store, kind: str = "IN", quantity: Any = 5, product: int = 0, **more: Any) -> str:
        """Submit a movement as the admin, wait until it is final; its id."""
        body = {
            "store": store.id,
            "product": self.products[product].id,
            "movement_type": kind,
            "quantity": quantity,
            "reason": f"{store.name} moved",
            **more,
        }
        answer = self.client.post("/api/stock-movements/", body, HTTP_PREFER="wait=5")
        assert answer.status_code in (200, 201), answer.content
        return str(answer.json()["id"])

    def transfer(self, source: Store, destination: Store, *steps: str) -> str:
        """A transfer of one unit, taken through the steps by the admin; its id."""
        if "dispatch" in steps:
            self.move(source, "IN", 1)
        body = {
            "from_store": source.id,
            "to_store": destination.id,
            "lines": [{"product": self.products[0].id, "quantity": 1}],
            "note": f"from {source.name}",
        }
        key = f"{self.mark} {uuid.uuid4().hex}"
        answer = self.client.post("/api/transfers/", body, HTTP_IDEMPOTENCY_KEY=key)
        assert answer.status_code == 201, answer.content
        for step in steps:
            done = self.client.post(f"/api/transfers/{answer.json()['id']}/{step}/")
            assert done.status_code == 200, done.content
        return str(answer.json()["id"])

    def restock_policy(self, store: Store) -> int:
        """A policy for a product of its own in the store; its id."""
        product = build_product(self.organization, name=f"{self.mark} {uuid.uuid4().hex}")
        body = {"scope": "product", "store": store.pk, "product": product.pk}
        answer = self.client.post("/api/restock/policies/", body)
        assert answer.status_code == 201, answer.content
        return int(answer.json()["id"])

    def restock_line(self, store: Store) -> int:
        """A line of a product of its own for the store, that can be decided about; its id."""
        product = build_product(self.organization, name=f"{self.mark} {uuid.uuid4().hex}")
        with tenancy.scope(self.organization.id):
            line = RestockLine.objects.filter(proposal_id=self.seen["restock proposal"], store=store).earliest("id")
            line.pk, line.product = None, product
            line.save(force_insert=True)
            return int(line.pk)

    def alert(self, store: Store) -> int:
        """An alert of a product of its own in the store, with a supplier to order from; its id."""
        supplier = self.products[0].supplier
        product = build_product(self.organization, name=f"{self.mark} {uuid.uuid4().hex}", supplier=supplier)
        with tenancy.scope(self.organization.id):
            alert = Alert.objects.filter(store=store, kind__in=SHORTAGES, closed_at=None).earliest("id")
            alert.pk, alert.product = None, product
            alert.save(force_insert=True)
            return int(alert.pk)

    def override(self, store: Store) -> int:
        """A line that was accepted with another quantity three months ago; its id."""
        line = self.restock_line(store)
        changed = {"quantity": 7, "reason": f"{store.name} knows better"}
        assert self.client.patch(f"/api/restock/lines/{line}/", changed).status_code == 200
        answer = self.client.post("/api/restock/accept/", {"lines": [line], "fresh": True})
        assert answer.status_code == 201, answer.content
        with tenancy.scope(self.organization.id):
            RestockLine.objects.filter(pk=line).update(decided_at=clock.now() - timedelta(days=90))
        return line

    def open_line(self) -> RestockLine:
        """A line that nobody has decided about, of a product without a policy of its own; nothing is written."""
        with tenancy.scope(self.organization.id):
            policies = RestockPolicy.objects.filter(store=self.near, product_id=OuterRef("product_id"))
            lines = RestockLine.objects.filter(pk__in=self.seen["spare lines"], status="proposed")
            found: RestockLine = lines.exclude(Exists(policies)).latest("id")
            return found

    def reserve(self, store: Store, **values: Any) -> str:
        """A reservation of one unit, made by the admin; its id."""
        self.move(store, "IN", 1)
        line = {"product": self.products[0].id, "quantity": 1}
        body = {"store": store.id, "lines": [line], "note": f"for {store.name}", "reference": store.name, **values}
        answer = self.client.post("/api/reservations/", body, HTTP_IDEMPOTENCY_KEY=f"{self.mark} {uuid.uuid4().hex}")
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])

    def buy(self, store: Store, *steps: str) -> str:
        """An order of one unit to the company's supplier, taken through the steps by the admin; its id."""
        body = {
            "supplier": self.products[0].supplier_id,
            "store": store.id,
            "lines": [{"product": self.products[0].id, "quantity": 1}],
            "note": f"for {store.name}",
            "reference": store.name,
        }
        key = f"{self.mark} {uuid.uuid4().hex}"
        answer = self.client.post("/api/purchase-orders/", body, HTTP_IDEMPOTENCY_KEY=key)
        assert answer.status_code == 201, answer.content
        said = {"close": {"reason": store.name}, "cancel": {"reason": store.name}}
        for step in steps:
            path = f"/api/purchase-orders/{answer.json()['id']}/{step}/"
            done = self.client.post(path, said.get(step, {}))
            assert done.status_code == 200, done.content
        return str(answer.json()["id"])

    def take_in(self, store: Store) -> str:
        """A goods receipt of one unit; its id."""
        order = self.client.get(f"/api/purchase-orders/{self.buy(store, 'send', 'receive')}/").json()
        return str(order["receipts"][0]["id"])

    def stock_id(self, store: Store, product: int = 0) -> int:
        with tenancy.scope(self.organization.id):
            return int(Stock.objects.get(store=store, product=self.products[product]).pk)

    def count(self, *verbs: str, store: Store | None = None) -> int:
        """A spot count of the first product, taken through the verbs; its id."""
        place = store or self.near
        body = {"store": place.id, "kind": "spot", "products": [self.products[0].id], "name": f"{place.name} count"}
        answer = self.client.post("/api/counts/", body, HTTP_IDEMPOTENCY_KEY=uuid.uuid4().hex)
        assert answer.status_code == 201, answer.content
        count_id = int(answer.json()["id"])
        for verb in verbs:
            if verb == "submit":
                entry = {"product": self.products[0].id, "quantity": 1000, "place": place.name}
                answer = self.client.post(f"/api/counts/{count_id}/entries/", entry)
                assert answer.status_code == 201, answer.content
            answer = self.client.post(f"/api/counts/{count_id}/{verb}/", {})
            assert answer.status_code == 200, answer.content
        return count_id

    def mail_list(self, store: Store) -> int:
        """The store's list is mailed to an address of its own, and has been today; the store's id."""
        body = {"is_on": True, "hour": 0, "emails": [f"{store.name.replace(' ', '.')}@example.com"]}
        answer = self.client.put(f"/api/mailings/{store.id}/", body)
        assert answer.status_code == 200, answer.content
        with tenancy.scope(self.organization.id):
            mailing = StoreMailing.objects.get(store=store)
        day = mailings.today_in(store)
        mailings.send_due(organization_id=self.organization.id, mailing_id=mailing.pk, due_date=day)
        return store.pk

    def export(self, path: str, client: APIClient | None = None) -> int:
        """A list as a file that is ready, asked for by the admin or by `client`; its id."""
        answer = (client or self.client).post("/api/exports/", {"path": path, "format": "csv"})
        assert answer.status_code == 202, answer.content
        export_id = int(answer.json()["id"])
        assert making.run(job_id=export_id, organization_id=self.organization.id)
        return export_id

    def leave_waiting(self, store: Store, at: datetime | None = None, **values: Any) -> str:
        """Put one movement into its lane without ringing for it; its id."""
        now = (at or clock.now()).isoformat()
        row = ledger_rows.row_defaults(
            id=ledger_rows.new_id(),
            store=store.id,
            product=self.products[0].id,
            kind=Kind.RECEIPT,
            quantity=1,
            effective_at=now,
            recorded_at=now,
            actor=self.admin.user_id,
            actor_label=self.mark,
            request_id="",
            source="api",
            **{"reference": "", "reason": f"{store.name} waits", "unit_price": None, "key": None, **values},
        )
        with tenancy.scope(self.organization.id):
            lanes.put([row], organization_id=self.organization.id)
            return str(InboxMovement.objects.get(id=row["id"]).pk)

    def webhook(self, *stores: Store) -> int:
        """An address that is sent what happens in the stores; its id."""
        names = " and ".join(store.name for store in stores)
        body = {"url": f"https://{self.mark}.example/{uuid.uuid4().hex}", "description": names}
        answer = self.client.post("/api/webhooks/", {**body, "stores": [store.id for store in stores]})
        if answer.json().get("code") == "too_many_webhooks":
            with tenancy.scope(self.organization.id):
                WebhookEndpoint.objects.all().delete()
            return self.webhook(*stores)
        assert answer.status_code == 201, answer.content
        return int(answer.json()["id"])

    def webhook_delivery(self, *, given_up: bool = False) -> int:
        """A delivery to it that nobody took; its id. With `given_up` it is the webhook's that is paused."""
        webhook = self.webhook(self.near)
        with tenancy.scope(self.organization.id):
            WebhookEndpoint.objects.filter(pk=webhook).update(state="paused", reason=f"{self.mark} was gone")
            delivery = WebhookDelivery.objects.create(
                organization=self.organization,
                endpoint_id=webhook,
                status="dead",
                after="1.0",
                until="2.0",
                events=1,
                attempts=3,
                answer=f"{self.mark} was gone",
                finished_at=clock.now(),
            )
        return webhook if given_up else int(delivery.pk)

    def invite(self) -> tuple[int, str]:
        """An open invitation: its id and its secret."""
        with tenancy.scope(self.organization.id):
            invited = invitations.invite(
                email=f"{self.mark}-{uuid.uuid4().hex}@example.com",
                role="staff",
                store_ids=[self.near.id],
                sees_costs=False,
                lifetime=timedelta(days=1),
                link_base="https://onhand.example.com/join/",
                acting_as=SYSTEM,
            )
            return invited.invitation.pk, invited.secret


def build_company(mark: str) -> Company:
    """A company with people, a catalogue, movements in both stores, and one movement waiting in each."""
    mark = f"{mark}{uuid.uuid4().hex[:6]}"
    organization = build_organization(name=f"{mark} company", slug=mark)
    near = build_store(organization, name=f"{mark} near store", code=f"{mark}-near", region=mark)
    far = build_store(organization, name=f"{mark} {FAR} store", code=f"{mark}-{FAR}", region=f"{mark} {FAR}")
    depot = build_store(organization, name=f"{mark} depot", code=f"{mark}-depot")
    category = build_category(organization, name=f"{mark} category")
    supplier = build_supplier(
        organization, name=f"{mark} supplier", contact_name=mark, email=f"{mark}@supplier.example"
    )
    products = [
        build_product(
            organization,
            sku=f"{mark}-{number}",
            name=f"{mark} product {number}",
            category=category,
            supplier=supplier,
            unit_cost=COST,
            sale_price="4.00",
            reorder_level="5",
            barcodes=[{"code": f"{mark}{number}", "units": 1}],
        )
        for number in range(2)
    ]
    admin = build_member(organization, "admin", username=f"{mark}-admin")
    company = Company(mark, organization, near, far, depot, products, admin, client_of(build_token(admin, name=mark)))
    company.member("staff", limited=True)
    _fill(company)
    return company


def _fill(company: Company) -> None:
    # Between stores the near one's people know nothing of. First, because a dispatch applies what waits.
    company.transfer(company.depot, company.far, "request", "dispatch")
    sent = company.transfer(company.far, company.depot, "request", "dispatch")
    company.seen["transfer between other stores"] = sent
    answer = company.client.post("/api/periods/", {"closed_through": "2000-12-31", "reason": company.mark})
    assert answer.status_code == 201, answer.content
    for store in (company.near, company.far):
        company.leave_waiting(store, at=clock.now() - timedelta(days=3))
        company.move(store, "IN", 20, unit_price=4)
        # At costs of their own: an average that takes steps, and what its rounding leaves.
        company.move(store, "IN", 1, product=1, unit_cost=1)
        company.move(store, "IN", 2, product=1, unit_cost=2)
        sold = company.move(store, "OUT", 2, unit_price=4, idempotency_key=f"{store.name} key", reference=store.name)
        answer = company.client.post(f"/api/stock-movements/{sold}/reverse/", {"reason": f"{store.name} undone"})
        assert answer.status_code == 201, answer.content
        company.seen[f"movement in {store.name}"] = sold
        company.seen[f"reservation in {store.name}"] = company.reserve(store)
        done = company.client.post(f"/api/reservations/{company.reserve(store)}/fulfil/", {})
        assert done.status_code == 200, done.content
        company.count("start", "submit", "approve", store=store)
        company.seen[f"order for {store.name}"] = company.buy(store, "send")
        company.seen[f"goods receipt in {store.name}"] = company.take_in(store)
        broken = {"product": company.products[0].id, "quantity": 20}
        body = {"store": store.id, "bucket": "damaged", "lines": [broken], "reason": f"{store.name} flooded"}
        assert company.client.post("/api/stocks/hold/", body).status_code == 201
        company.leave_waiting(store)
    company.invite()
    company.webhook_delivery()
    company.webhook(company.far)
    days = f"date,store,item,sales\n2024-05-01,{company.near.code},{company.products[0].sku},3\n"
    history.load(
        file=io.BytesIO(days.encode()), name="f.csv", organization_id=company.organization.id, acting_as=SYSTEM
    )
    for store in (company.near, company.far):
        _import(company, store)
    snapshots.take(organization_id=company.organization.id)
    # A day that the file and the ledger both know, and sums of everything.
    company.move(company.near, "OUT", 1, unit_price=4, effective_at="2024-05-01T12:00:00Z")
    sales_rollup.roll(organization_id=company.organization.id)
    verification.verify(organization_id=company.organization.id)
    _forecast(company)
    scheduled = {"at": "06:30", "weekdays": [0, 4]}
    assert company.client.put("/api/mailings/schedule/?kind=restock", scheduled).status_code == 200
    for store in (company.near, company.far):
        company.mail_list(store)
        company.seen[f"export of {store.name}"] = company.export(f"/api/stock-movements/?store={store.code}")


def _forecast(company: Company) -> None:
    """A night's forecast of a month ago, whose days have come since, and one that is shown."""
    month_ago = clock.now().date() - timedelta(days=31)
    organization_id = company.organization.id
    runs.request(organization_id=organization_id, trigger=Trigger.NIGHTLY, due_date=month_ago)
    assert not runs.visit(organization_id=organization_id, seconds=600)
    with tenancy.scope(organization_id):
        ForecastPromise.objects.update(first_day=month_ago)
    runs.request(organization_id=organization_id, trigger=Trigger.NIGHTLY, due_date=clock.now().date())
    assert not runs.visit(organization_id=organization_id, seconds=600)
    with tenancy.scope(organization_id):
        company.seen["forecast run"] = ForecastRun.objects.get(is_current=True).pk
    _propose(company)


def _propose(company: Company) -> None:
    """Lines for both stores, whose shelves are never full enough."""
    for store in (company.near, company.far):
        body = {"scope": "store", "store": store.pk, "kind": "min_max", "least": 10_000, "most": 20_000}
        assert company.client.post("/api/restock/policies/", body).status_code == 201
    # A past to replay.
    day = clock.now().date() - timedelta(days=150)
    sold = f"date,store,item,sales\n{day},{company.near.code},{company.products[1].sku},3\n"
    history.load(
        file=io.BytesIO(sold.encode()), name="p.csv", organization_id=company.organization.id, acting_as=SYSTEM
    )
    proposal = proposals.request(organization_id=company.organization.id, acting_as=SYSTEM)
    assert proposals.work(organization_id=company.organization.id, proposal_id=proposal)
    company.seen["restock proposal"] = proposal
    for store in (company.near, company.far):
        company.override(store)
    finishing._judge(company.organization.id)
    assert not alert_reviews.review(organization_id=company.organization.id)
    company.seen["alert"] = company.alert(company.near)
    with tenancy.scope(company.organization.id):
        BalanceCall.objects.create(
            organization=company.organization, store_id=company.far.pk, product_id=company.products[0].pk
        )
    company.seen["spare lines"] = [company.restock_line(company.near) for _ in range(SPARE_LINES)]


def _import(company: Company, store: Store) -> None:
    """A product file with a mapping of its own: one row goes in, one fails."""
    rows = f"Nr,Name,Bestand\n{company.products[1].sku},{company.products[1].name},30\n{store.name},,x\n"
    body = {
        "file": SimpleUploadedFile(f"{store.name}.csv", rows.encode()),
        "kind": "products",
        "mapping": '{"sku": "Nr", "stock": "Bestand", "reorder_level": "Bestand"}',
        "store": store.code,
        "apply": True,
    }
    answer = company.client.post("/api/imports/", body, format="multipart")
    assert answer.status_code == 202, answer.content
    company.seen[f"import into {store.name}"] = answer.json()["id"]
    assert running.run(job_id=answer.json()["id"], organization_id=company.organization.id)


def leaks(body: bytes, words: Iterable[str]) -> list[str]:
    """Those of the words that the body holds."""
    text = body.decode("utf-8", "replace").lower()
    return [word for word in words if word.lower() in text]
