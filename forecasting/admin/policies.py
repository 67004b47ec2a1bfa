"""Restock policies at the desk. The same service as the API's, so the same refusals."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter

from catalog.admin import FoundByProduct
from forecasting.models import RestockPolicy
from forecasting.services import policies
from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.model_admin import RecordAdmin
from inventory_project.desk.session import desk_of

TARGET = ["scope", "store", "product", "category", "abc_class"]


@admin.register(RestockPolicy)
class RestockPolicyAdmin(FoundByProduct, RecordAdmin):
    """What a policy is for is said once; its rule and numbers can be changed."""

    icon, place, log_name = "rule_settings", 40, "restock_policy"
    words = ("restock policy", "restock policies")
    service = policies
    delete_words = "What it was for follows the next wider policy again."
    list_display = ["kind", "scope", "store", "product", "category", "abc_class", "changed"]
    list_filter = [
        ("scope", MultipleChoicesDropdownFilter),
        ("kind", MultipleChoicesDropdownFilter),
        ("store", RelatedFilter),
        ("category", RelatedFilter),
    ]
    list_select_related = ["store", "product", "category"]
    ordering = ["scope", "id"]
    autocomplete_fields = ["store", "product", "category"]
    fieldsets = [
        ("What it is for", {"fields": TARGET}),
        ("Rule", {"fields": ["kind", "service_level", "cycle_days", "factor"]}),
        ("Looking", {"fields": ["review_days", "review_weekday", "lead_time_days"]}),
        ("Minimum and maximum", {"fields": ["least", "most"]}),
        ("Days of cover", {"fields": ["least_days", "most_days"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those for everything, and those for stores the member may see."""
        stores, rows = desk_of(request).access.store_ids, super().get_queryset(request)
        return rows if stores is None else rows.filter(Q(store=None) | Q(store_id__in=stores))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return TARGET if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        desk = desk_of(request)
        who: dict[str, Any] = {"acting_as": desk.actor, "access": desk.access}
        if change:
            values = form.values(changed_only=True)
            record = self.current(request, obj)
            saved = policies.update(record=record, values=values, expected=form.expected, **who)
        else:
            saved = policies.create(values=form.values(changed_only=False), **who)
        obj.pk, obj.version = saved.pk, saved.version

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        desk, record = desk_of(request), self.current(request, obj)
        request.is_gone = policies.remove(  # type: ignore[attr-defined]
            acting_as=desk.actor, access=desk.access, record=record
        )

    @show.column("Changed", order="updated_at")
    def changed(self, policy: RestockPolicy) -> str:
        return show.instant(policy.updated_at)
