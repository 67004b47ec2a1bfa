"""The operators' own door: sign in, name an organisation and a reason, leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import site
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from accounts.api.auth_views import MODEL_BACKEND
from accounts.selectors import directory
from accounts.services import operators
from inventory_project.admin_site import visits
from inventory_project.admin_site.sign_in import LoginForm, checked, login_page

LOGIN_TITLE = "Operator sign-in"


class VisitForm(forms.Form):
    """Why an operator looks into somebody else's organisation."""

    organization = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(
        min_length=10,
        max_length=300,
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": "Ticket and what has to be looked at"}),
        help_text="The organisation reads this in its log, with your name.",
    )
    may_write = forms.BooleanField(
        required=False,
        label="I must change something",
        widget=UnfoldBooleanSwitchWidget,
        help_text="Without this the visit is read-only.",
    )


@never_cache
@csrf_protect
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login_view(request: HttpRequest) -> HttpResponse:
    """Only people who run the platform pass; a member's password is answered like a wrong one."""
    if request.method != "POST" and visits.is_operator(request):
        return HttpResponseRedirect(reverse("operator-choose"))
    form, status = LoginForm(request.POST or None), 200
    if request.method == "POST":
        user, status = checked(form, request, operators.check_password)
        if user is not None:
            login(request, user, backend=MODEL_BACKEND)
            visits.begin(request)
            return HttpResponseRedirect(reverse("operator-choose"))
    return login_page(request, site, form, status, title=LOGIN_TITLE, operator_door=True)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def choose_view(request: HttpRequest) -> HttpResponse:
    """The organisations by name; entering one needs a reason."""
    if not visits.is_operator(request):
        return HttpResponseRedirect(reverse("operator-login"))
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = directory.find_organization(form.cleaned_data["organization"])
        if chosen is not None:
            visits.leave(request)
            visits.visit(
                request,
                organization_id=chosen.id,
                name=chosen.name,
                reason=form.cleaned_data["reason"],
                may_write=form.cleaned_data["may_write"],
            )
            return HttpResponseRedirect(reverse("admin:index"))
        form.add_error(None, "There is no such organisation.")
    return TemplateResponse(request, "desk/operator.html", _context(request, form), status=422 if form.errors else 200)


def _context(request: HttpRequest, form: VisitForm) -> dict[str, Any]:
    words = request.GET.get("q", "")
    chosen = request.POST.get("organization") or request.GET.get("organization", "")
    known = (
        directory.find_organization(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    )
    if known is not None and not form.is_bound:
        form.initial["organization"] = known.id
    return {
        **site.each_context(request),
        "title": "Enter an organisation",
        "subtitle": None,
        "form": form,
        "words": words,
        "chosen": known,
        "choices": [] if known else directory.find_organizations(words),
        "most": directory.MOST,
    }


@csrf_protect
@require_POST
def logout_view(request: HttpRequest) -> HttpResponse:
    """End the visit and the session."""
    if visits.is_operator(request):
        visits.leave(request)
    logout(request)
    return HttpResponseRedirect(reverse("operator-login"))
