"""Signing in to the admin site, and choosing the organisation when there are several."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from rest_framework.exceptions import Throttled
from unfold.widgets import INPUT_CLASSES, UnfoldAdminPasswordToggleWidget

from accounts.api.auth_views import MODEL_BACKEND, limit_guessing, proved
from accounts.api.authentication import SESSION_ORGANIZATION, SESSION_TOKEN
from accounts.models import User
from accounts.selectors import credentials
from accounts.selectors.credentials import KnownMembership
from accounts.services import sign_in
from inventory_project.admin_site import visits
from inventory_project.api import throttles
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import DomainError
from inventory_project.kernel.request_context import request_id

NO_DESK = "This site is for managers and admins of an organisation. Your role has no access to it."


class LoginForm(forms.Form):
    """Checks form only; the service checks the password."""

    username = forms.CharField(
        max_length=150,
        widget=forms.TextInput(attrs={"class": " ".join(INPUT_CLASSES), "autofocus": True, "autocomplete": "username"}),
    )
    password = forms.CharField(
        max_length=256,
        strip=False,
        widget=UnfoldAdminPasswordToggleWidget(attrs={"autocomplete": "current-password"}),
    )


@never_cache
@csrf_protect
@sensitive_post_parameters("password")
def login_view(request: HttpRequest, site: Any) -> HttpResponse:
    """Username and password; as strictly limited and logged as the API's login."""
    if request.method != "POST" and site.has_permission(request):
        return HttpResponseRedirect(next_url(request))
    if request.method != "POST" and request.user.is_authenticated and desks_of(request.user.pk):
        return HttpResponseRedirect(f"{reverse('admin:choose')}?next={next_url(request)}")
    form, status = LoginForm(request.POST or None), 200
    if request.method == "POST":
        user, status = checked(form, request, sign_in.check_password)
        if user is not None:
            desks = desks_of(user.pk)
            if desks:
                return begin(request, user, desks)
            sign_in.refuse_desk(user=user, address=throttles.client_address(request), request_id=request_id())
            form.add_error(None, NO_DESK)
            status = 403
    return login_page(request, site, form, status)


def checked(form: forms.Form, request: HttpRequest, check: Any) -> tuple[User | None, int]:
    """The person, or None with what was wrong added to the form and the status to answer with."""
    if not form.is_valid():
        return None, 400
    try:
        limit_guessing(request, form.cleaned_data["username"])
        user: User = check(**form.cleaned_data, address=throttles.client_address(request), request_id=request_id())
    except Throttled as refusal:
        form.add_error(None, f"Too many attempts. Try again in {int(getattr(refusal, 'wait', None) or 60)} seconds.")
        return None, 429
    except DomainError as refusal:
        form.add_error(None, refusal.detail)
        return None, refusal.status
    proved(request, user.username)
    return user, 200


def login_page(request: HttpRequest, site: Any, form: forms.Form, status: int, **more: Any) -> TemplateResponse:
    context = {**site.each_context(request), "title": "Sign in", "form": form, "subtitle": None, **more}
    return TemplateResponse(request, "desk/login.html", context, status=status)


def begin(request: HttpRequest, user: User, desks: list[KnownMembership]) -> HttpResponse:
    """Start the session: in the only organisation, or with the question which."""
    login(request, user, backend=MODEL_BACKEND)
    visits.end(request)
    request.session.pop(SESSION_ORGANIZATION, None)
    if len(desks) == 1:
        return enter(request, user, desks[0])
    return HttpResponseRedirect(f"{reverse('admin:choose')}?next={next_url(request)}")


def enter(request: HttpRequest, user: User, membership: KnownMembership) -> HttpResponse:
    """Bind the session to one organisation."""
    sign_in.enter_desk(
        user=user, membership=membership, address=throttles.client_address(request), request_id=request_id()
    )
    request.session[SESSION_ORGANIZATION] = membership.access.organization_id
    # A token of a dashboard login belongs to the organisation that is left.
    request.session.pop(SESSION_TOKEN, None)
    return HttpResponseRedirect(next_url(request))


@never_cache
@csrf_protect
def choose_view(request: HttpRequest, site: Any) -> HttpResponse:
    """Which of his organisations a member works in now."""
    user = request.user
    desks = desks_of(user.pk) if isinstance(user, User) and not visits.is_operator(request) else []
    if not desks:
        return HttpResponseRedirect(reverse("admin:login"))
    if request.method == "POST":
        wanted = request.POST.get("organization", "")
        for membership in desks:
            if str(membership.access.organization_id) == wanted:
                return enter(request, user, membership)  # type: ignore[arg-type]
    context = {
        **site.each_context(request),
        "title": "Choose an organisation",
        "subtitle": None,
        "choices": desks,
        "current": request.session.get(SESSION_ORGANIZATION),
        "next": next_url(request),
    }
    return TemplateResponse(request, "desk/choose.html", context)


def desks_of(user_id: int) -> list[KnownMembership]:
    """The organisations in which the person has a desk: as manager or admin."""
    memberships = credentials.list_memberships(user_id=user_id)
    return [membership for membership in memberships if membership.access.role.at_least(Role.MANAGER)]


def next_url(request: HttpRequest) -> str:
    """Where the caller wanted to go, when that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    home = reverse("admin:index")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(home)
    return wanted if is_ours and not wanted.startswith((reverse("admin:login"), reverse("admin:choose"))) else home
