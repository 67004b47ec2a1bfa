"""The roof over the rooms' ModelAdmins: who may enter, in which organisation, and what stands on the first page.

Every page runs, and is rendered, inside `tenancy.scope` of the session's organisation: the scoped managers and
PostgreSQL's row-level security both apply. The session's keys are those of the API's SessionAuthentication, so one
login serves the dashboard and this site.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from unfold.sites import UnfoldAdminSite

from accounts.api.authentication import SESSION_ORGANIZATION, SESSION_TOKEN
from accounts.models import Organization
from accounts.services import operators, sign_in
from inventory_project.admin_site import front_page, visits
from inventory_project.admin_site import sign_in as doors
from inventory_project.desk import show
from inventory_project.desk.model_admin import DeskAdmin
from inventory_project.desk.pages import PAGES
from inventory_project.desk.session import Desk, desk_of, find_desk, in_organization, opens_own_scope
from inventory_project.kernel import tenancy

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ROOMS = {
    "stock": "Stock",
    "forecasting": "Forecasting",
    "catalog": "Catalogue",
    "stores": "Stores",
    "accounts": "People",
    "webhooks": "Webhooks",
    "audit": "Log",
}


class OnhandAdminSite(UnfoldAdminSite):
    """Managers and admins of one organisation; platform operators on an audited visit."""

    index_template = "desk/index.html"
    index_title = "Overview"
    enable_nav_sidebar = True
    final_catch_all_view = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only ModelAdmins that know roles and organisations; Django's own for groups and users do not."""
        if admin_class is not None and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    # -- who may enter -------------------------------------------------------------------------------------------

    def find_desk(self, request: HttpRequest) -> Desk | None:
        """The caller's desk, read anew for every request: a changed role or a lost membership counts at once."""
        if not hasattr(request, "desk"):
            request.desk = self._find_desk(request)  # type: ignore[attr-defined]
        return find_desk(request)

    def _find_desk(self, request: HttpRequest) -> Desk | None:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return None
        if visits.is_operator(request):
            return visits.find_desk(request)
        organization_id = request.session.get(SESSION_ORGANIZATION)
        for membership in doors.desks_of(user.pk):
            if membership.access.organization_id == organization_id:
                return Desk(membership.access, membership.organization_name)
        return None

    def has_permission(self, request: HttpRequest) -> bool:
        return self.find_desk(request) is not None

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Django's wrapper around ours, so that the rights and the CSRF token are checked before a scope is opened."""

        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            desk = desk_of(request)
            if any("\x00" in text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
                return HttpResponseBadRequest("The address holds a character that cannot be stored.")
            if desk.visit is not None:
                self._note_visit(request, desk)
            with timezone.override(_clock(desk)):
                return show_page(request, desk, *args, **kwargs)

        def show_page(request: HttpRequest, desk: Desk, *args: Any, **kwargs: Any) -> HttpResponse:
            if getattr(view, "opens_own_scope", False):
                return view(request, *args, **kwargs)
            with tenancy.scope(desk.access.organization_id):
                if desk.is_read_only:
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION READ ONLY")
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not response.is_rendered:
                    response.render()
            return response

        return super().admin_view(update_wrapper(inside, view), cacheable)

    def _note_visit(self, request: HttpRequest, desk: Desk) -> None:
        with tenancy.scope(desk.access.organization_id, durable=True):
            operators.note_request(actor=desk.actor, method=request.method or "", path=request.get_full_path())
        leaves = request.path == reverse("admin:logout")
        if desk.is_read_only and request.method not in SAFE_METHODS and not leaves:
            raise PermissionDenied("This visit is for reading only.")

    # -- signing in and out --------------------------------------------------------------------------------------

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return doors.login_view(request, self)

    @opens_own_scope
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """End the session, and keep the event in the organisation's log."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        desk = desk_of(request)
        if desk.visit is not None:
            return HttpResponseRedirect(visits.leave(request))
        with in_organization(request):
            sign_in.sign_out(token_id=request.session.get(SESSION_TOKEN), access=desk.access, acting_as=desk.actor)
        logout(request)
        return HttpResponseRedirect(reverse("admin:login"))

    # -- pages ---------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        own = [path("organization/", lambda request: doors.choose_view(request, self), name="choose")]
        own += [path(f"{page.room}/{page.slug}/", self.admin_view(page), name=page.name) for page in PAGES]
        dropped = {"password_change", "password_change_done", "view_on_site", "search"}
        return own + [url for url in super().get_urls() if getattr(url, "name", None) not in dropped]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**front_page.context(desk_of(request)), **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Any:
        """The menu says all that a room's own index would."""
        return HttpResponseRedirect(reverse("admin:index"))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        context["desk"] = self.find_desk(request)
        return context

    def menu(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The rooms with their models and tables, as far as the caller may see them."""
        desk = self.find_desk(request)
        if desk is None:
            return []
        rooms: dict[str, list[tuple[int, str, str, str]]] = {room: [] for room in ROOMS}
        for model, model_admin in self._registry.items():
            if model_admin.has_module_permission(request):
                rooms[model._meta.app_label].append(
                    (
                        model_admin.place,
                        capfirst(str(model._meta.verbose_name_plural)),
                        model_admin.icon,
                        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist",
                    )
                )
        for page in PAGES:
            if desk.may_read(page.read_role):
                rooms[page.room].append((page.place, page.title, page.icon, f"admin:{page.name}"))
        overview = {"title": "Overview", "icon": "home", "link": reverse("admin:index")}
        groups: list[dict[str, Any]] = [{"title": None, "items": [overview]}]
        groups += [
            {"title": ROOMS[room], "items": [self._menu_item(request, *item) for item in sorted(items)]}
            for room, items in rooms.items()
            if items
        ]
        return groups

    @staticmethod
    def _menu_item(request: HttpRequest, place: int, title: str, icon: str, name: str) -> dict[str, Any]:
        link = reverse(name)
        return {"title": title, "icon": icon, "link": link, "active": request.path.startswith(link)}


def _clock(desk: Desk) -> ZoneInfo:
    """The organisation's own clock: by it every time at the desk is shown and every day of a filter begins."""
    with tenancy.scope(desk.access.organization_id):
        return ZoneInfo(Organization.objects.get(pk=desk.access.organization_id).time_zone)


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar."""
    return site.menu(request)  # type: ignore[attr-defined]


def organization_name(request: HttpRequest) -> str:
    """Under the site's title: whose data this is."""
    desk = find_desk(request)
    return desk.organization if desk else "Inventory"


def environment(request: HttpRequest) -> list[str] | None:
    """The word beside the title: an operator's visit before all, then the installation's own label."""
    desk = find_desk(request)
    if desk is not None and desk.visit is not None:
        what = "changes allowed" if desk.visit.may_write else "read-only"
        return [f"Operator, {what}, until {show.instant(desk.visit.until)[-5:]}", "danger"]
    return [settings.ENVIRONMENT_LABEL, "info"] if settings.ENVIRONMENT_LABEL else None


def account_links(request: HttpRequest) -> list[dict[str, str]]:
    """The menu under the caller's name."""
    desk = find_desk(request)
    if desk is None or desk.visit is not None:
        return [{"title": "Choose an organisation", "link": reverse("operator-choose")}]
    return [{"title": "Switch organisation", "link": reverse("admin:choose")}]
