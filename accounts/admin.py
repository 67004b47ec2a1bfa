"""People, invitations, tokens and the organisation at the manager's desk. Changing them is the admins' right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
)

from accounts.models import ROLE_CHOICES, ApiToken, Invitation, Membership, Organization
from accounts.selectors import people
from accounts.services import invitations, members, organizations, tokens
from inventory_project.desk import show
from inventory_project.desk.forms import DeskForm, PlaceForm
from inventory_project.desk.model_admin import DeskAdmin
from inventory_project.desk.session import desk_of, find_desk
from inventory_project.kernel import clock
from inventory_project.kernel.access import Role

ROLE_COLORS = {"admin": "danger", "manager": "warning", "staff": "info"}
LONGEST_RESERVATION = 8784  # hours: a leap year
CHANGEABLE = ("role", "sees_costs", "is_active")


class WholeOrganization(DeskAdmin):
    """Changes that reach every store need an admin, and nobody who is limited to some stores."""

    write_role = Role.ADMIN

    def _may_write(self, request: HttpRequest, role: Role) -> bool:
        desk = find_desk(request)
        return desk is not None and desk.access.store_ids is None and super()._may_write(request, role)


class StoresForm(DeskForm):
    """All stores, or some of them."""

    stores = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Counts only when “all stores” is off.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "stores" in self.fields:
            self.fields["stores"].choices = people.list_store_names()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not cleaned.get("all_stores") and not cleaned.get("stores") and "stores" not in self.errors:
            self.add_error("stores", "Choose at least one store, or all of them.")
        return cleaned

    @property
    def chosen_stores(self) -> list[int] | None:
        """The stores' ids; None for all of them."""
        return None if self.cleaned_data["all_stores"] else self.cleaned_data["stores"]


