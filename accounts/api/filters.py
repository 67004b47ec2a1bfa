"""Filters of tokens and invitations."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from accounts.models import ApiToken, Invitation
from inventory_project.api.filters import FlagFilter, GivenFilterSet
from inventory_project.kernel import clock


class TokenFilter(GivenFilterSet):
    kind = django_filters.ChoiceFilter(choices=ApiToken.Kind.choices)
    is_active = FlagFilter(method="active", label="Neither revoked nor expired")

    def active(self, tokens: QuerySet[ApiToken], name: str, value: bool) -> QuerySet[ApiToken]:
        works = Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        return tokens.filter(works if value else ~works)


class InvitationFilter(GivenFilterSet):
    is_open = FlagFilter(method="open", label="Can still be accepted")

    def open(self, invitations: QuerySet[Invitation], name: str, value: bool) -> QuerySet[Invitation]:
        waits = Q(accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
        return invitations.filter(waits if value else ~waits)
