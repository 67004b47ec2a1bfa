"""Stores at the manager's desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.decorators import action

from inventory_project.desk import show
from inventory_project.desk.forms import PlaceForm, RecordForm
from inventory_project.desk.model_admin import RecordAdmin
from inventory_project.desk.session import desk_of
from inventory_project.kernel.access import Role
from stores import selectors
from stores.models import Store
from stores.services import stores

KIND_COLORS = {"shop": "info", "warehouse": "warning", "online": "success"}


class StoreForm(PlaceForm, RecordForm):
    """A store."""


@admin.register(Store)
class StoreAdmin(RecordAdmin):
    """Managers edit the stores open to them; only admins open and close stores."""

    icon, place, log_name = "storefront", 10, "store"
    service = stores
    form = StoreForm
    add_role = delete_role = Role.ADMIN
    delete_words = "A store with history is closed and not deleted: its past stays readable."

    list_display = ["name", "code", "kind_shown", "region", "location", "time_zone", "state"]
    list_filter = ["kind", "is_active", "region"]
    search_fields = ["code", "name", "location", "region"]
    search_help_text = "Words of code, name or place"
    ordering = ["name", "id"]
    fieldsets = [
        (None, {"fields": ["code", "name", "kind", "location", "region"]}),
        ("Clock and money", {"fields": ["time_zone", "currency", "is_active"]}),
    ]
    actions = ["reopen"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return selectors.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Kind", order="kind")
    def kind_shown(self, store: Store) -> Any:
        return show.badge(store.get_kind_display(), KIND_COLORS[store.kind])

    @show.column("State", order="is_active")
    def state(self, store: Store) -> Any:
        return show.badge("open", "success") if store.is_active else show.badge("closed")

    @action(description="Open again", permissions=["add"])
    def reopen(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Opened again", lambda store: stores.restore(acting_as=actor, record=store))
