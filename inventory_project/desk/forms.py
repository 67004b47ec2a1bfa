"""Forms whose writes go through services: a refusal is shown at the field it names."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from unfold.widgets import INPUT_CLASSES, UnfoldAdminTextInputWidget

from inventory_project.kernel.errors import DomainError
from inventory_project.kernel.places import is_currency, is_time_zone
from inventory_project.kernel.records import Versions

VERSION = "seen_version"


def show_refusal(form: forms.BaseForm, refusal: DomainError) -> None:
    """Put what a service refused next to the fields it named, and the rest on top."""
    shown = False
    for name, said in refusal.fields.items():
        field = next((one for one in (name, name.removesuffix("_id")) if one in form.fields), None)
        for sentence in said if isinstance(said, list) else [str(said)]:
            form.add_error(field, str(sentence))
            shown = True
    if not shown:
        form.add_error(None, refusal.detail)


class DeskForm(forms.ModelForm):
    """`refusal` is what a service said to this very input a moment ago."""

    refusal: DomainError | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal is not None:
            show_refusal(self, self.refusal)
        return cleaned


class RecordForm(DeskForm):
    """A versioned record. The version that was read travels with the form, so no change is overwritten unseen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = Decimal(f"{value.normalize():f}")  # 4.5 and not 4.5000
        if self.instance.pk and VERSION in self.fields:
            self.initial[VERSION] = self.instance.version
            self.fields[VERSION].required = True

    @property
    def expected(self) -> Versions:
        return frozenset({self.cleaned_data[VERSION]})

    def values(self, *, changed_only: bool) -> dict[str, Any]:
        """The input as services take it: references by id, and on a change only what was changed."""
        names = set(self.changed_data if changed_only else self.cleaned_data) - {VERSION}
        return dict(self.as_service_takes(name, self.cleaned_data[name]) for name in sorted(names))

    def as_service_takes(self, name: str, value: Any) -> tuple[str, Any]:
        if isinstance(self.fields[name], forms.ModelChoiceField):
            return f"{name}_id", None if value is None else value.pk
        return name, value


class PlaceForm(forms.Form):
    """A time zone and a currency that exist."""

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        if not is_time_zone(name):
            raise forms.ValidationError("There is no such time zone. Use a name such as Europe/Madrid.")
        return name

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"]
        if not is_currency(code):
            raise forms.ValidationError("There is no such currency. Use a code such as EUR.")
        return code


def new_key() -> str:
    """What makes sending a form twice harmless."""
    return f"admin-{uuid.uuid4()}"


class KeyForm(forms.Form):
    """A form whose sending counts once, however often it is sent."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why somebody does what cannot be undone."""

    reason = forms.CharField(
        max_length=300,
        min_length=3,
        widget=UnfoldAdminTextInputWidget,
        help_text="Kept with the change and in the log.",
    )


class FindByTyping(AutocompleteSelect):
    """Django's widget fails on a value that cannot be a key; here it shows no choice, and the field says why."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [one for one in value if str(one).isascii() and str(one).isdigit()], attr)

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Django's empties the placeholder; what the form said stands."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-placeholder": base_attrs.get("data-placeholder", "")}


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": " ".join(INPUT_CLASSES)}, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time, by the desk's clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"class": " ".join(INPUT_CLASSES)}, format="%Y-%m-%dT%H:%M")


class ClockInput(forms.TimeInput):
    """The browser's own picker of a time of day, to the minute."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": " ".join(INPUT_CLASSES)}, format="%H:%M")
