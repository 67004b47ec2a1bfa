"""HTTP shapes: signing in, people, tokens, invitations, the organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from accounts.api.fields import PasswordField, StoresField, UsernameField
from accounts.models import ROLE_CHOICES, ApiToken, Invitation, Membership, Organization
from accounts.selectors.credentials import COSTS_SCOPE
from inventory_project.api.fields import InstantField, KnownFieldsOnly, TextField, existing_currency, existing_time_zone
from inventory_project.kernel import clock

AREAS = ["stock", "catalog", "stores", "audit", "reports", "accounts"]
SCOPES = [f"{area}:{right}" for area in AREAS for right in ("read", "write")] + [COSTS_SCOPE]
MAX_LIFETIME = timedelta(days=3653)
ONCE = "Shown once. Only its SHA-256 is kept."


class OrganizationSerializer(KnownFieldsOnly, serializers.ModelSerializer[Organization]):
    name = TextField(max_length=200)
    time_zone = serializers.CharField(max_length=64, validators=[existing_time_zone])
    currency = serializers.CharField(max_length=3, validators=[existing_currency])
    transfer_tolerance_percent = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        help_text="Units that may arrive beyond what was dispatched, in percent of it.",
    )
    purchase_tolerance_percent = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        help_text="Units a supplier may deliver beyond what was ordered, in percent of it.",
    )
    reservation_hours = serializers.IntegerField(
        min_value=1, max_value=8784, help_text="How long a reservation lasts when nobody says."
    )
    reservation_max_hours = serializers.IntegerField(
        min_value=1, max_value=8784, help_text="The longest a reservation may last, also when it is extended."
    )
    alert_overstock_days = serializers.IntegerField(
        min_value=1, max_value=3650, help_text="Stock for more days of expected sales than this is overstock."
    )
    alert_overstock_factor = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=1,
        help_text="Stock of more than this many times the order-up-to level is overstock.",
    )
    alert_dead_days = serializers.IntegerField(
        min_value=1, max_value=3650, help_text="Stock that did not sell for so many days is dead stock."
    )

    class Meta:
        model = Organization
        fields = [
            "id", "name", "slug", "time_zone", "currency", "allows_negative_stock", "transfers_need_approval",
            "transfer_tolerance_percent", "purchase_tolerance_percent", "reservation_hours", "reservation_max_hours",
            "alert_overstock_days", "alert_overstock_factor", "alert_dead_days", "created_at",
        ]  # fmt: skip
        read_only_fields = ["slug", "created_at"]


class CallerSerializer(serializers.Serializer[Any]):
    """The person behind the credentials, its organisation and its rights there."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    email = serializers.EmailField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    sees_costs = serializers.BooleanField()
    stores = StoresField(help_text="The stores open to the caller; null means all.")
    scopes = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="What the token is limited to; null means nothing is left out.",
    )
    organization = OrganizationSerializer()


class LoginSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = PasswordField()
    organization = serializers.CharField(
        max_length=80, required=False, default="", help_text="Slug or id; needed by members of several organisations."
    )
    session = serializers.BooleanField(
        required=False, default=False, help_text="Also set the session cookie; needs the X-CSRFToken header."
    )


class SignedInSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(help_text=ONCE)
    expires_at = serializers.DateTimeField()
    user = CallerSerializer()


class StatusSerializer(serializers.Serializer[Any]):
    authenticated = serializers.BooleanField()
    user = CallerSerializer(allow_null=True)


class RegisterSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    organization = TextField(max_length=200)
    username = UsernameField()
    email = serializers.EmailField(max_length=254)
    password = PasswordField()
    first_name = TextField(max_length=150, required=False, default="", allow_blank=True)
    last_name = TextField(max_length=150, required=False, default="", allow_blank=True)
    time_zone = serializers.CharField(max_length=64, required=False, default="UTC", validators=[existing_time_zone])
    currency = serializers.CharField(max_length=3, required=False, default="USD", validators=[existing_currency])


class PasswordChangeSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    current_password = PasswordField()
    new_password = PasswordField()


