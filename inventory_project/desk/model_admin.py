"""What every room's ModelAdmin is: rights by role, rows by organisation and store, writes by services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.admin import ModelAdmin, TabularInline

from inventory_project.desk import show
from inventory_project.desk.forms import VERSION, DeskForm, FindByTyping, RecordForm
from inventory_project.desk.paging import NoCountChangeList, NoCountPaginator
from inventory_project.desk.session import desk_of, find_desk
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import ChangedMeanwhile, DomainError

MOST_AT_ONCE = 100


class RoleRights:
    """Rights come from the member's role; Django's permission tables are not asked."""

    read_role: ClassVar[Role] = Role.MANAGER
    write_role: ClassVar[Role] = Role.MANAGER
    add_role: ClassVar[Role | None] = None
    delete_role: ClassVar[Role | None] = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        desk = find_desk(request)
        return desk is not None and desk.may_read(self.read_role)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_or_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, self.write_role)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, self.add_role or self.write_role)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, self.delete_role or self.write_role)

    def _may_write(self, request: HttpRequest, role: Role) -> bool:
        desk = find_desk(request)
        return desk is not None and self.has_view_permission(request) and desk.may_write(role)


class NothingToWrite(RoleRights):
    """Rows that nobody adds, changes or deletes here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskAdmin(RoleRights, ModelAdmin):
    """A list and a form over one model of the organisation.

    `store_path` leads from a row to its store, for members limited to some stores; `log_name` is what the log calls
    the object; `icon` and `place` are its line in the menu, `words` one and many of what people call it.
    """

    icon: ClassVar[str] = "table_rows"
    place: ClassVar[int] = 100
    store_path: ClassVar[str] = ""
    log_name: ClassVar[str] = ""
    words: ClassVar[tuple[str, str] | None] = None

    form = DeskForm
    paginator = NoCountPaginator
    show_full_result_count = False
    empty_value_display = show.NOTHING
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    list_disable_select_all = True
    list_filter_submit = True
    warn_unsaved_form = True
    delete_confirmation_template = "desk/delete.html"
    delete_words: ClassVar[str] = "It is deleted."

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        if self.words is not None:
            # Said here and not in the model: the words are for people, and need no migration.
            self.opts.verbose_name, self.opts.verbose_name_plural = self.words

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return NoCountChangeList

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        store_ids = desk_of(request).access.store_ids
        if self.store_path and store_ids is not None:
            rows = rows.filter(**{f"{self.store_path}__in": store_ids})
        return rows

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method == "POST" and not self.get_actions(request):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """A refusal of the service undoes everything, then the same input is shown with what was said about it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", FindByTyping(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """What is shown beside a form is never written by it."""
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        words = {"delete_words": self.delete_words, **(extra_context or {})}
        try:
            return super().delete_view(request, object_id, words)
        except DomainError as refusal:
            self.message_user(request, refusal.detail, messages.ERROR)
            return HttpResponseRedirect(self.url("change", object_id))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The service decides what a deletion means; nothing is collected beforehand."""
        return [], {}, set(), []

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The object's history is the log's."""
        wanted = f"?object_type={self.log_name}&object_id={object_id}"
        return HttpResponseRedirect(reverse("admin:audit_auditentry_changelist") + wanted)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The services have written the log; Django's own knows no organisation and is not kept."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """See log_addition."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """See log_addition."""

    def url(self, page: str, *args: Any) -> str:
        """The address of one of this model's pages."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def each(self, request: HttpRequest, rows: Any, done: str, call: Callable[[Any], Any]) -> None:
        """Run an action on each selected row, on its own merits, and say what became of them."""
        chosen = list(rows[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            self.message_user(request, f"Choose at most {MOST_AT_ONCE} at a time.", messages.ERROR)
            return
        kept = 0
        for row in chosen:
            try:
                with transaction.atomic():
                    call(row)
                kept += 1
            except DomainError as refusal:
                self.message_user(request, f"{row}: {refusal.detail}", messages.ERROR)
        if kept:
            self.message_user(request, f"{done}: {kept}.", messages.SUCCESS)


class ReadOnlyAdmin(NothingToWrite, DeskAdmin):
    """A list and a page per row; nothing can be changed."""


class VersionedAdmin(DeskAdmin):
    """The version that was read travels with the form (see RecordForm)."""

    form = RecordForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        (name, first), *rest = fieldsets
        return [(name, {**first, "fields": [*first["fields"], VERSION]}), *rest]


class RecordAdmin(VersionedAdmin):
    """Versioned records. `service` is the room's module with create, update, remove (and restore)."""

    service: Any

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor = desk_of(request).actor
        if change:
            record = self.current(request, obj)
            values = form.values(changed_only=True)
            saved = self.service.update(acting_as=actor, record=record, values=values, expected=form.expected)
        else:
            saved = self.service.create(acting_as=actor, values=form.values(changed_only=False))
        obj.pk, obj.version = saved.pk, saved.version

    def current(self, request: HttpRequest, obj: Any) -> Any:
        """The record as it is stored; the form has already changed the one it shows."""
        record = self.get_queryset(request).filter(pk=obj.pk).first()
        if record is None:
            raise ChangedMeanwhile()
        return record

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        request.is_gone = self.service.remove(  # type: ignore[attr-defined]
            acting_as=desk_of(request).actor, record=self.current(request, obj)
        )

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        if request.is_gone:  # type: ignore[attr-defined]
            self.message_user(request, f"{obj_display} was deleted.", messages.SUCCESS)
            return HttpResponseRedirect(self.url("changelist"))
        self.message_user(request, f"{obj_display} has history, so it was retired and not deleted.", messages.WARNING)
        return HttpResponseRedirect(self.url("change", obj_id))


class ReadOnlyInline(NothingToWrite, TabularInline):
    """Rows of another room beside a form, to look at."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
