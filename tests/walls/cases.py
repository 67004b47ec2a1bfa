"""What each endpoint does for whom: the table the endpoint tests walk. An endpoint that is missing here fails them."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import ApiToken, Membership
from audit.models import AuditEntry
from inventory_project.kernel import clock, tenancy
from stock.models import StockCountEntry
from stock.services.imports import running
from tests.factories.accounts import PASSWORD, build_token, unique
from tests.factories.catalog import build_category, build_product, build_supplier
from tests.factories.stores import build_store
from tests.support.companies import Company

ANYONE, MEMBER, STAFF, MANAGER, ADMIN = "anyone", "member", "staff", "manager", "admin"
RANKS = [STAFF, MANAGER, ADMIN]
TRANSFERS = ("draft transfer", "requested transfer", "sent transfer", "coming transfer", "received transfer")
PURCHASES = ("draft order", "sent order", "received order", "goods receipt")
MISSING = dict.fromkeys(("movement", "reservation", *TRANSFERS, *PURCHASES), "00000000-0000-7000-8000-000000000000")
MISSING_NUMBER = 999_999_999_999_999


@dataclass(frozen=True)
class Caller:
    """Somebody who calls: a member of `company` with this role, or nobody (role None)."""

    name: str
    client: APIClient
    company: Company
    role: str | None = None
    member: Membership | None = None
    limited: bool = False
    scopes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Case:
    """`least` may call it (with the token scope of `area`); `record` makes the record whose id is in the path."""

    least: str
    status: int = 200
    area: str = ""
    record: str = ""
    body: Callable[[Company], Any] | None = None
    # How the body is sent.
    format: str = "json"
    # Looks at no credentials at all, so a bad token is no obstacle.
    blind: bool = False
    # Ends or changes the caller's own credentials: every call gets a caller of its own.
    spends_caller: bool = False
    # Answers for single callers that follow from the request and not from their rights.
    otherwise: dict[str, int] = field(default_factory=dict)


def fresh_record(kind: str, caller: Caller, company: Company) -> Any:
    """The id of a record of `company`; of the caller's own, and of its own store, where it is limited to those."""
    return RECORDS[kind](caller, company)


def missing_record(kind: str) -> Any:
    return "1-999999999999999" if kind == "forecast" else MISSING.get(kind, MISSING_NUMBER)


def _token(caller: Caller, company: Company) -> int:
    member = caller.member if caller.company is company and caller.member is not None else company.admin
    build_token(member, name=company.mark)
    with tenancy.scope(company.organization.id):
        return int(ApiToken.objects.filter(membership=member).latest("id").pk)


def _entry(caller: Caller, company: Company) -> int:
    with tenancy.scope(company.organization.id):
        return int(AuditEntry.objects.filter(store_id=company.near.id).latest("sequence").sequence)


def _count_with_an_entry(caller: Caller, company: Company) -> int:
    """The entry is the caller's own where the caller may enter any."""
    count_id = company.count("start")
    client = caller.client if caller.company is company else company.client
    client.post(f"/api/counts/{count_id}/entries/", {"product": company.products[0].id, "quantity": 1})
    return count_id


def _import(caller: Caller, company: Company, *, applies: bool = False) -> int:
    """An import the caller sent itself where it may: those limited to some stores see no others."""
    own = caller.company is company and caller.role == MANAGER
    body = {**_file(company), "apply": applies}
    answer = (caller.client if own else company.client).post("/api/imports/", body, format="multipart")
    assert answer.status_code == 202, answer.content
    job_id = int(answer.json()["id"])
    assert running.run(job_id=job_id, organization_id=company.organization.id)
    return job_id


def _file(company: Company) -> dict[str, Any]:
    rows = f"sku,opening_stock,{unique('c')}\n{company.products[0].sku},2000,x\nnothing,2,x\n"
    name = f"{company.near.name}.csv"
    return {"file": SimpleUploadedFile(name, rows.encode(), "text/csv"), "store": str(company.near.id)}


