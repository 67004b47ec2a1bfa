"""Paths of the accounts room, relative to /api/, with and without the trailing slash."""

from django.urls import re_path

from accounts.api import (
    auth_views,
    openapi,  # noqa: F401  registers the authentication schemes
    views,
)
from inventory_project.api.routers import Router

router = Router()
router.register("tokens", views.TokenViewSet, basename="token")
router.register("members", views.MemberViewSet, basename="member")
router.register("invitations", views.InvitationViewSet, basename="invitation")

urlpatterns = [
    re_path(r"^auth/register/?$", auth_views.RegisterView.as_view(), name="auth-register"),
    re_path(r"^auth/login/?$", auth_views.LoginView.as_view(), name="auth-login"),
    re_path(r"^auth/logout/?$", auth_views.LogoutView.as_view(), name="auth-logout"),
    re_path(r"^auth/status/?$", auth_views.StatusView.as_view(), name="auth-status"),
    re_path(r"^auth/password/?$", auth_views.PasswordView.as_view(), name="auth-password"),
    re_path(r"^auth/csrf/?$", auth_views.CsrfView.as_view(), name="auth-csrf"),
    re_path(r"^invitations/accept/?$", views.AcceptInvitationView.as_view(), name="invitation-accept"),
    re_path(r"^organization/?$", views.OrganizationDetailView.as_view(), name="organization"),
    *router.urls,
]
