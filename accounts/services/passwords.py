"""Passwords: checked, set, changed. Argon2id, by Django's hashers."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import epoch
from accounts.models import User
from accounts.selectors import credentials
from audit import services as audit
from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput


def require_acceptable(password: str, *, user: User, field: str = "password") -> None:
    """Refuse a password that is short, common, or like the person's own name."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(fields={field: error.messages}) from error


def change(*, access: Access, current: str, new: str, kept_token_id: int | None, acting_as: Actor) -> User:
    """Give the caller a new password and end its other tokens in every organisation (sessions end by themselves).

    1. The new password, the end of the tokens and the event in this organisation's log are one transaction.
    2. Every organisation of the person starts a new credentials epoch; the others then keep the event in their logs.
    """
    user = User.objects.get(pk=access.user_id)
    if not user.check_password(current):
        raise InvalidInput(fields={"current_password": ["This is not your present password."]})
    require_acceptable(new, user=user, field="new_password")
    user.set_password(new)
    with tenancy.scope(access.organization_id):
        user.save(update_fields=["password"])
        ended = sql.rows(
            "SELECT * FROM accounts_end_tokens_of(%(user)s, %(kept)s::bigint)",
            {"user": user.pk, "kept": kept_token_id},
        )
        for row in ended:
            epoch.begin_after_commit(row["organization_id"])
        counts = {row["organization_id"]: row["ended"] for row in ended}
        _record(user, access.organization_id, counts.get(access.organization_id, 0), acting_as)
    for membership in credentials.list_memberships(user_id=user.pk):
        if (organization_id := membership.access.organization_id) != access.organization_id:
            _record(user, organization_id, counts.get(organization_id, 0), acting_as)
    return user


def _record(user: User, organization_id: int, ended: int, acting_as: Actor) -> None:
    with tenancy.scope(organization_id):
        audit.record(
            "accounts.password.changed",
            acting_as=acting_as,
            object_type="user",
            object_id=user.pk,
            object_label=user.username,
            detail={"tokens_ended": ended},
        )