def _other_words(company: Company) -> dict[str, Any]:
    return {"store": str(company.near.id), "mapping": {"stock": "opening_stock"}}


def _last_entry(company: Company) -> int:
    with tenancy.scope(company.organization.id):
        return int(StockCountEntry.objects.latest("id").pk)


def _export(caller: Caller, company: Company) -> int:
    """Everybody sees their own only."""
    own = caller.company is company and caller.role is not None and caller.name != "narrow"
    return company.export(f"/api/inventory/?store={company.near.id}", caller.client if own else None)


RECORDS: dict[str, Callable[[Caller, Company], Any]] = {
    "token": _token,
    "member": lambda caller, company: company.member("staff", limited=True).pk,
    "invitation": lambda caller, company: company.invite()[0],
    "entry": _entry,
    "store": lambda caller, company: (
        (
            company.near
            if caller.limited
            else build_store(company.organization, name=f"{company.mark} {uuid.uuid4().hex}")
        ).pk
    ),
    "category": lambda caller, company: build_category(company.organization, name=f"{company.mark} {unique('C')}").pk,
    "supplier": lambda caller, company: build_supplier(company.organization, name=f"{company.mark} {unique('S')}").pk,
    "product": lambda caller, company: build_product(company.organization, name=f"{company.mark} {unique('P')}").pk,
    "movement": lambda caller, company: company.move(company.near, "IN", 1),
    "stock": lambda caller, company: company.stock_id(company.near),
    "mailed store": lambda caller, company: company.mail_list(company.near),
    "ready import": _import,
    "applied import": lambda caller, company: _import(caller, company, applies=True),
    "ready export": _export,
    "webhook": lambda caller, company: company.webhook(company.near),
    "paused webhook": lambda caller, company: company.webhook_delivery(given_up=True),
    "webhook delivery": lambda caller, company: company.webhook_delivery(),
    "draft transfer": lambda caller, company: company.transfer(company.near, company.depot),
    "requested transfer": lambda caller, company: company.transfer(company.near, company.depot, "request"),
    "sent transfer": lambda caller, company: company.transfer(company.near, company.depot, "request", "dispatch"),
    "coming transfer": lambda caller, company: company.transfer(company.depot, company.near, "request", "dispatch"),
    "received transfer": lambda caller, company: company.transfer(
        company.near, company.depot, "request", "dispatch", "receive"
    ),
    "draft order": lambda caller, company: company.buy(company.near),
    "sent order": lambda caller, company: company.buy(company.near, "send"),
    "received order": lambda caller, company: company.buy(company.near, "send", "receive"),
    "supplier that delivered": lambda caller, company: (
        company.take_in(company.near) and company.products[0].supplier_id
    ),
    "goods receipt": lambda caller, company: company.take_in(company.near),
    "forecast": lambda caller, company: f"{company.near.id}-{company.products[0].id}",
    "forecast run": lambda caller, company: company.seen["forecast run"],
    "restock policy": lambda caller, company: company.restock_policy(company.near),
    "restock proposal": lambda caller, company: company.seen["restock proposal"],
    "alert": lambda caller, company: company.alert(company.near),
    "restock line": lambda caller, company: company.restock_line(company.near),
    "reservation": lambda caller, company: company.reserve(company.near),
    "planned count": lambda caller, company: company.count(),
    "count going on": lambda caller, company: company.count("start"),
    "count with an entry": _count_with_an_entry,
    "submitted count": lambda caller, company: company.count("start", "submit"),
    "posted count": lambda caller, company: company.count("start", "submit", "approve"),
}


def _named(word: str) -> Callable[[Company], Any]:
    return lambda company: {"name": f"{company.mark} {unique(word)}"}


def _movement(company: Company) -> dict[str, Any]:
    return {"store": company.near.id, "product": company.products[0].id, "movement_type": "IN", "quantity": 1}


def _webhook(company: Company) -> dict[str, Any]:
    return {"url": f"https://{company.mark}.example/{unique('x')}", "types": ["stock."]}


