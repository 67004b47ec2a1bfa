"""Which organisation an operator's command means, over the platform's own connection; and how one calls itself."""

from __future__ import annotations

from dataclasses import dataclass

from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.errors import NotFound

NAMED = 20


def id_of(name: str | None) -> int:
    """The id of the organisation with this slug or id; without one, of the only organisation there is.

    Raises NotFound, saying which there are.
    """
    found = sql.rows("SELECT id, slug FROM accounts_organization ORDER BY id", {}, using="platform")
    chosen = [each["id"] for each in found if name is None or name in (each["slug"], str(each["id"]))]
    if len(chosen) == 1:
        return int(chosen[0])
    known = ", ".join(each["slug"] for each in found[:NAMED]) or "none yet"
    if name is None and found:
        raise NotFound(f"There are several organisations; name one with --organization: {known}.")
    raise NotFound(f"There is no such organisation; there are: {known}.")


def id_in_log(name: str) -> int:
    """The same for the log, which outlives an organisation: any number is taken as it is, 0 for the installation."""
    return int(name) if name.isdecimal() else id_of(name)


@dataclass(frozen=True, slots=True)
class Face:
    """What files say of the organisation they come from."""

    slug: str
    name: str
    time_zone: str


def face() -> Face:
    """Of the bound organisation."""
    query = "SELECT slug, name, time_zone FROM accounts_organization WHERE id = %(id)s"
    return Face(**sql.rows(query, {"id": tenancy.current_organization_id()})[0])
