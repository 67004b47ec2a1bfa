"""Kept connections that the server ended meanwhile: nobody gets to feel them."""

from __future__ import annotations

import os
import select
import socket
from typing import Any

import pytest
from django.db import OperationalError, close_old_connections, connection, connections, transaction

from inventory_project.kernel import sql, tenancy
from stores.models import Store
from tests.factories.stock import build_shop
from tests.support.superuser import superuser

MANY = 1100  # files of a process with as many clients; select() takes numbers below 1024 only


def end_the_kept_connection() -> int:
    """The server ends this thread's connection, and the news of it has arrived. Its process id there."""
    connection.ensure_connection()
    kept = connection.connection
    process: int = kept.info.backend_pid
    with superuser() as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [process])
    poll = select.poll()
    poll.register(kept.fileno(), select.POLLIN)
    assert poll.poll(5000)
    return process


def begin_a_request() -> None:
    """What Django does when a request comes in; the tests' client leaves it out."""
    close_old_connections()


def test_a_movement_is_accepted_over_a_connection_that_was_ended_meanwhile() -> None:
    shop = build_shop(stores=1, products=1)
    assert shop.post("IN", 5).status_code == 201
    end_the_kept_connection()
    begin_a_request()
    answer = shop.client.post("/api/stock-movements/", shop.movement("IN", 2), format="json")
    assert answer.status_code == 202, answer.json()


def test_a_statement_of_its_own_is_the_first_to_meet_an_ended_connection() -> None:
    process = end_the_kept_connection()
    begin_a_request()
    found = sql.committed("SELECT pg_backend_pid() AS process", {})
    assert found[0]["process"] != process


def test_a_connection_ended_inside_a_transaction_takes_its_organization_along() -> None:
    shop = build_shop(stores=1, products=1)

    def work() -> None:
        with tenancy.scope(shop.organization.id):
            end_the_kept_connection()
            Store.objects.count()

    with pytest.raises(OperationalError):
        work()
    begin_a_request()
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULLIF(current_setting('app.organization', true), ''), count(*) FROM stores_store")
        assert cursor.fetchone() == (None, 0)


def test_a_connection_lost_before_the_organization_is_bound_means_try_again() -> None:
    shop = build_shop(stores=1, products=1)

    def work() -> None:
        with transaction.atomic():
            with socket.socket(fileno=os.dup(connection.connection.fileno())) as wire:
                wire.shutdown(socket.SHUT_RDWR)  # no farewell from the server, as when its machine is gone
            # The first statement of a transaction, as in a scope that is outermost.
            connections["default"].set_local("app.organization", shop.organization.id)

    with pytest.raises(OperationalError):
        work()
    begin_a_request()
    assert shop.client.get("/api/stores/").status_code == 200


def test_a_connection_is_looked_at_also_in_a_process_with_a_thousand_open_files() -> None:
    others: list[Any] = []
    try:
        connection.close()
        others += [os.open(os.devnull, os.O_RDONLY) for _ in range(MANY)]
        connection.ensure_connection()
        assert connection.connection.fileno() > MANY
        assert connection.is_usable()
        end_the_kept_connection()
        assert not connection.is_usable()
    finally:
        for each in others:
            os.close(each)
        connection.close()
