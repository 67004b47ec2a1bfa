"""Appending: in the caller's transaction, sealed, for one organisation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connections, transaction

from audit import services
from audit.models import AuditBlock, AuditChainHead, AuditEntry
from audit.selectors import chains
from audit.selectors.verification import verify
from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.errors import NoOrganization
from tests.factories.accounts import build_organization
from tests.factories.audit import AMINA, build_entry, write_entries, write_entry
from tests.support.superuser import superuser


def verdict(organization_id: int):
    with chains.still():
        return verify(organization_id)


def test_an_entry_says_who_when_what_and_where():
    organization = build_organization()
    write_entry(
        organization.id, store_id=4, product_id=5, before={"sale_price": Decimal("1.50")}, after={"sale_price": 2}
    )
    with tenancy.scope(organization.id):
        entry = AuditEntry.objects.get()
        block = AuditBlock.objects.get()
    assert (entry.actor_id, entry.actor_label, entry.request_id) == (1, "amina", "request-1")
    assert (entry.action, entry.object_type, entry.object_id) == ("catalog.product.updated", "product", "1")
    assert (entry.store_id, entry.product_id, entry.before, entry.after) == (
        4,
        5,
        {"sale_price": 1.5},
        {"sale_price": 2},
    )
    assert (block.count, block.first_sequence, block.last_sequence) == (1, entry.sequence, entry.sequence)


def test_decimals_keep_every_digit():
    organization = build_organization()
    sequence = write_entry(organization.id, after={"quantity": Decimal("12345678901.230")})
    with tenancy.scope(organization.id):
        found = sql.rows("SELECT after::text AS text FROM audit_entry WHERE sequence = %(s)s", {"s": sequence})
    assert found[0]["text"] == '{"quantity": 12345678901.230}'


def test_recording_outside_a_scope_is_refused():
    with pytest.raises(NoOrganization):
        services.record("catalog.product.updated", acting_as=AMINA, object_type="product", object_id=1)


def test_nothing_to_record_seals_no_block():
    organization = build_organization()
    with tenancy.scope(organization.id):
        services.record_many([])
        assert not AuditBlock.objects.exists()


def test_a_change_that_is_rolled_back_leaves_no_entry():
    organization = build_organization()
    write_entry(organization.id)

    with tenancy.scope(organization.id):
        services.record_many([build_entry()])
        transaction.set_rollback(True)
    assert verdict(organization.id).entries == 1
    assert verdict(organization.id).is_whole


def test_many_entries_are_one_block_in_their_order():
    organization = build_organization()
    write_entries(organization.id, [build_entry(object_id=number) for number in range(500)])
    with tenancy.scope(organization.id):
        assert AuditBlock.objects.get().count == 500
        ids = list(AuditEntry.objects.order_by("sequence").values_list("object_id", flat=True))
    assert ids == [str(number) for number in range(500)]


def test_recording_twice_in_one_transaction_stays_on_one_chain():
    organization = build_organization()
    with tenancy.scope(organization.id):
        services.record_many([build_entry()])
        with transaction.atomic():
            services.record_many([build_entry()])
        assert AuditChainHead.objects.get().number == 2
    assert verdict(organization.id).is_whole


def test_platform_events_are_kept_even_when_the_request_is_refused_and_only_the_platform_sees_them():
    organization = build_organization()
    with tenancy.scope(organization.id):
        services.record_platform("accounts.login.failed", object_type="user", detail={"username": "nobody-7"})
        transaction.set_rollback(True)
    with transaction.atomic():
        sql.rows("SELECT set_config('app.organization', '0', true)", {})
        assert sql.rows("SELECT * FROM audit_entry", {}) == []
    kept = AuditEntry.unscoped.using("platform").filter(organization_id=0, detail__username="nobody-7")
    assert kept.count() == 1


def test_the_app_role_cannot_write_the_platforms_log():
    bind_and_open = "SELECT set_config('app.organization', '0', true), audit_open_block(0)"
    with pytest.raises(ProgrammingError, match="not open"):
        sql.rows(bind_and_open, {})


def test_eight_threads_recording_at_once_leave_every_chain_whole():
    organization = build_organization()

    def work(thread: int) -> None:
        try:
            for number in range(15):
                with tenancy.scope(organization.id):
                    services.record_many([build_entry(object_id=thread * 100 + number)] * (number % 3 + 1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    found = verdict(organization.id)
    assert found.problems == []
    assert found.entries == 8 * 30


def test_a_writer_never_waits_for_another_ones_chain():
    organization = build_organization()

    def other() -> None:
        try:
            with tenancy.scope(organization.id):
                sql.rows("SET LOCAL lock_timeout = '1s'", {})
                services.record_many([build_entry()])
        finally:
            connections.close_all()

    with tenancy.scope(organization.id):
        services.record_many([build_entry()])
        with ThreadPoolExecutor(1) as pool:
            pool.submit(other).result()
    with tenancy.scope(organization.id):
        assert [head.chain for head in AuditChainHead.objects.order_by("chain")] == [64, 65]


def test_partitions_exist_for_the_months_ahead_and_asking_again_makes_none():
    services.ensure_partitions(months_ahead=8)
    assert services.ensure_partitions(months_ahead=8) == 0
    write_entry(build_organization().id)
    with superuser() as connection:
        assert connection.execute("SELECT count(*) FROM audit_entry_default").fetchone() == (0,)
