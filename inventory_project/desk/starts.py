"""What begins at a list: a new paper, or a decision. A form, a question where it weighs much, one call of a service.

A paper's lines are typed one beside the other; no script is needed for more of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.decorators import action

from inventory_project.desk import pages
from inventory_project.desk.forms import FindByTyping, KeyForm, new_key
from inventory_project.desk.session import Desk, desk_of, in_organization, opens_own_scope
from inventory_project.desk.steps import explain
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import DomainError

ROWS, MOST_ROWS = 5, 200
CONFIRMED, MORE = "confirmed", "more"

# (desk, the form's data, the filled lines) -> one call of a service that opens its own transaction; the id to show.
Call = Callable[[Desk, dict[str, Any], list[dict[str, Any]]], Any]
Review = Callable[[Desk, dict[str, Any]], tuple[Iterable[tuple[str, Any]], str]]


class StartForm(KeyForm):
    """The head of what begins. `at_desk` chooses what this desk may name, in the organisation's scope."""

    def at_desk(self, desk: Desk) -> None:
        """Fill the choices."""


class LineForm(forms.Form):
    """One product, found by typing."""

    def __init__(self, *args: Any, found_in: Any, products: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = FindByTyping(found_in, admin.site, attrs={"aria-label": "Product", "data-placeholder": "Product"})
        self.fields["product"] = forms.ModelChoiceField(products, widget=widget)
        self.order_fields(["product"])


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The rows of a start: `form` of one row, `found_in` the model's field whose products are offered."""

    form: type[LineForm]
    found_in: Any
    least: int = 1
    title: str = "Products"

    def read(self, data: Any) -> BaseFormSet[Any]:
        related = self.found_in.remote_field.model
        made = forms.formset_factory(self.form, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        options = {"found_in": self.found_in, "products": related.objects.all()}
        return made(data, prefix="lines", form_kwargs=options)


@dataclass(frozen=True, kw_only=True)
class Start:
    """One way to begin: offered to members of `role` and above while `fits`; `review` is asked before it happens."""

    name: str
    title: str
    submit: str
    done: str
    call: Call
    form: type[StartForm]
    lines: Lines | None = None
    fits: Callable[[Desk], bool] = lambda desk: True
    review: Review | None = None
    icon: str = "add"
    role: Role = Role.MANAGER
    explanation: str = ""
    sure: str = ""


class WithStarts:
    """A ModelAdmin whose list has a button for each start."""

    starts: Collection[Start] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for start in cls.starts:
            setattr(cls, start.name, _view_of(start))
        cls.actions_list = [start.name for start in cls.starts]  # type: ignore[attr-defined]

    def get_actions_list(self, request: HttpRequest) -> Any:
        """Only what this desk may begin."""
        desk = desk_of(request)
        offered = {start.name for start in self.starts if desk.may_write(start.role) and start.fits(desk)}
        actions = super().get_actions_list(request)  # type: ignore[misc]
        return [one for one in actions if one.method.__name__ in offered]


@dataclass(slots=True)
class _Input:
    """What was sent. `judged` says whether its mistakes are to be shown."""

    form: StartForm
    lines: BaseFormSet[Any] | None
    judged: bool

    def is_valid(self) -> bool:
        heads = self.form.is_valid()
        if self.lines is None:
            return heads
        rows = self.lines.is_valid()
        return heads and rows

    @property
    def filled(self) -> list[dict[str, Any]]:
        return [] if self.lines is None else [row for row in self.lines.cleaned_data if row]


def _view_of(start: Start) -> Any:
    @opens_own_scope
    def view(self: Any, request: HttpRequest) -> HttpResponse:
        with in_organization(request) as desk:
            if not desk.may_write(start.role):
                raise PermissionDenied
            sent = _read(start, desk, request)
            ready = sent.judged and _is_whole(start, sent)
            question = start.review(desk, sent.form.cleaned_data) if ready and start.review else None
        if ready and (question is None or CONFIRMED in request.POST):
            try:
                made = start.call(desk, sent.form.cleaned_data, sent.filled)
                self.message_user(request, start.done, messages.SUCCESS)
                return HttpResponseRedirect(self.url("change", made))
            except DomainError as refusal:
                explain(sent.form, refusal)
                question = None
        with in_organization(request):
            return _asked(self, request, start, sent, question)

    view.__name__ = start.name
    view.__doc__ = start.title
    return action(description=f"{start.title}…", icon=start.icon, url_path=start.name.replace("_", "-"))(view)


def _read(start: Start, desk: Desk, request: HttpRequest) -> _Input:
    data: Any = request.POST.copy() if request.method == "POST" else None
    wants_more = data is not None and MORE in data
    if wants_more:
        given = data.get("lines-TOTAL_FORMS", "")
        shown = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
        data["lines-TOTAL_FORMS"] = str(min(shown + ROWS, MOST_ROWS))
    # Who asks for more rows has not finished: what is typed is shown again, and nothing is judged.
    form = (
        start.form(initial={"key": new_key(), **data.dict()})
        if wants_more
        else start.form(data, initial={"key": new_key()})
    )
    form.at_desk(desk)
    return _Input(form, start.lines.read(data) if start.lines else None, data is not None and not wants_more)


def _is_whole(start: Start, sent: _Input) -> bool:
    if not sent.is_valid():
        if not sent.form.errors:
            sent.form.add_error(None, "Some rows need another look.")
        return False
    if start.lines and len(sent.filled) < start.lines.least:
        sent.form.add_error(None, "Name at least one product.")
        return False
    return True


def _asked(owner: Any, request: HttpRequest, start: Start, sent: _Input, question: Any) -> HttpResponse:
    facts, warning = question or ((), start.explanation)
    if question is not None:
        for field in sent.form.fields.values():
            field.widget = field.hidden_widget()
    return pages.ask(
        request,
        title=start.title,
        form=sent.form,
        facts=facts,
        warning=warning,
        back=owner.url("changelist"),
        submit=start.sure if question is not None else start.submit,
        template="desk/start.html",
        confirming=question is not None,
        lines=sent.lines,
        lines_title=start.lines.title if start.lines else "",
        most_rows=sent.lines is not None and sent.lines.total_form_count() >= MOST_ROWS,
        judged=sent.judged,
        media=sent.form.media + (sent.lines.media if sent.lines is not None else forms.Media()),
    )
