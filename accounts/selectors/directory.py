"""The installation's organisations by name: all that an operator may know of them before he states a reason."""

from __future__ import annotations

from dataclasses import dataclass

from inventory_project.kernel import sql

MOST = 50
FIND = """
    SELECT id, name, slug FROM accounts_organization
     WHERE %(words)s = '' OR position(lower(%(words)s) IN lower(name)) > 0 OR slug = lower(%(words)s)
     ORDER BY name, id LIMIT %(most)s
"""
NAME = "SELECT id, name, slug FROM accounts_organization WHERE id = %(id)s"


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation's name."""

    id: int
    name: str
    slug: str


def find_organizations(words: str = "") -> list[Listed]:
    """Organisations whose name holds the words, asked as the platform role: no other table is read by it."""
    return [
        Listed(**row)
        for row in sql.rows(FIND, {"words": words.replace("\x00", "").strip()[:100], "most": MOST}, using="platform")
    ]


def find_organization(organization_id: int) -> Listed | None:
    """One organisation by id."""
    rows = sql.rows(NAME, {"id": organization_id}, using="platform")
    return Listed(**rows[0]) if rows else None
