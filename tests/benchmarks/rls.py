"""What row-level security costs: the same batches through the product's own services, with the policies and without.

The app role is given BYPASSRLS for every other round, on a connection of its own; nothing else differs.
"""

from __future__ import annotations

from tests.benchmarks.bench import Bench, interleaved
from tests.benchmarks.cpu import backend_nanoseconds
from tests.benchmarks.report import Row, plain

SIZE = 1000
BATCHES = 12
WARM_UP = 8
ROUNDS = 9
LIMIT = 1.05


def measure(bench: Bench) -> list[Row]:
    try:
        variants = {"with": lambda: _spent(bench, "NOBYPASSRLS"), "without": lambda: _spent(bench, "BYPASSRLS")}
        found = interleaved(variants, ROUNDS)
    finally:
        _set_role(bench, "NOBYPASSRLS")
    walled, bare = found["with"][0], found["without"][0]
    ratio = walled / bare
    metric, unit, target = "Bulk apply under row-level security", "CPU us/row", f"<= {LIMIT:g} x"
    return [
        plain("Bulk apply, row-level security bypassed", bare, unit),
        Row(metric, round(walled, 1), unit, round(bare, 1), round(ratio, 3), target, ratio <= LIMIT),
    ]


def _set_role(bench: Bench, attribute: str) -> None:
    from django.db import connections

    with bench.running.superuser() as connection:
        connection.execute(f"ALTER ROLE onhand_app {attribute}")
    connections["default"].close()


def _spent(bench: Bench, attribute: str) -> tuple[float, dict[str, float]]:
    """CPU microseconds of the database's backend for one movement."""
    from django.db import connections

    from inventory_project.kernel.access import Access, Actor, Role
    from stock.services import movements

    _set_role(bench, attribute)
    access = Access(user_id=1, username="bench", organization_id=bench.dataset.organization_id, role=Role.ADMIN)
    batches = [[bench.movement() for _ in range(SIZE)] for _ in range(WARM_UP + BATCHES)]
    before = 0
    for number, raws in enumerate(batches):
        if number == WARM_UP:
            before = backend_nanoseconds(connections["default"].connection)
        movements.submit_many(raws=raws, access=access, acting_as=Actor(1, "bench", "0123456789abcdef"))
    spent = backend_nanoseconds(connections["default"].connection) - before
    return spent / 1000 / (SIZE * BATCHES), {}
