"""Registering, logging in and out, status, password, CSRF."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import examples, serializers
from accounts.api.authentication import SESSION_ORGANIZATION, SESSION_TOKEN, SessionAuthentication
from accounts.api.permissions import IsMember, IsWholeMember
from accounts.selectors import credentials, people
from accounts.services import passwords, registration, sign_in
from accounts.services.sign_in import SignedIn
from inventory_project.api import throttles
from inventory_project.api.views import OrganizationView
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access
from inventory_project.kernel.redis import RedisError, client
from inventory_project.kernel.request_context import request_id

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
KNOWN_ADDRESS_SECONDS = 90 * 24 * 3600


def valid(serializer: Any) -> dict[str, Any]:
    """The checked input. Raises a 400 that names each wrong field."""
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def account_bucket(username: str) -> str:
    return f"login-account:{hashlib.sha256(username.lower().encode()).hexdigest()[:24]}"


def limit_guessing(request: HttpRequest | Request, username: str | None = None) -> None:
    """Charge a try to the address and, when one is named, to the account, before anything expensive happens.

    An address the person has signed in from has a bucket of its own: strangers' guesses do not lock the person out.
    """
    limits, address = settings.RATE_LIMITS, throttles.client_address(request)
    throttles.require(f"login-address:{address}", limits["login_address"], strict=True)
    if username is not None:
        throttles.require(_tries(username, address), limits["login_account"], strict=True)


def proved(request: HttpRequest | Request, username: str) -> None:
    """The password was right: the tries are forgiven, and the address is known from now on."""
    address = throttles.client_address(request)
    throttles.forgive(_tries(username, address))
    with suppress(RedisError):
        client().set(_known(username, address), 1, ex=KNOWN_ADDRESS_SECONDS)


def _tries(username: str, address: str) -> str:
    bucket = account_bucket(username)
    with suppress(RedisError):
        if client().exists(_known(username, address)):
            return f"{bucket}:{address}"
    return bucket


def _known(username: str, address: str) -> str:
    return f"known:{account_bucket(username)}:{address}"


def signed_in(result: SignedIn) -> dict[str, Any]:
    with tenancy.scope(result.access.organization_id):
        answer = {
            "token": result.issued.secret,
            "expires_at": result.issued.token.expires_at,
            "user": people.describe(result.access),
        }
        return dict(serializers.SignedInSerializer(answer).data)


class PublicView(APIView):
    """Open to anybody; credentials sent along are not looked at, so a stale token never blocks a login."""

    authentication_classes: Any = []
    permission_classes = [AllowAny]


class RegisterView(PublicView):
    @extend_schema(
        summary="Create an organisation and its admin",
        description="The caller becomes the new organisation's admin. Others join it by invitation.",
        request=serializers.RegisterSerializer,
        responses={201: serializers.SignedInSerializer},
        examples=[
            examples.request(
                {
                    "organization": "Bazaar",
                    "username": "amina",
                    "email": "amina@example.com",
                    "password": "a long phrase of mine",
                    "time_zone": "Asia/Karachi",
                    "currency": "PKR",
                }
            ),
            examples.answer(examples.SIGNED_IN),
        ],
    )
    def post(self, request: Request) -> Response:
        limit_guessing(request)
        data = valid(serializers.RegisterSerializer(data=request.data))
        user = registration.register(**data, request_id=request_id())
        [membership] = credentials.list_memberships(user_id=user.pk)
        address = throttles.client_address(request)
        result = sign_in.begin(user=user, membership=membership, address=address, request_id=request_id())
        return Response(signed_in(result), status=201)


class LoginView(PublicView):
    @extend_schema(
        summary="Log in",
        description="Answers a token that ends by itself. With `session` the browser also gets the session cookie.",
        request=serializers.LoginSerializer,
        responses={200: serializers.SignedInSerializer},
        examples=[
            examples.request({"username": "amina", "password": "a long phrase of mine"}),
            examples.answer(examples.SIGNED_IN),
            examples.refused("invalid_credentials", "The username or password is wrong.", 401),
        ],
    )
    def post(self, request: Request) -> Response:
        data = valid(serializers.LoginSerializer(data=request.data))
        if data["session"]:
            SessionAuthentication().enforce_csrf(request)
        limit_guessing(request, data["username"])
        result = sign_in.sign_in(
            username=data["username"],
            password=data["password"],
            organization=data["organization"],
            address=throttles.client_address(request),
            request_id=request_id(),
        )
        proved(request, data["username"])
        answer = signed_in(result)
        if data["session"]:
            login(request._request, result.user, backend=MODEL_BACKEND)
            request._request.session[SESSION_ORGANIZATION] = result.access.organization_id
            request._request.session[SESSION_TOKEN] = result.issued.token.pk
        return Response(answer)


class LogoutView(OrganizationView):
    permission_classes = [IsMember]

    @extend_schema(
        summary="Log out", description="Revokes the token, or ends the session.", request=None, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        token_id = self.access.token_id
        if token_id is None:
            token_id = request._request.session.get(SESSION_TOKEN)
        sign_in.sign_out(token_id=token_id, access=self.access, acting_as=self.actor)
        if self.access.token_id is None:
            logout(request._request)
        return Response(status=204)


class StatusView(OrganizationView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Who am I?",
        description="An anonymous caller gets `authenticated: false`; a bad token gets 401.",
        responses={200: serializers.StatusSerializer},
        examples=[
            examples.answer({"authenticated": True, "user": examples.CALLER}, "Logged in"),
            examples.answer({"authenticated": False, "user": None}, "Anonymous"),
        ],
    )
    def get(self, request: Request) -> Response:
        user = people.describe(request.auth) if isinstance(request.auth, Access) else None
        return Response(serializers.StatusSerializer({"authenticated": user is not None, "user": user}).data)


class PasswordView(OrganizationView):
    permission_classes = [IsWholeMember]
    opens_own_scope = True

    @extend_schema(
        summary="Change the password",
        description="The person's other tokens and sessions end, in every organisation.",
        request=serializers.PasswordChangeSerializer,
        responses={204: None},
        examples=[
            examples.request({"current_password": "a long phrase of mine", "new_password": "a longer phrase of mine"})
        ],
    )
    def post(self, request: Request) -> Response:
        data = valid(serializers.PasswordChangeSerializer(data=request.data))
        limit_guessing(request, self.access.username)
        kept = self.access.token_id
        user = passwords.change(
            access=self.access,
            current=data["current_password"],
            new=data["new_password"],
            kept_token_id=kept,
            acting_as=self.actor,
        )
        proved(request, user.username)
        if kept is None:
            request._request.user = user
            update_session_auth_hash(request._request, user)
        return Response(status=204)


class CsrfView(PublicView):
    @extend_schema(
        summary="Set the CSRF cookie",
        description="Browsers call this once before logging in with `session`.",
        responses={200: serializers.CsrfSerializer},
    )
    def get(self, request: Request) -> Response:
        return Response({"csrf_token": get_token(request._request)})