def _register(company: Company) -> dict[str, Any]:
    name = unique("new")
    return {"organization": name, "username": name, "email": f"{name}@example.com", "password": PASSWORD}


def _accept(company: Company) -> dict[str, Any]:
    return {"token": company.invite()[1], "username": unique("new"), "password": PASSWORD}


def _transfer(company: Company) -> dict[str, Any]:
    stores = {"from_store": company.near.id, "to_store": company.far.id}
    return {**stores, "product_id": company.products[0].id, "quantity": 1, "reason": "moved"}


def _draft(company: Company) -> dict[str, Any]:
    line = {"product": company.products[0].id, "quantity": 1}
    return {"from_store": company.near.id, "to_store": company.depot.id, "lines": [line]}


def _order(company: Company) -> dict[str, Any]:
    line = {"product": company.products[0].id, "quantity": 1}
    return {"supplier": company.products[0].supplier_id, "store": company.near.id, "lines": [line]}


def _policy(company: Company) -> dict[str, Any]:
    product = company.open_line().product_id
    return {"scope": "product", "store": company.near.id, "product": product, "kind": "min_max"}


def _reservation(company: Company) -> dict[str, Any]:
    return {"store": company.near.id, "lines": [{"product": company.products[0].id, "quantity": 1}]}


def _hold(company: Company) -> dict[str, Any]:
    return {**_reservation(company), "bucket": "damaged", "reason": company.mark}


def _settlement(company: Company) -> dict[str, Any]:
    return {"outcome": "returned", "reason": "came back"}


def _update(company: Company) -> dict[str, Any]:
    return {"store_id": company.near.id, "product_id": company.products[0].id, "delta": 1, "reason": "found"}


_days = itertools.count(date(2001, 1, 1).toordinal())


def _closing(company: Company) -> dict[str, Any]:
    """Another day each time: the same one again is refused."""
    return {"closed_through": date.fromordinal(next(_days)).isoformat(), "reason": company.mark}


def _product(company: Company) -> dict[str, Any]:
    return {"sku": unique("SKU"), "name": f"{company.mark} {unique('P')}", "category": company.products[0].category_id}


def _store(company: Company) -> dict[str, Any]:
    return {"code": unique("S"), "name": f"{company.mark} {unique('store')}"}


