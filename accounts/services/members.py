"""Members: their role, stores and rights, kept so that an organisation always has an active admin."""

from __future__ import annotations

from typing import Any

from accounts import epoch
from accounts.errors import LastAdmin
from accounts.models import Membership, MembershipStore, Organization, User
from accounts.selectors import people
from accounts.services import registration
from audit import services as audit
from inventory_project.kernel.access import Actor, Role
from inventory_project.kernel.errors import InvalidInput, NotFound
from inventory_project.kernel.tenancy import current_organization_id


def require_known_stores(store_ids: list[int] | None) -> None:
    """Refuse ids that are no store of the organisation."""
    unknown = people.find_unknown_stores(store_ids or [])
    if unknown:
        raise InvalidInput(fields={"stores": [f"There is no store with the id {store_id}." for store_id in unknown]})


def add(*, user: User, role: Role, store_ids: list[int] | None, acting_as: Actor) -> Membership:
    """Make a new person a member at once, for an operator's command; people themselves come by invitation."""
    require_known_stores(store_ids)
    registration.save_new(user)
    membership = Membership.objects.create(
        organization_id=current_organization_id(),
        user=user,
        role=role,
        all_stores=store_ids is None,
        sees_costs=role.at_least(Role.MANAGER),
    )
    limit_new(membership, store_ids)
    _record("accounts.member.joined", membership, acting_as, before=None, after=snapshot(membership))
    return membership


def change(*, membership_id: int, changes: dict[str, Any], acting_as: Actor) -> Membership:
    """Change role, stores (None: all of them), sees_costs or is_active of one member."""
    membership = _lock(membership_id)
    before = snapshot(membership)
    for name in ("role", "sees_costs", "is_active"):
        if name in changes:
            setattr(membership, name, changes[name])
    if "stores" in changes:
        _limit_to(membership, changes["stores"])
    membership.save(update_fields=["role", "sees_costs", "is_active", "all_stores"])
    _require_an_admin()
    membership = people.list_members().get(pk=membership.pk)
    _record("accounts.member.changed", membership, acting_as, before=before, after=snapshot(membership))
    epoch.begin_after_commit()
    return membership


def remove(*, membership_id: int, acting_as: Actor) -> None:
    """End a membership and all its tokens. The person stays, and so does what the log says of it."""
    membership = _lock(membership_id)
    before = snapshot(membership)
    _record("accounts.member.removed", membership, acting_as, before=before, after=None)
    membership.delete()
    _require_an_admin()
    epoch.begin_after_commit()


def snapshot(membership: Membership) -> dict[str, Any]:
    """What the log keeps of a member's rights."""
    return {
        "role": str(membership.role),
        "stores": None if membership.all_stores else sorted(store.store_id for store in membership.stores.all()),
        "sees_costs": membership.sees_costs,
        "is_active": membership.is_active,
    }


def _lock(membership_id: int) -> Membership:
    """The member, with the organisation locked first: of two admins who demote each other, one is refused."""
    Organization.objects.select_for_update().get(pk=current_organization_id())
    membership: Membership | None = people.list_members().filter(pk=membership_id).first()
    if membership is None:
        raise NotFound()
    return membership


def _limit_to(membership: Membership, store_ids: list[int] | None) -> None:
    require_known_stores(store_ids)
    membership.all_stores = store_ids is None
    membership.stores.all().delete()
    limit_new(membership, store_ids)


def limit_new(membership: Membership, store_ids: list[int] | None) -> None:
    """Give a member without stores these ones."""
    MembershipStore.objects.bulk_create(
        MembershipStore(organization_id=membership.organization_id, membership=membership, store_id=store_id)
        for store_id in sorted(set(store_ids or []))
    )


def _require_an_admin() -> None:
    if not Membership.objects.filter(role=Role.ADMIN, is_active=True, user__is_active=True).exists():
        raise LastAdmin()


def _record(action: str, membership: Membership, acting_as: Actor, *, before: Any, after: Any) -> None:
    audit.record(
        action,
        acting_as=acting_as,
        object_type="member",
        object_id=membership.pk,
        object_label=membership.user.username,
        before=before,
        after=after,
    )