class CsrfSerializer(serializers.Serializer[Any]):
    csrf_token = serializers.CharField(help_text="Send it back in the X-CSRFToken header.")


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token, without its secret."""

    member = serializers.IntegerField(source="membership_id")
    username = serializers.CharField(source="membership.user.username")
    scopes = serializers.ListField(child=serializers.CharField(), allow_null=True)
    stores = StoresField(source="store_ids")

    class Meta:
        model = ApiToken
        fields = [
            "id", "name", "kind", "prefix", "member", "username", "scopes", "stores",
            "created_at", "expires_at", "last_used_at", "revoked_at",
        ]  # fmt: skip
        read_only_fields = fields


class IssuedTokenSerializer(TokenSerializer):
    token = serializers.CharField(help_text=ONCE)

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]
        read_only_fields = fields


class TokenCreateSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    name = TextField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPES),
        allow_null=True,
        allow_empty=False,
        max_length=len(SCOPES),
        required=False,
        default=None,
        help_text="What the token may do; null means everything its owner may.",
    )
    stores = StoresField(required=False, default=None, help_text="Narrows the owner's stores; null means all of them.")
    expires_at = InstantField(allow_null=True, required=False, default=None)

    def validate_expires_at(self, value: Any) -> Any:
        if value is not None and value <= clock.now():
            raise serializers.ValidationError("This is in the past.")
        if value is not None and value - clock.now() > MAX_LIFETIME:
            raise serializers.ValidationError("A token lives ten years at most; null means it does not expire.")
        return value


class RotateSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    overlap_hours = serializers.IntegerField(
        min_value=0, max_value=168, required=False, default=24, help_text="How long the old secret still works."
    )


class MemberSerializer(serializers.ModelSerializer[Membership]):
    username = serializers.CharField(source="user.username")
    email = serializers.EmailField(source="user.email")
    first_name = serializers.CharField(source="user.first_name")
    last_name = serializers.CharField(source="user.last_name")
    stores = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = [
            "id", "user_id", "username", "email", "first_name", "last_name", "role", "stores",
            "sees_costs", "is_active", "created_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_stores(self, member: Membership) -> list[int] | None:
        """The stores open to the member; null means all."""
        return None if member.all_stores else sorted(store.store_id for store in member.stores.all())


class MemberChangeSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=ROLE_CHOICES, required=False)
    stores = StoresField(required=False, help_text="Null means all stores.")
    sees_costs = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    stores = serializers.SerializerMethodField()
    invited_by = serializers.CharField(source="invited_by.username", default=None, allow_null=True)

    class Meta:
        model = Invitation
        fields = [
            "id", "email", "role", "stores", "sees_costs", "invited_by", "created_at", "expires_at",
            "accepted_at", "revoked_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_stores(self, invitation: Invitation) -> list[int] | None:
        """The stores that will be open to the member; null means all."""
        return None if invitation.all_stores else invitation.store_ids


class InvitedSerializer(InvitationSerializer):
    token = serializers.CharField(help_text=ONCE)
    link = serializers.URLField(help_text="Where the invited person accepts; also mailed to it.")

    class Meta(InvitationSerializer.Meta):
        fields = [*InvitationSerializer.Meta.fields, "token", "link"]
        read_only_fields = fields


class InviteSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    stores = StoresField(required=False, default=None, help_text="Null means all stores.")
    sees_costs = serializers.BooleanField(required=False, help_text="By default managers and admins do.")
    expires_in_days = serializers.IntegerField(min_value=1, max_value=30, required=False, default=7)


class AcceptSerializer(KnownFieldsOnly, serializers.Serializer[Any]):
    token = serializers.CharField(max_length=100)
    username = UsernameField(
        required=False, help_text="An existing person's, or a new one's. Not needed when logged in."
    )
    password = PasswordField(required=False)
    email = serializers.EmailField(max_length=254, required=False, default="", allow_blank=True)
    first_name = TextField(max_length=150, required=False, default="", allow_blank=True)
    last_name = TextField(max_length=150, required=False, default="", allow_blank=True)
