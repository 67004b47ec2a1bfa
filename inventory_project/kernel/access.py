"""Who is acting, for which organisation, with which rights: a value, free of tables and HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A member's role; each includes the rights of those below it."""

    STAFF = "staff"
    MANAGER = "manager"
    ADMIN = "admin"

    def at_least(self, other: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who makes a change, as the log keeps it. `user_id` is None for the system itself."""

    user_id: int | None
    label: str
    request_id: str = ""


SYSTEM = Actor(user_id=None, label="system")


@dataclass(frozen=True, slots=True)
class Access:
    """One authenticated caller bound to one organisation.

    `store_ids` is None when every store of the organisation is open, else the ids the caller may see and write.
    `scopes` is None for a person (the role alone decides), else what an API token was limited to,
    as "<area>:read" or "<area>:write"; write includes read.
    """

    user_id: int
    username: str
    organization_id: int
    role: Role
    store_ids: frozenset[int] | None = None
    sees_costs: bool = False
    scopes: frozenset[str] | None = None
    token_id: int | None = None

    def allows_scope(self, area: str, *, write: bool) -> bool:
        if self.scopes is None:
            return True
        return f"{area}:write" in self.scopes or (not write and f"{area}:read" in self.scopes)

    def allows_store(self, store_id: int) -> bool:
        return self.store_ids is None or store_id in self.store_ids

    def actor(self, request_id: str = "") -> Actor:
        return Actor(user_id=self.user_id, label=self.username, request_id=request_id)