class MemberForm(StoresForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["stores"] = [store.store_id for store in self.instance.stores.all()]


@admin.register(Membership)
class MembershipAdmin(WholeOrganization):
    """People join by invitation, so nobody is added here."""

    icon, place, log_name = "group", 10, "member"
    words = ("member", "members")
    form = MemberForm
    delete_words = "The membership and its tokens end. The person stays, and so does what the log says of it."
    list_display = ["username", "full_name", "email", "role_shown", "where", "sees_costs", "state"]
    list_filter = ["role", "is_active"]
    search_fields = ["user__username", "user__email", "user__first_name", "user__last_name"]
    ordering = ["user__username", "id"]
    fields = ["username", "email", "role", "is_active", "sees_costs", "all_stores", "stores"]
    readonly_fields = ["username", "email"]
    actions = ["deactivate", "activate"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return people.list_members().order_by(*self.ordering)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        writable = self.has_change_permission(request, obj)
        return [name for name in self.fields if writable or name not in ("all_stores", "stores")]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in CHANGEABLE if name in form.changed_data}
        if {"all_stores", "stores"} & set(form.changed_data):
            changes["stores"] = form.chosen_stores
        if changes:
            members.change(membership_id=obj.pk, changes=changes, acting_as=desk_of(request).actor)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        members.remove(membership_id=obj.pk, acting_as=desk_of(request).actor)

    @action(description="Deactivate", permissions=["change"])
    def deactivate(self, request: HttpRequest, chosen: Any) -> None:
        self._set_active(request, chosen, False, "Deactivated")

    @action(description="Activate", permissions=["change"])
    def activate(self, request: HttpRequest, chosen: Any) -> None:
        self._set_active(request, chosen, True, "Activated")

    def _set_active(self, request: HttpRequest, chosen: Any, active: bool, done: str) -> None:
        actor, changes = desk_of(request).actor, {"is_active": active}
        self.each(
            request, chosen, done, lambda one: members.change(membership_id=one.pk, changes=changes, acting_as=actor)
        )

    @show.column("Username", order="user__username")
    def username(self, member: Membership) -> str:
        return member.user.username

    @show.column("Name")
    def full_name(self, member: Membership) -> str:
        return member.user.get_full_name() or show.NOTHING

    @show.column("E-mail")
    def email(self, member: Membership) -> str:
        return member.user.email or show.NOTHING

    @show.column("Role", order="role")
    def role_shown(self, member: Membership) -> Any:
        return show.badge(member.role, ROLE_COLORS[member.role])

    @show.column("Stores")
    def where(self, member: Membership) -> str:
        return "all" if member.all_stores or member.role == Role.ADMIN else str(len(member.stores.all()))

    @show.column("State", order="is_active")
    def state(self, member: Membership) -> Any:
        return show.badge("active", "success") if member.is_active else show.badge("inactive")


class InvitationForm(StoresForm):
    role = forms.ChoiceField(choices=ROLE_CHOICES, initial="staff", widget=UnfoldAdminSelectWidget)
    days = forms.IntegerField(
        min_value=1, max_value=30, initial=7, label="Valid for (days)", widget=UnfoldAdminIntegerFieldWidget
    )


@admin.register(Invitation)
class InvitationAdmin(WholeOrganization):
    """The only way into an organisation. Offers are made and withdrawn, never changed."""

    icon, place, log_name = "mail", 20, "invitation"
    read_role = Role.ADMIN
    form = InvitationForm
    list_display = ["email", "role_shown", "invited_by", "made", "expires", "state"]
    list_select_related = ["invited_by"]
    list_filter = ["role"]
    search_fields = ["email"]
    ordering = ["-id"]
    fields = ["email", "role", "sees_costs", "all_stores", "stores", "days"]
    actions = ["withdraw"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields if obj is None else ["email", "role", "invited_by", "made", "expires", "state"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["invited_by", "made", "expires", "state"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_withdraw_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        said = form.cleaned_data
        invited = invitations.invite(
            email=said["email"],
            role=said["role"],
            store_ids=form.chosen_stores,
            sees_costs=said["sees_costs"],
            lifetime=timedelta(days=said["days"]),
            link_base=request.build_absolute_uri(invitations.JOIN_PATH),
            acting_as=desk_of(request).actor,
        )
        obj.pk = invited.invitation.pk
        self.message_user(request, f"Mailed. The link is shown this once: {invited.link}", messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return HttpResponseRedirect(self.url("changelist"))

    @action(description="Withdraw", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Withdrawn", lambda one: invitations.revoke(invitation=one, acting_as=actor))

    @show.column("Role", order="role")
    def role_shown(self, invitation: Invitation) -> Any:
        return show.badge(invitation.role, ROLE_COLORS[invitation.role])

    @show.column("Made", order="created_at")
    def made(self, invitation: Invitation) -> str:
        return show.instant(invitation.created_at)

    @show.column("Expires", order="expires_at")
    def expires(self, invitation: Invitation) -> str:
        return show.instant(invitation.expires_at)

    @show.column("State")
    def state(self, invitation: Invitation) -> Any:
        if invitation.accepted_at:
            return show.badge("accepted", "success")
        if invitation.revoked_at:
            return show.badge("withdrawn")
        return show.badge("expired") if invitation.expires_at <= clock.now() else show.badge("open", "info")


@admin.register(ApiToken)
class ApiTokenAdmin(DeskAdmin):
    """A member's own tokens; everybody's for admins. Secrets are never shown; new tokens are made through the API."""

    icon, place, log_name = "key", 30, "token"
    words = ("API token", "API tokens")
    list_display = ["prefix", "name", "kind", "owner", "rights", "made", "used", "expires", "state"]
    list_filter = ["kind"]
    search_fields = ["name", "prefix", "membership__user__username"]
    ordering = ["-id"]
    fields = ["prefix", "name", "kind", "owner", "rights", "made", "used", "expires", "state"]
    readonly_fields = fields
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return people.list_tokens(access=desk_of(request).access).order_by(*self.ordering)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, self.write_role)

    @action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Revoked", lambda one: tokens.revoke(token=one, acting_as=actor))

    @show.column("Owner")
    def owner(self, token: ApiToken) -> str:
        return token.membership.user.username

    @show.column("May do")
    def rights(self, token: ApiToken) -> str:
        return "all its owner may" if token.scopes is None else ", ".join(token.scopes)

    @show.column("Made", order="created_at")
    def made(self, token: ApiToken) -> str:
        return show.instant(token.created_at)

    @show.column("Last used", order="last_used_at")
    def used(self, token: ApiToken) -> str:
        return show.instant(token.last_used_at)

    @show.column("Expires", order="expires_at")
    def expires(self, token: ApiToken) -> str:
        return show.instant(token.expires_at) if token.expires_at else "never"

    @show.column("State")
    def state(self, token: ApiToken) -> Any:
        if token.revoked_at:
            return show.badge("revoked", "danger")
        is_over = token.expires_at is not None and token.expires_at <= clock.now()
        return show.badge("expired") if is_over else show.badge("active", "success")


class OrganizationForm(PlaceForm, DeskForm):
    """The organisation's name, clock, money and rules."""

    transfer_tolerance_percent = forms.DecimalField(
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
        label="Transfer tolerance (%)",
        help_text="What may arrive beyond what was dispatched.",
    )
    purchase_tolerance_percent = forms.DecimalField(
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
        label="Purchase tolerance (%)",
        help_text="What a supplier may deliver beyond what was ordered.",
    )
    reservation_hours = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_RESERVATION,
        widget=UnfoldAdminIntegerFieldWidget,
        label="Reservation (hours)",
        help_text="How long a reservation lasts when nobody says.",
    )
    reservation_max_hours = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_RESERVATION,
        widget=UnfoldAdminIntegerFieldWidget,
        label="Longest reservation (hours)",
        help_text="Also when it is extended.",
    )
    alert_overstock_days = forms.IntegerField(
        min_value=1,
        max_value=3650,
        widget=UnfoldAdminIntegerFieldWidget,
        label="Overstock (days)",
        help_text="Stock for more days of expected sales than this raises an alert.",
    )
    alert_overstock_factor = forms.DecimalField(
        min_value=1,
        max_digits=5,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
        label="Overstock (times the order-up-to level)",
        help_text="Stock of more than this raises an alert.",
    )
    alert_dead_days = forms.IntegerField(
        min_value=1,
        max_value=3650,
        widget=UnfoldAdminIntegerFieldWidget,
        label="Dead stock (days)",
        help_text="Stock that did not sell for so many days raises an alert.",
    )

    def clean(self) -> dict[str, Any] | None:
        """The service's own rule, said here first: the database would only name its constraint."""
        cleaned = super().clean()
        usual, longest = (self.cleaned_data.get(name) for name in ("reservation_hours", "reservation_max_hours"))
        if usual is not None and longest is not None and usual > longest:
            self.add_error("reservation_hours", f"Not more than the longest a reservation may last, {longest} hours.")
        return cleaned


@admin.register(Organization)
class OrganizationAdmin(WholeOrganization):
    """The one organisation of the session."""

    icon, place, log_name = "apartment", 40, "organization"
    words = ("organisation", "organisation")
    form = OrganizationForm
    fields = ["name", "slug", *(name for name in organizations.CHANGEABLE if name != "name")]
    readonly_fields = ["slug"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(pk=desk_of(request).access.organization_id)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """There is only one, so its page is the list."""
        return HttpResponseRedirect(self.url("change", desk_of(request).access.organization_id))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        organizations.change(changes=changes, acting_as=desk_of(request).actor)
