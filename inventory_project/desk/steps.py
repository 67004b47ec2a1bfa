"""Steps taken from a record's page: a question first, then one call of a service, as through the API."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.decorators import action

from inventory_project.desk import pages
from inventory_project.desk.forms import KeyForm, new_key, show_refusal
from inventory_project.desk.session import Desk, desk_of, in_organization, opens_own_scope
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import DomainError

# (desk, record, the form's data) -> one call of a service that opens its own transaction.
Call = Callable[[Desk, Any, dict[str, Any]], object]
Fits = Callable[[Desk, Any], bool]


class StepForm(KeyForm):
    """Nothing but a key. `of_record` adds what depends on the record; it may ask the database, the rest may not."""

    def of_record(self, record: Any) -> None:
        """Add the fields that this record needs."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One verb of a record: `submit` is the button that does it, `done` what is said afterwards.

    It is offered while `fits` says so, to members of `role` and above; the service judges once more.
    """

    name: str
    title: str
    submit: str
    done: str
    call: Call
    fits: Fits
    icon: str = "arrow_forward"
    role: Role = Role.MANAGER
    warning: str = ""
    form: type[StepForm] = StepForm


class WithSteps:
    """A ModelAdmin whose records take steps. `facts_of` says what the question is about."""

    steps: Collection[Step] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for step in cls.steps:
            setattr(cls, step.name, _view_of(step))
        cls.actions_detail = [step.name for step in cls.steps]  # type: ignore[attr-defined]

    def facts_of(self, record: Any) -> list[tuple[str, Any]]:
        return []

    def may_take(self, desk: Desk, step: Step, record: Any) -> bool:
        return desk.may_write(step.role) and step.fits(desk, record)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> Any:
        """Only the steps that this record can take now."""
        actions = super().get_actions_detail(request, object_id)  # type: ignore[misc]
        record = self.get_object(request, str(object_id))  # type: ignore[attr-defined]
        desk = desk_of(request)
        offered = {step.name for step in self.steps if record is not None and self.may_take(desk, step, record)}
        return [one for one in actions if one.method.__name__ in offered]


def _view_of(step: Step) -> Any:
    @opens_own_scope
    def view(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        with in_organization(request) as desk:
            record = self.get_object(request, object_id)
            if record is None:
                raise Http404
            if not desk.may_write(step.role):
                raise PermissionDenied
            if not step.fits(desk, record):
                self.message_user(request, "It has gone on since you looked: this step is over.", messages.WARNING)
                return HttpResponseRedirect(self.url("change", object_id))
            facts = self.facts_of(record)
            form = step.form(request.POST or None, initial={"key": new_key()})
            form.of_record(record)
        if request.method == "POST" and form.is_valid():
            try:
                step.call(desk, record, form.cleaned_data)
                self.message_user(request, step.done, messages.SUCCESS)
                return HttpResponseRedirect(self.url("change", object_id))
            except DomainError as refusal:
                explain(form, refusal)
        with in_organization(request):
            return pages.ask(
                request,
                title=step.title,
                form=form,
                facts=facts,
                warning=step.warning,
                back=self.url("change", object_id),
                submit=step.submit,
            )

    view.__name__ = step.name
    view.__doc__ = step.title
    return action(description=f"{step.submit}…", icon=step.icon, url_path=step.name)(view)


def explain(form: forms.BaseForm, refusal: DomainError) -> None:
    """What a service refused, beside the fields it named; what it said of lines, on top as sentences."""
    of_lines = {name: said for name, said in refusal.fields.items() if isinstance(said, dict)}
    elsewhere = [said for name, said in refusal.fields.items() if isinstance(said, list) and name not in form.fields]
    for name, said in of_lines.items():
        for sentence in _sentences(said):
            form.add_error(None, f"{name.removesuffix('s').replace('_', ' ').capitalize()} {sentence}")
    rest = {name: said for name, said in refusal.fields.items() if name not in of_lines and name in form.fields}
    if rest:
        show_refusal(form, type(refusal)(refusal.detail, fields=rest))
    for sentence in (str(one) for said in elsewhere for one in said):
        form.add_error(None, sentence)
    if not form.errors or (of_lines and not rest):
        form.add_error(None, refusal.detail)


def _sentences(said: dict[str, Any]) -> Iterator[str]:
    for row, errors in said.items():
        texts = errors.values() if isinstance(errors, dict) else [errors]
        for text in texts:
            words = "; ".join(map(str, text)) if isinstance(text, list) else str(text)
            yield f"{row}: {words}"