CASES: dict[tuple[str, str], Case] = {
    ("home", "get"): Case(ANYONE, 200, blind=True),
    ("health", "get"): Case(ANYONE, blind=True),
    ("health-live", "get"): Case(ANYONE, blind=True),
    ("health-ready", "get"): Case(ANYONE, blind=True),
    ("health-lag", "get"): Case(ANYONE, blind=True),
    # Not for strangers: the callers here come from other machines.
    ("metrics", "get"): Case(ANYONE, 404, blind=True),
    ("schema", "get"): Case(ANYONE, blind=True),
    ("docs", "get"): Case(ANYONE, blind=True),
    ("auth-register", "post"): Case(ANYONE, 201, body=_register, blind=True),
    ("auth-login", "post"): Case(
        ANYONE, body=lambda company: {"username": company.admin.user.username, "password": PASSWORD}, blind=True
    ),
    ("auth-csrf", "get"): Case(ANYONE, blind=True),
    ("auth-status", "get"): Case(ANYONE),
    ("auth-logout", "post"): Case(MEMBER, 204, spends_caller=True),
    ("auth-password", "post"): Case(
        MEMBER,
        204,
        body=lambda company: {"current_password": PASSWORD, "new_password": f"{PASSWORD}-{unique('new')}"},
        spends_caller=True,
        otherwise={"reader": 403, "narrow": 403},
    ),
    ("invitation-accept", "post"): Case(
        ANYONE,
        201,
        body=_accept,
        # A member already; a token limited to some scopes may not join anything.
        otherwise={
            **dict.fromkeys(("staff", "near manager", "manager", "admin", "stranger"), 409),
            "reader": 401,
            "narrow": 401,
        },
    ),
    ("organization", "get"): Case(STAFF, area="accounts"),
    ("organization", "patch"): Case(ADMIN, area="accounts", body=lambda company: {"currency": "EUR"}),
    ("token-list", "get"): Case(STAFF, area="accounts"),
    ("token-list", "post"): Case(STAFF, 201, area="accounts", body=lambda company: {"name": company.mark}),
    ("token-detail", "get"): Case(STAFF, area="accounts", record="token"),
    ("token-detail", "delete"): Case(STAFF, 204, area="accounts", record="token"),
    ("token-rotate", "post"): Case(STAFF, 201, area="accounts", record="token", body=lambda company: {}),
    ("member-list", "get"): Case(MANAGER, area="accounts"),
    ("member-detail", "get"): Case(MANAGER, area="accounts", record="member"),
    ("member-detail", "patch"): Case(
        ADMIN, area="accounts", record="member", body=lambda company: {"stores": [company.near.id]}
    ),
    ("member-detail", "delete"): Case(ADMIN, 204, area="accounts", record="member"),
    ("invitation-list", "get"): Case(ADMIN, area="accounts"),
    ("invitation-list", "post"): Case(
        ADMIN,
        201,
        area="accounts",
        body=lambda company: {"email": f"{unique('x')}@example.com", "role": "staff", "stores": [company.near.id]},
    ),
    ("invitation-detail", "get"): Case(ADMIN, area="accounts", record="invitation"),
    ("invitation-detail", "delete"): Case(ADMIN, 204, area="accounts", record="invitation"),
    ("log-list", "get"): Case(MANAGER, area="audit"),
    ("log-download", "get"): Case(MANAGER, area="audit"),
    ("log-detail", "get"): Case(MANAGER, area="audit", record="entry"),
    ("log-verification", "get"): Case(ADMIN, area="audit"),
    ("changes", "get"): Case(STAFF, area="stock"),
    ("stream", "get"): Case(STAFF, area="stock"),
    ("store-list", "get"): Case(STAFF, area="stores"),
    ("store-list", "post"): Case(ADMIN, 201, area="stores", body=_store),
    ("store-detail", "get"): Case(STAFF, area="stores", record="store"),
    ("store-detail", "put"): Case(MANAGER, area="stores", record="store", body=_store),
    ("store-detail", "patch"): Case(
        MANAGER, area="stores", record="store", body=lambda company: {"location": company.mark}
    ),
    ("store-detail", "delete"): Case(ADMIN, 204, area="stores", record="store"),
    ("store-restore", "post"): Case(ADMIN, area="stores", record="store"),
    ("category-list", "get"): Case(STAFF, area="catalog"),
    ("category-list", "post"): Case(MANAGER, 201, area="catalog", body=_named("category")),
    ("category-detail", "get"): Case(STAFF, area="catalog", record="category"),
    ("category-detail", "put"): Case(MANAGER, area="catalog", record="category", body=_named("category")),
    ("category-detail", "patch"): Case(MANAGER, area="catalog", record="category", body=_named("category")),
    ("category-detail", "delete"): Case(MANAGER, 204, area="catalog", record="category"),
    ("supplier-list", "get"): Case(STAFF, area="catalog"),
    ("supplier-list", "post"): Case(MANAGER, 201, area="catalog", body=_named("supplier")),
    ("supplier-detail", "get"): Case(STAFF, area="catalog", record="supplier"),
    ("supplier-detail", "put"): Case(MANAGER, area="catalog", record="supplier", body=_named("supplier")),
    ("supplier-detail", "patch"): Case(MANAGER, area="catalog", record="supplier", body=_named("supplier")),
    ("supplier-detail", "delete"): Case(MANAGER, 204, area="catalog", record="supplier"),
    ("supplier-restore", "post"): Case(MANAGER, area="catalog", record="supplier"),
    ("product-list", "get"): Case(STAFF, area="catalog"),
    ("product-list", "post"): Case(MANAGER, 201, area="catalog", body=_product),
    ("product-bulk", "post"): Case(MANAGER, area="catalog", body=lambda company: [_product(company)]),
    ("product-detail", "get"): Case(STAFF, area="catalog", record="product"),
    ("product-detail", "put"): Case(MANAGER, area="catalog", record="product", body=_product),
    ("product-detail", "patch"): Case(MANAGER, area="catalog", record="product", body=lambda company: {"moq": 2}),
    ("product-detail", "delete"): Case(MANAGER, 204, area="catalog", record="product"),
    ("product-restore", "post"): Case(MANAGER, area="catalog", record="product"),
    ("inventory", "get"): Case(STAFF, area="stock"),
    ("inventory-update", "post"): Case(STAFF, 201, area="stock", body=_update),
    ("inventory-transfer", "post"): Case(
        STAFF, 201, area="stock", body=_transfer, otherwise={"staff": 400, "near manager": 400}
    ),
    ("transactions", "get"): Case(STAFF, area="stock"),
    ("low-stock", "get"): Case(STAFF, area="reports"),
    ("dashboard", "get"): Case(STAFF, area="reports"),
    ("movement-report", "get"): Case(STAFF, area="reports"),
    ("report-valuation", "get"): Case(STAFF, area="reports"),
    ("report-ageing", "get"): Case(STAFF, area="reports"),
    ("report-dead-stock", "get"): Case(STAFF, area="reports"),
    ("report-abc-xyz", "get"): Case(STAFF, area="reports"),
    ("report-turnover", "get"): Case(STAFF, area="reports"),
    ("report-days-of-cover", "get"): Case(STAFF, area="reports"),
    ("report-sell-through", "get"): Case(STAFF, area="reports"),
    ("report-shrinkage", "get"): Case(STAFF, area="reports"),
    ("report-transfers-in-transit", "get"): Case(STAFF, area="reports"),
    ("report-restock", "get"): Case(STAFF, area="reports"),
    ("sales", "get"): Case(STAFF, area="reports"),
    ("sales-aggregated", "get"): Case(STAFF, area="reports"),
    ("sales-metrics", "get"): Case(STAFF, area="reports"),
    ("movement-timeline", "get"): Case(STAFF, area="reports"),
    ("movements-by-category", "get"): Case(STAFF, area="reports"),
    ("movement-list", "get"): Case(STAFF, area="stock"),
    ("movement-list", "post"): Case(STAFF, 202, area="stock", body=_movement),
    ("movement-bulk", "post"): Case(STAFF, area="stock", body=lambda company: [_movement(company)]),
    ("movement-detail", "get"): Case(STAFF, area="stock", record="movement"),
    ("movement-reverse", "post"): Case(
        STAFF, 201, area="stock", record="movement", body=lambda company: {"reason": "undone"}
    ),
    ("transfer-list", "get"): Case(STAFF, area="stock"),
    ("transfer-list", "post"): Case(STAFF, 201, area="stock", body=_draft),
    ("transfer-detail", "get"): Case(STAFF, area="stock", record="draft transfer"),
    ("transfer-detail", "patch"): Case(
        STAFF, area="stock", record="draft transfer", body=lambda company: {"note": company.mark}
    ),
    ("transfer-timeline", "get"): Case(STAFF, area="stock", record="sent transfer"),
    ("transfer-request", "post"): Case(STAFF, area="stock", record="draft transfer"),
    ("transfer-approve", "post"): Case(MANAGER, area="stock", record="requested transfer"),
    ("transfer-dispatch", "post"): Case(STAFF, area="stock", record="requested transfer"),
    ("transfer-receive", "post"): Case(STAFF, area="stock", record="coming transfer"),
    ("transfer-settle", "post"): Case(STAFF, area="stock", record="sent transfer", body=_settlement),
    ("transfer-close", "post"): Case(STAFF, area="stock", record="received transfer"),
    ("transfer-cancel", "post"): Case(STAFF, area="stock", record="requested transfer"),
    ("transfers-unsettled", "get"): Case(STAFF, area="stock"),
    ("transfers-in-transit", "get"): Case(STAFF, area="stock"),
    ("purchase-list", "get"): Case(STAFF, area="stock"),
    ("purchase-list", "post"): Case(MANAGER, 201, area="stock", body=_order),
    ("purchase-detail", "get"): Case(STAFF, area="stock", record="sent order"),
    ("purchase-detail", "patch"): Case(
        MANAGER, area="stock", record="draft order", body=lambda company: {"note": company.mark}
    ),
    ("purchase-timeline", "get"): Case(STAFF, area="stock", record="sent order"),
    ("purchase-send", "post"): Case(MANAGER, area="stock", record="draft order"),
    ("purchase-resend", "post"): Case(MANAGER, area="stock", record="sent order"),
    ("purchase-receive", "post"): Case(STAFF, area="stock", record="sent order"),
    ("purchase-close", "post"): Case(MANAGER, area="stock", record="received order"),
    ("purchase-cancel", "post"): Case(MANAGER, area="stock", record="sent order"),
    ("goods-receipt-list", "get"): Case(STAFF, area="stock"),
    ("goods-receipt-detail", "get"): Case(STAFF, area="stock", record="goods receipt"),
    ("goods-receipt-reverse", "post"): Case(
        MANAGER, area="stock", record="goods receipt", body=lambda company: {"line": 1, "reason": company.mark}
    ),
    ("lead-times", "get"): Case(STAFF, area="reports"),
    ("supplier-lead-times", "get"): Case(STAFF, area="reports", record="supplier"),
    ("reservation-list", "get"): Case(STAFF, area="stock"),
    ("reservation-list", "post"): Case(STAFF, 201, area="stock", body=_reservation),
    ("reservation-detail", "get"): Case(STAFF, area="stock", record="reservation"),
    ("reservation-extend", "post"): Case(STAFF, area="stock", record="reservation"),
    ("reservation-release", "post"): Case(STAFF, area="stock", record="reservation"),
    ("reservation-fulfil", "post"): Case(STAFF, area="stock", record="reservation"),
    ("stock-hold", "post"): Case(STAFF, 201, area="stock", body=_hold),
    ("stock-unhold", "post"): Case(STAFF, 201, area="stock", body=_hold),
    ("stock-dispose", "post"): Case(STAFF, 201, area="stock", body=_hold),
    ("import-list", "get"): Case(MANAGER, area="stock"),
    ("import-list", "post"): Case(MANAGER, 202, area="stock", body=_file, format="multipart"),
    ("import-detail", "get"): Case(MANAGER, area="stock", record="ready import"),
    ("import-detail", "patch"): Case(MANAGER, 202, area="stock", record="ready import", body=_other_words),
    ("import-problems", "get"): Case(MANAGER, area="stock", record="ready import"),
    ("import-failed-rows", "get"): Case(MANAGER, area="stock", record="ready import"),
    ("import-apply", "post"): Case(MANAGER, 202, area="stock", record="ready import"),
    ("import-undo", "post"): Case(MANAGER, 202, area="stock", record="applied import"),
    ("export-list", "get"): Case(MEMBER),
    ("export-list", "post"): Case(
        MEMBER, 202, body=lambda company: {"path": "/api/inventory/?ordering=sku"}, otherwise={"narrow": 403}
    ),
    ("export-detail", "get"): Case(MEMBER, record="ready export", otherwise={"narrow": 404}),
    ("export-detail", "delete"): Case(MEMBER, 204, record="ready export", otherwise={"narrow": 404}),
    ("export-download", "get"): Case(MEMBER, record="ready export", otherwise={"narrow": 404}),
    ("webhook-list", "get"): Case(ADMIN, area="audit"),
    ("webhook-list", "post"): Case(ADMIN, 201, area="audit", body=_webhook),
    ("webhook-detail", "get"): Case(ADMIN, area="audit", record="webhook"),
    ("webhook-detail", "put"): Case(ADMIN, area="audit", record="webhook", body=_webhook),
    ("webhook-detail", "patch"): Case(
        ADMIN, area="audit", record="webhook", body=lambda company: {"description": f"{company.mark} till"}
    ),
    ("webhook-detail", "delete"): Case(ADMIN, 204, area="audit", record="webhook"),
    ("webhook-rotate-secret", "post"): Case(ADMIN, area="audit", record="webhook"),
    ("webhook-test", "post"): Case(ADMIN, 202, area="audit", record="webhook"),
    ("webhook-replay", "post"): Case(
        ADMIN, 202, area="audit", record="webhook", body=lambda company: {"since": "2026-01-01T00:00:00Z"}
    ),
    ("webhook-resume", "post"): Case(ADMIN, area="audit", record="paused webhook"),
    ("webhook-event-types", "get"): Case(ADMIN, area="audit"),
    ("webhook-delivery-list", "get"): Case(ADMIN, area="audit"),
    ("webhook-delivery-detail", "get"): Case(ADMIN, area="audit", record="webhook delivery"),
    ("webhook-delivery-replay", "post"): Case(ADMIN, 202, area="audit", record="webhook delivery"),
    ("count-list", "get"): Case(STAFF, area="stock"),
    ("count-list", "post"): Case(
        MANAGER,
        201,
        area="stock",
        body=lambda company: {"store": company.near.id, "kind": "spot", "name": company.mark},
    ),
    ("count-due", "get"): Case(STAFF, 400, area="stock"),
    ("count-accuracy", "get"): Case(MANAGER, area="stock"),
    ("count-detail", "get"): Case(STAFF, area="stock", record="planned count"),
    ("count-detail", "patch"): Case(
        MANAGER, area="stock", record="planned count", body=lambda company: {"name": f"{company.mark} night"}
    ),
    ("count-lines", "get"): Case(STAFF, area="stock", record="count going on"),
    ("count-entries", "get"): Case(STAFF, area="stock", record="count going on"),
    ("count-entries", "post"): Case(
        STAFF,
        201,
        area="stock",
        record="count going on",
        body=lambda company: {"product": company.products[1].id, "quantity": 1, "place": company.mark},
    ),
    ("count-void", "post"): Case(
        STAFF, area="stock", record="count with an entry", body=lambda company: {"entries": [_last_entry(company)]}
    ),
    ("count-summary", "get"): Case(STAFF, area="stock", record="submitted count"),
    ("count-start", "post"): Case(STAFF, area="stock", record="planned count"),
    ("count-submit", "post"): Case(STAFF, area="stock", record="count with an entry"),
    ("count-cancel", "post"): Case(MANAGER, area="stock", record="planned count"),
    ("count-recount", "post"): Case(
        MANAGER,
        area="stock",
        record="submitted count",
        body=lambda company: {"products": [company.products[0].id]},
    ),
    ("count-approve", "post"): Case(MANAGER, area="stock", record="submitted count"),
    ("count-correct-late", "post"): Case(MANAGER, area="stock", record="posted count"),
    ("forecast-list", "get"): Case(STAFF, area="reports"),
    ("forecast-detail", "get"): Case(STAFF, area="reports", record="forecast"),
    ("forecast-run-list", "get"): Case(STAFF, area="reports"),
    ("forecast-run-detail", "get"): Case(STAFF, area="reports", record="forecast run"),
    ("forecast-retrain", "post"): Case(MANAGER, 202, area="reports"),
    ("forecast-accuracy", "get"): Case(STAFF, area="reports"),
    ("restock-policy-list", "get"): Case(STAFF, area="stock"),
    ("restock-policy-list", "post"): Case(MANAGER, 201, area="stock", body=_policy),
    ("restock-policy-detail", "get"): Case(STAFF, area="stock", record="restock policy"),
    ("restock-policy-detail", "put"): Case(
        MANAGER, area="stock", record="restock policy", body=lambda company: {"scope": "product", "kind": "seed_rule"}
    ),
    ("restock-policy-detail", "patch"): Case(
        MANAGER, area="stock", record="restock policy", body=lambda company: {"service_level": 0.9}
    ),
    ("restock-policy-detail", "delete"): Case(MANAGER, 204, area="stock", record="restock policy"),
    ("restock-proposal-list", "get"): Case(STAFF, area="stock"),
    ("restock-proposal-detail", "get"): Case(STAFF, area="stock", record="restock proposal"),
    ("alert-list", "get"): Case(STAFF, area="stock"),
    ("alert-detail", "get"): Case(STAFF, area="stock", record="alert"),
    ("alert-summary", "get"): Case(STAFF, area="stock"),
    ("alert-acknowledge", "post"): Case(MANAGER, area="stock", record="alert"),
    ("alert-snooze", "post"): Case(
        MANAGER,
        area="stock",
        record="alert",
        body=lambda company: {"until": (clock.now() + timedelta(days=3)).isoformat()},
    ),
    ("alert-assign", "post"): Case(MANAGER, area="stock", record="alert", body=lambda company: {"user": None}),
    ("alert-resolve", "post"): Case(MANAGER, area="stock", record="alert"),
    ("alert-restock", "post"): Case(MANAGER, 201, area="stock", record="alert", body=lambda company: {"quantity": 5}),
    ("alerts-acknowledge", "post"): Case(
        MANAGER, area="stock", body=lambda company: {"alerts": [company.seen["alert"]]}
    ),
    ("restock-propose", "post"): Case(MANAGER, 202, area="stock"),
    ("restock-line-list", "get"): Case(STAFF, area="stock"),
    ("restock-line-detail", "get"): Case(STAFF, area="stock", record="restock line"),
    ("restock-line-detail", "patch"): Case(
        MANAGER, area="stock", record="restock line", body=lambda company: {"quantity": 5, "reason": company.mark}
    ),
    ("restock-line-dismiss", "post"): Case(MANAGER, area="stock", record="restock line"),
    ("restock-line-snooze", "post"): Case(
        MANAGER,
        area="stock",
        record="restock line",
        body=lambda company: {"until": (clock.now().date() + timedelta(days=3)).isoformat()},
    ),
    ("restock-line-replay", "get"): Case(STAFF, area="stock", record="restock line"),
    ("restock-override-list", "get"): Case(STAFF, area="stock"),
    ("restock-override-totals", "get"): Case(STAFF, area="stock"),
    ("restock-accept", "post"): Case(
        MANAGER, 201, area="stock", body=lambda company: {"lines": [company.open_line().pk], "fresh": True}
    ),
    ("forecasting-simulate", "post"): Case(STAFF, area="stock", body=lambda company: {"weeks": 2}),
    ("sales-predictions", "get"): Case(STAFF, area="reports"),
    ("period-list", "get"): Case(STAFF, area="accounts"),
    ("period-list", "post"): Case(ADMIN, 201, area="accounts", body=_closing),
    ("stock-list", "get"): Case(STAFF, area="stock"),
    ("stock-matrix", "get"): Case(STAFF, area="stock"),
    ("store-movements", "get"): Case(STAFF, area="reports"),
    ("product-movements", "get"): Case(STAFF, area="reports"),
    ("mailing-list", "get"): Case(MANAGER, area="reports"),
    ("mailing-detail", "get"): Case(MANAGER, area="reports", record="mailed store"),
    ("mailing-detail", "put"): Case(
        MANAGER, area="reports", record="mailed store", body=lambda company: {"is_on": False, "hour": 6}
    ),
    ("mailing-schedule", "get"): Case(MANAGER, area="reports"),
    ("mailing-schedule", "put"): Case(ADMIN, area="reports", body=lambda company: {"at": "06:30", "weekdays": [0, 4]}),
    ("mailing-preview", "get"): Case(MANAGER, area="reports", record="mailed store"),
    ("mailing-send", "post"): Case(MANAGER, area="reports", record="mailed store"),
    ("mailing-runs", "get"): Case(MANAGER, area="reports", record="mailed store"),
    ("stock-detail", "get"): Case(STAFF, area="stock", record="stock"),
    ("stock-detail", "patch"): Case(
        MANAGER, area="stock", record="stock", body=lambda company: {"reorder_level_override": 3}
    ),
}
