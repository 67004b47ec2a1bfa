"""Exports in the background: from the request to the file, its link, and its end."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.core.files.storage import storages
from django.utils import timezone

from accounts.models import ApiToken, Membership
from inventory_project.kernel import sql, tenancy
from stock.models import ExportJob
from stock.services.exports import jobs, making
from tests.factories.accounts import api_client, build_member, build_token
from tests.factories.exports import ask, body_of, carry_out, csv_rows, read, xlsx_rows
from tests.factories.stock import Shop, build_shop


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=2, products=2)
    shop.post("IN", 5)
    shop.post("IN", 7, store=1, product=1)
    return shop


def link_of(client: Any, export_id: int) -> str:
    url = client.get(f"/api/exports/{export_id}/").json()["download_url"]
    return str(url[url.index("/api/") :])


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_list_becomes_a_file_that_says_what_the_list_says(shop: Shop, form: str):
    path = "/api/stocks/?ordering=-on_hand&status=in_stock&status=low"
    sent = shop.client.post("/api/exports/", {"path": path, "format": form})
    said = sent.json()
    assert (sent.status_code, said["status"], said["download_url"]) == (202, "waiting", None)
    assert sent["Location"] == f"/api/exports/{said['id']}/"
    assert shop.client.get(f"/api/exports/{said['id']}/download/").json()["code"] == "export_not_ready"
    carry_out(shop, said["id"])
    ready = shop.client.get(f"/api/exports/{said['id']}/").json()
    assert (ready["status"], ready["rows"], ready["error"]) == ("ready", 2, "")
    assert ready["expires_at"] > ready["ready_at"]
    answer = shop.client.get(f"/api/exports/{said['id']}/download/")
    body = body_of(answer)
    assert len(body) == ready["size"]
    assert ready["file_name"] in answer["Content-Disposition"]
    assert ready["file_name"].endswith(f".{form}")
    rows: Any = {"csv": csv_rows, "xlsx": xlsx_rows, "json": json.loads}[form](body)
    listed = shop.client.get(path).json()["results"]
    assert [row["sku"] for row in rows] == [row["sku"] for row in listed] == ["SKU-2", "SKU-1"]


def test_how_the_list_was_sent_is_no_part_of_what_is_exported(shop: Shop):
    export_id = ask(shop.client, "/api/stocks/?format=xlsx&page_size=1&bom=true&product=SKU-1", bom=True)
    job = carry_out(shop, export_id)
    assert (job.query, job.rows, job.file_name[-4:]) == ("product=SKU-1", 1, ".csv")
    assert body_of(shop.client.get(f"/api/exports/{export_id}/download/")).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "path",
    [
        "", "stocks", "/api/nothing/", "/admin/", "/api/stocks/1/", "/api/auth/status/", "/api/changes/",
        "https://elsewhere.example/api/stocks/", "//elsewhere.example/api/stocks/", "/api/stocks/#x",
        "/api/exports/1/download/", "/api/stocks/?colour=red", "/api/stocks/?ordering=colour", "/health",
        "//[", "http://[::1/api/stocks/", "/api/stocks/?" + "&" * 1500,
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_by_name_and_nothing_is_kept(shop: Shop, path: str):
    answer = shop.client.post("/api/exports/", {"path": path})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["path"])
    with tenancy.scope(shop.organization.id):
        assert not ExportJob.objects.exists()


def test_a_wrong_form_or_field_is_refused_by_name(shop: Shop):
    for more, field in (
        ({"format": "pdf"}, "format"),
        ({"colour": 1}, "colour"),
        ({"bom": True, "format": "json"}, "bom"),
    ):
        answer = shop.client.post("/api/exports/", {"path": "/api/stocks/", **more})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_who_may_not_read_a_list_may_not_export_it(shop: Shop):
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    assert staff.post("/api/exports/", {"path": "/api/logs/"}).status_code == 403
    till = api_client(build_token(shop.admin, scopes=["stock:write"]))
    assert till.post("/api/exports/", {"path": "/api/products/"}).status_code == 403
    assert till.post("/api/exports/", {"path": "/api/stocks/"}).status_code == 202


def test_staff_export_their_own_store_without_costs(shop: Shop):
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    stocks, products = ask(staff, "/api/stocks/"), ask(staff, "/api/products/")
    carry_out(shop, stocks)
    carry_out(shop, products)
    assert {row["store_code"] for row in csv_rows(body_of(staff.get(f"/api/exports/{stocks}/download/")))} == {"S1"}
    assert "unit_cost" not in csv_rows(body_of(staff.get(f"/api/exports/{products}/download/")))[0]


class TestRightsAreThoseOfTheMomentItIsMade:
    def member(self, shop: Shop, role: str = "manager") -> tuple[Membership, Any]:
        member = build_member(shop.organization, role)
        return member, api_client(build_token(member))

    def test_stores_and_costs_taken_away_are_not_in_the_file(self, shop: Shop):
        member, client = self.member(shop)
        stocks, products = ask(client, "/api/stocks/"), ask(client, "/api/products/")
        limits = {"stores": [shop.stores[1].id], "sees_costs": False}
        assert shop.client.patch(f"/api/members/{member.pk}/", limits).status_code == 200
        assert carry_out(shop, stocks).store_ids == [shop.stores[1].id]
        carry_out(shop, products)
        assert [row["store_code"] for row in csv_rows(body_of(client.get(f"/api/exports/{stocks}/download/")))] == [
            "S2"
        ]
        assert "unit_cost" not in csv_rows(body_of(client.get(f"/api/exports/{products}/download/")))[0]

    def test_a_role_taken_away_ends_the_export_with_its_reason(self, shop: Shop):
        member, client = self.member(shop)
        export_id = ask(client, "/api/logs/")
        assert shop.client.patch(f"/api/members/{member.pk}/", {"role": "staff"}).status_code == 200
        job = carry_out(shop, export_id)
        assert (job.status, job.file_path) == ("failed", "")
        assert "needs the role manager" in job.error

    def test_a_membership_taken_away_ends_the_export_with_its_reason(self, shop: Shop):
        member, client = self.member(shop)
        export_id = ask(client, "/api/stocks/")
        assert shop.client.delete(f"/api/members/{member.pk}/").status_code == 204
        job = carry_out(shop, export_id)
        assert (job.status, job.error, job.file_path) == ("failed", making.NO_MEMBER, "")

    def test_a_token_revoked_ends_the_export(self, shop: Shop):
        client = api_client(build_token(shop.admin, scopes=["stock:read"], name="till"))
        export_id = ask(client, "/api/stocks/")
        with tenancy.scope(shop.organization.id):
            ApiToken.objects.filter(name="till").update(revoked_at=timezone.now())
        assert carry_out(shop, export_id).error == making.NO_MEMBER

    def test_a_login_that_ended_does_not_end_the_export(self, shop: Shop):
        client = api_client(build_token(shop.admin, kind=ApiToken.Kind.SESSION))
        export_id = ask(client, "/api/stocks/")
        assert client.post("/api/auth/logout/").status_code == 204
        assert carry_out(shop, export_id).status == "ready"

    def test_a_file_with_more_than_its_owner_may_see_now_is_not_shown(self, shop: Shop):
        member, client = self.member(shop)
        export_id = ask(client, "/api/stocks/")
        carry_out(shop, export_id)
        link = link_of(client, export_id)
        for limits in ({"stores": [shop.stores[1].id]}, {"stores": None, "sees_costs": False}, {"role": "staff"}):
            assert shop.client.patch(f"/api/members/{member.pk}/", limits).status_code == 200
            assert client.get(f"/api/exports/{export_id}/").status_code == 404
            assert client.get(f"/api/exports/{export_id}/download/").status_code == 404
            assert api_client(None).get(link).status_code == 404
            assert client.get("/api/exports/").json()["results"] == []


class TestWhoSeesAnExport:
    def test_nobody_but_the_one_who_asked(self, shop: Shop):
        member = build_member(shop.organization, "manager")
        client = api_client(build_token(member))
        export_id = ask(client, "/api/stocks/")
        carry_out(shop, export_id)
        same = {"HTTP_X_REQUEST_ID": "the-same-request"}
        for verb, path in (("get", ""), ("get", "download/"), ("delete", "")):
            theirs = getattr(shop.client, verb)(f"/api/exports/{export_id}/{path}", **same)
            missing = getattr(shop.client, verb)(f"/api/exports/999999999999/{path}", **same)
            assert (theirs.status_code, theirs.content) == (missing.status_code, missing.content)
            assert theirs.status_code == 404
        assert client.get(f"/api/exports/{export_id}/").status_code == 200

    def test_a_token_sees_no_file_made_with_more_rights(self, shop: Shop):
        export_id = ask(shop.client, "/api/products/")
        carry_out(shop, export_id)
        narrow = [
            {"scopes": ["stock:write", "costs:read"]},
            {"scopes": ["catalog:read"]},
            {"store_ids": [shop.stores[0].id]},
        ]
        for limits in narrow:
            assert api_client(build_token(shop.admin, **limits)).get(f"/api/exports/{export_id}/").status_code == 404
        wide = api_client(build_token(shop.admin, scopes=["catalog:read", "costs:read"]))
        assert wide.get(f"/api/exports/{export_id}/").status_code == 200


class TestTheLink:
    @pytest.fixture
    def ready(self, shop: Shop) -> tuple[Shop, int, str]:
        export_id = ask(shop.client, "/api/stocks/")
        carry_out(shop, export_id)
        return shop, export_id, link_of(shop.client, export_id)

    def test_it_works_by_itself_for_its_time(self, ready: Any, settings: Any):
        _, _, link = ready
        assert len(csv_rows(body_of(api_client(None).get(link)))) == 2
        settings.EXPORT_LINK_SECONDS = -1
        answer = api_client(None).get(link)
        assert (answer.status_code, answer.json()["code"]) == (401, "link_expired")

    def test_it_opens_its_own_file_only(self, ready: Any):
        shop, export_id, link = ready
        other = ask(shop.client, "/api/stocks/")
        carry_out(shop, other)
        foreign = build_shop()
        foreign_id = ask(foreign.client, "/api/stocks/")
        carry_out(foreign, foreign_id)
        same = {"HTTP_X_REQUEST_ID": "the-same-request"}
        answers = [
            api_client(None).get(link.replace(f"/{export_id}/", f"/{wrong}/"), **same)
            for wrong in (other, foreign_id, 999_999_999_999)
        ]
        assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}
        assert answers[0].json()["code"] == "link_invalid"

    def test_it_cannot_be_made_or_changed_by_hand(self, ready: Any):
        shop, export_id, link = ready
        own = signing.TimestampSigner(salt="another").sign_object([export_id, shop.organization.id])
        signer = signing.TimestampSigner(salt="stock.exports.link")
        for text in (own, "x", "", f"{link.partition('link=')[2]}x", signer.sign("1"), signer.sign_object("a text")):
            answer = api_client(None).get(f"/api/exports/{export_id}/download/", {"link": text})
            assert (answer.status_code, answer.json()["code"]) == (401, "link_invalid"), text
        assert api_client(None).get(f"/api/exports/{export_id}/download/").status_code == 401
        for path in ("", "../"):
            assert api_client(None).get(f"/api/exports/{export_id}/{path}", {"link": link}).status_code in (401, 404)

    def test_its_uses_are_charged_to_the_token_it_was_made_through(self, ready: Any, settings: Any):
        _, _, link = ready
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "token": 3}
        answers = [api_client(None).get(link) for _ in range(5)]
        said = [answer.status_code for answer in answers]
        for answer in answers:
            answer.close()
        assert said[0] == 200
        assert said[-1] == 429

    def test_it_ends_with_the_membership_and_with_the_export(self, shop: Shop):
        member = build_member(shop.organization, "manager")
        client = api_client(build_token(member))
        first, second = ask(client, "/api/stocks/"), ask(client, "/api/stocks/")
        for each in (first, second):
            carry_out(shop, each)
        links = [link_of(client, each) for each in (first, second)]
        assert client.delete(f"/api/exports/{first}/").status_code == 204
        assert api_client(None).get(links[0]).status_code == 401
        assert shop.client.delete(f"/api/members/{member.pk}/").status_code == 204
        assert api_client(None).get(links[1]).status_code == 401


def test_a_file_is_removed_when_its_time_is_over(shop: Shop):
    export_id = ask(shop.client, "/api/stocks/")
    path = carry_out(shop, export_id).file_path
    link = link_of(shop.client, export_id)
    with tenancy.scope(shop.organization.id):
        ExportJob.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    # Not one second longer, whether or not beat came by.
    assert shop.client.get(f"/api/exports/{export_id}/").json()["status"] == "expired"
    assert api_client(None).get(link).json()["code"] == "file_gone"
    assert storages["exports"].exists(path)
    assert jobs.prune() >= 1
    assert not storages["exports"].exists(path)
    said = shop.client.get(f"/api/exports/{export_id}/").json()
    assert (said["status"], said["download_url"]) == ("expired", None)
    assert shop.client.get(f"/api/exports/{export_id}/download/").json()["code"] == "file_gone"
    with tenancy.scope(shop.organization.id):
        ExportJob.objects.update(created_at=timezone.now() - jobs.KEPT_FOR - timedelta(seconds=1))
    jobs.prune()
    assert shop.client.get(f"/api/exports/{export_id}/").status_code == 404


def test_deleting_removes_the_file(shop: Shop):
    export_id = ask(shop.client, "/api/stocks/")
    path = carry_out(shop, export_id).file_path
    assert storages["exports"].exists(path)
    assert shop.client.delete(f"/api/exports/{export_id}/").status_code == 204
    assert not storages["exports"].exists(path)


def test_a_file_that_cannot_be_removed_keeps_the_export_that_names_it(shop: Shop):
    job = carry_out(shop, ask(shop.client, "/api/stocks/"))
    place = Path(storages["exports"].path(job.file_path))
    place.unlink()
    (place / "in the way").mkdir(parents=True)
    access = shop.access()
    with pytest.raises(OSError, match="not empty"):
        jobs.remove(job_id=job.pk, access=access, acting_as=access.actor())
    (place / "in the way").rmdir()
    assert shop.client.delete(f"/api/exports/{job.pk}/").status_code == 204
    assert not place.exists()


def test_an_export_deleted_while_it_is_made_leaves_no_file(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    export_id = ask(shop.client, "/api/stocks/")
    places: list[str] = []

    def keep_and_delete(file: Any, path: str) -> None:
        places.append(path)
        storages["exports"].save(path, file)
        assert shop.client.delete(f"/api/exports/{export_id}/").status_code == 204

    monkeypatch.setattr("stock.services.exports.files.keep", keep_and_delete)
    assert making.run(job_id=export_id, organization_id=shop.organization.id)
    [path] = places
    assert not storages["exports"].exists(path)


class TestAnOrganisationsShare:
    def test_only_so_many_are_made_at_a_time(self, shop: Shop, settings: Any):
        settings.EXPORTS_AT_ONCE = 2
        first = ask(shop.client, "/api/stocks/")
        ask(shop.client, "/api/stocks/")
        refused = shop.client.post("/api/exports/", {"path": "/api/stocks/"})
        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_exports")
        ask(build_shop().client, "/api/stocks/")
        carry_out(shop, first)
        ask(shop.client, "/api/stocks/")

    def test_its_files_fill_only_so_much_space(self, shop: Shop, settings: Any):
        export_id = ask(shop.client, "/api/stocks/")
        settings.EXPORT_ORGANIZATION_BYTES = carry_out(shop, export_id).size
        assert shop.client.post("/api/exports/", {"path": "/api/stocks/"}).json()["code"] == "too_many_exports"
        assert shop.client.delete(f"/api/exports/{export_id}/").status_code == 204
        ask(shop.client, "/api/stocks/")

    def test_no_file_grows_beyond_the_limit(self, shop: Shop, settings: Any):
        settings.EXPORT_MAX_BYTES = 10
        job = carry_out(shop, ask(shop.client, "/api/stocks/"))
        assert (job.status, job.file_path) == ("failed", "")
        assert "larger than" in job.error


def test_an_xlsx_too_long_to_wait_for_is_made_in_the_background(shop: Shop, settings: Any):
    settings.EXPORT_DIRECT_XLSX_ROWS = 1
    export_id = ask(shop.client, "/api/stocks/", "xlsx")
    assert carry_out(shop, export_id).rows == 2
    assert len(xlsx_rows(body_of(shop.client.get(f"/api/exports/{export_id}/download/")))) == 2


def test_more_rows_than_the_format_has_end_the_export(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("inventory_project.kernel.xlsx.MOST_ROWS", 1)
    job = carry_out(shop, ask(shop.client, "/api/stocks/", "xlsx"))
    assert (job.status, job.file_path) == ("failed", "")
    assert "Choose fewer rows, or csv" in job.error


def test_what_was_exported_is_in_the_log_without_its_parameters(shop: Shop):
    export_id = ask(shop.client, f"/api/stocks/?store={shop.stores[0].code}")
    carry_out(shop, export_id)
    body_of(shop.client.get(f"/api/exports/{export_id}/download/"))
    shop.client.delete(f"/api/exports/{export_id}/")
    log = shop.client.get(f"/api/logs/?object_type=export&object_id={export_id}").json()["results"]
    verbs = ["removed", "downloaded", "ready", "requested"]
    assert [entry["action"] for entry in log] == [f"stock.export.{verb}" for verb in verbs]
    assert {entry["actor"]["id"] for entry in log} == {shop.admin.user_id}
    assert {entry["detail"]["path"] for entry in log} == {"/api/stocks/"}


def test_only_one_worker_is_at_an_export(shop: Shop):
    export_id = ask(shop.client, "/api/stocks/")
    key = {"key": f"export:{export_id}"}
    sql.rows("SELECT pg_advisory_lock(hashtextextended(%(key)s, 0))", key, using="platform")
    try:
        assert making.run(job_id=export_id, organization_id=shop.organization.id) is False
    finally:
        sql.rows("SELECT pg_advisory_unlock(hashtextextended(%(key)s, 0))", key, using="platform")
    assert read(shop, export_id).status == "waiting"
    assert carry_out(shop, export_id).status == "ready"
    assert carry_out(shop, export_id).attempts == 1


def test_a_request_that_is_repeated_with_its_key_is_the_same_export(shop: Shop):
    body = {"path": "/api/stocks/", "format": "csv"}
    first, again = (shop.client.post("/api/exports/", body, HTTP_IDEMPOTENCY_KEY="monday") for _ in range(2))
    assert (first.status_code, again.status_code, first.json()["id"]) == (202, 202, again.json()["id"])
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    carry_out(shop, first.json()["id"])
    assert shop.client.post("/api/exports/", body, HTTP_IDEMPOTENCY_KEY="monday").json()["status"] == "ready"
    other = shop.client.post("/api/exports/", {**body, "format": "xlsx"}, HTTP_IDEMPOTENCY_KEY="monday")
    stranger = shop.client_for("manager").post("/api/exports/", body, HTTP_IDEMPOTENCY_KEY="monday")
    for refused in (other, stranger):
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    refused = shop.client.post("/api/exports/", {"path": "/api/nothing/"}, HTTP_IDEMPOTENCY_KEY="free")
    assert refused.status_code == 400
    assert shop.client.post("/api/exports/", body, HTTP_IDEMPOTENCY_KEY="free").status_code == 202
    with tenancy.scope(shop.organization.id):
        assert ExportJob.objects.count() == 2
