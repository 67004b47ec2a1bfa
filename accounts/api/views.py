"""Tokens, members, invitations and the organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import examples, serializers
from accounts.api.auth_views import limit_guessing, proved, signed_in, valid
from accounts.api.filters import InvitationFilter, TokenFilter
from accounts.api.permissions import ManagesOrganization
from accounts.errors import InvalidCredentials
from accounts.models import ApiToken, Invitation, Membership, Organization, User
from accounts.selectors import credentials, people
from accounts.services import invitations, members, organizations, registration, sign_in, tokens
from inventory_project.api import throttles
from inventory_project.api.files import File
from inventory_project.api.views import OrganizationView, OrganizationViewSet
from inventory_project.kernel.access import Access, Role
from inventory_project.kernel.errors import InvalidInput, NotFound
from inventory_project.kernel.request_context import request_id


@extend_schema_view(
    list=extend_schema(summary="List tokens", examples=[examples.page(examples.TOKEN)]),
    retrieve=extend_schema(summary="One token", examples=[examples.answer(examples.TOKEN)]),
)
class TokenViewSet(ListModelMixin, RetrieveModelMixin, OrganizationViewSet):
    """Every member manages its own tokens; admins also see and revoke everybody's."""

    scope_area = "accounts"
    write_role = Role.STAFF
    queryset = ApiToken.unscoped.none()
    serializer_class = serializers.TokenSerializer
    files = {"list": File("tokens")}
    filter_backends = [DjangoFilterBackend]
    filterset_class = TokenFilter
    ordering = ["-id"]

    def get_queryset(self) -> QuerySet[ApiToken]:
        return people.list_tokens(access=self.access)

    @extend_schema(
        summary="Create a token",
        description="For the caller itself, with no more rights than the caller has. The secret is shown once.",
        request=serializers.TokenCreateSerializer,
        responses={201: serializers.IssuedTokenSerializer},
        examples=[
            examples.request({"name": "Till 3", "scopes": ["stock:write", "catalog:read"], "stores": [2]}),
            examples.answer({**examples.TOKEN, "token": examples.SECRET}),
        ],
    )
    def create(self, request: Request) -> Response:
        data = valid(serializers.TokenCreateSerializer(data=request.data))
        member = people.list_members().get(user_id=self.access.user_id)
        # First what is open to the caller: a store out of its reach is answered as one that does not exist.
        tokens.require_within(self.access, member, scopes=data["scopes"], store_ids=data["stores"])
        members.require_known_stores(data["stores"])
        issued = tokens.issue(
            membership=member,
            acting_as=self.actor,
            name=data["name"],
            scopes=data["scopes"],
            store_ids=data["stores"],
            expires_at=data["expires_at"],
        )
        return _issued(issued)

    @extend_schema(
        summary="Rotate a token",
        description="A new secret with the same rights; the old one works for `overlap_hours` longer. For its owner.",
        request=serializers.RotateSerializer,
        responses={201: serializers.IssuedTokenSerializer},
        examples=[
            examples.request({"overlap_hours": 0}),
            examples.answer({**examples.TOKEN, "token": examples.SECRET}),
        ],
    )
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, pk: str) -> Response:
        data = valid(serializers.RotateSerializer(data=request.data))
        token: ApiToken = self.get_object()
        if token.membership.user_id != self.access.user_id:
            raise NotFound()
        member = people.list_members().get(user_id=self.access.user_id)
        tokens.require_within(self.access, member, scopes=token.scopes, store_ids=token.store_ids)
        overlap = timedelta(hours=data["overlap_hours"])
        return _issued(tokens.rotate(token=token, acting_as=self.actor, overlap=overlap))

    @extend_schema(summary="Revoke a token", description="It stops at once.", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        tokens.revoke(token=self.get_object(), acting_as=self.actor)
        return Response(status=204)


def _issued(issued: tokens.Issued) -> Response:
    issued.token.token = issued.secret  # type: ignore[attr-defined]
    return Response(serializers.IssuedTokenSerializer(issued.token).data, status=201)


@extend_schema_view(
    list=extend_schema(summary="List members", examples=[examples.page(examples.MEMBER)]),
    retrieve=extend_schema(summary="One member", examples=[examples.answer(examples.MEMBER)]),
)
class MemberViewSet(ListModelMixin, RetrieveModelMixin, OrganizationViewSet):
    """The organisation's people. Managers see them; admins change them."""

    scope_area = "accounts"
    read_role = Role.MANAGER
    write_role = Role.ADMIN
    permission_classes = [ManagesOrganization]
    queryset = Membership.unscoped.none()
    serializer_class = serializers.MemberSerializer
    files = {"list": File("members")}
    filter_backends: list[Any] = []
    ordering = ["id"]

    def get_queryset(self) -> QuerySet[Membership]:
        return people.list_members()

    @extend_schema(
        summary="Change a member",
        description="Role, stores, sight of costs, active. The last active admin cannot be demoted.",
        request=serializers.MemberChangeSerializer,
        responses={200: serializers.MemberSerializer},
        examples=[examples.request({"role": "staff", "stores": [2]}), examples.answer(examples.MEMBER)],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        changes = valid(serializers.MemberChangeSerializer(data=request.data))
        member = members.change(membership_id=int(pk), changes=changes, acting_as=self.actor)
        return Response(serializers.MemberSerializer(member).data)

    @extend_schema(summary="Remove a member", description="Its tokens end with it.", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        members.remove(membership_id=int(pk), acting_as=self.actor)
        return Response(status=204)


@extend_schema_view(
    list=extend_schema(summary="List invitations", examples=[examples.page(examples.INVITATION)]),
    retrieve=extend_schema(summary="One invitation", examples=[examples.answer(examples.INVITATION)]),
)
class InvitationViewSet(ListModelMixin, RetrieveModelMixin, OrganizationViewSet):
    """Offers to join the organisation: made and withdrawn by admins, accepted by whoever holds the secret."""

    scope_area = "accounts"
    read_role = Role.ADMIN
    write_role = Role.ADMIN
    permission_classes = [ManagesOrganization]
    queryset = Invitation.unscoped.none()
    serializer_class = serializers.InvitationSerializer
    files = {"list": File("invitations")}
    filter_backends = [DjangoFilterBackend]
    filterset_class = InvitationFilter
    ordering = ["-id"]

    def get_queryset(self) -> QuerySet[Invitation]:
        return people.list_invitations()

    @extend_schema(
        summary="Invite somebody",
        description="Mails the link; the answer shows it once, too.",
        request=serializers.InviteSerializer,
        responses={201: serializers.InvitedSerializer},
        examples=[
            examples.request({"email": "bilal@example.com", "role": "manager"}),
            examples.answer(examples.INVITED),
        ],
    )
    def create(self, request: Request) -> Response:
        data = valid(serializers.InviteSerializer(data=request.data))
        invited = invitations.invite(
            email=data["email"],
            role=data["role"],
            store_ids=data["stores"],
            sees_costs=data.get("sees_costs", data["role"] != Role.STAFF),
            lifetime=timedelta(days=data["expires_in_days"]),
            link_base=request.build_absolute_uri(invitations.JOIN_PATH),
            acting_as=self.actor,
        )
        answer: Any = invited.invitation
        answer.token, answer.link = invited.secret, invited.link
        return Response(serializers.InvitedSerializer(answer).data, status=201)

    @extend_schema(summary="Withdraw an invitation", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        invitations.revoke(invitation=self.get_object(), acting_as=self.actor)
        return Response(status=204)


class AcceptInvitationView(OrganizationView):
    """The way in: logged in, with an existing account's password, or as a new person."""

    permission_classes = [AllowAny]
    opens_own_scope = True

    @extend_schema(
        summary="Accept an invitation",
        description="Logged in, only the `token` is needed. Otherwise a username and password: an existing person's, "
        "or those of the account to be made. The answer is that of a login.",
        request=serializers.AcceptSerializer,
        responses={201: serializers.SignedInSerializer},
        examples=[
            examples.request({"token": examples.SECRET, "username": "bilal", "password": "a long phrase of mine"}),
            examples.answer(examples.SIGNED_IN),
        ],
    )
    def post(self, request: Request) -> Response:
        data = valid(serializers.AcceptSerializer(data=request.data))
        user = self._person(request, data)
        organization_id = invitations.accept(text=data["token"], user=user, request_id=request_id())
        joined = [
            membership
            for membership in credentials.list_memberships(user_id=user.pk)
            if membership.access.organization_id == organization_id
        ]
        address = throttles.client_address(request)
        result = sign_in.begin(user=user, membership=joined[0], address=address, request_id=request_id())
        return Response(signed_in(result), status=201)

    def _person(self, request: Request, data: dict[str, Any]) -> User:
        if isinstance(request.auth, Access):
            if request.auth.scopes is not None:
                raise InvalidCredentials("A token limited to some scopes cannot accept an invitation.")
            return User.objects.get(pk=request.auth.user_id)
        missing = {name: ["This field is required."] for name in ("username", "password") if name not in data}
        if missing:
            raise InvalidInput(fields=missing)
        limit_guessing(request, data["username"])
        if User.objects.filter(username=data["username"]).exists():
            user = sign_in.check_password(
                username=data["username"],
                password=data["password"],
                address=throttles.client_address(request),
                request_id=request_id(),
            )
            proved(request, user.username)
            return user
        names = {name: data[name] for name in ("username", "email", "first_name", "last_name")}
        return registration.new_person(password=data["password"], **names)


class OrganizationDetailView(OrganizationView):
    """The caller's organisation: everybody reads it, admins change it."""

    scope_area = "accounts"
    write_role = Role.ADMIN
    permission_classes = [ManagesOrganization]

    @extend_schema(
        summary="The organisation",
        responses={200: serializers.OrganizationSerializer},
        examples=[examples.answer(examples.ORGANIZATION)],
    )
    def get(self, request: Request) -> Response:
        organization = Organization.objects.get(pk=self.access.organization_id)
        return Response(serializers.OrganizationSerializer(organization).data)

    @extend_schema(
        summary="Change the organisation",
        request=serializers.OrganizationSerializer(partial=True),
        responses={200: serializers.OrganizationSerializer},
        examples=[examples.request({"currency": "EUR"}), examples.answer(examples.ORGANIZATION)],
    )
    def patch(self, request: Request) -> Response:
        changes = valid(serializers.OrganizationSerializer(data=request.data, partial=True))
        organization = organizations.change(changes=changes, acting_as=self.actor)
        return Response(serializers.OrganizationSerializer(organization).data)
