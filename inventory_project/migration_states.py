"""Migrations without needless work: what one table gains concerns that table and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED


def _append_option(self: Any, app_label: str, model_name: str, option_name: str, added: Any) -> None:
    """As Django's, but only the model itself hears of a new constraint or index."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], added]
    if "apps" in self.__dict__:  # the models are there as classes already
        setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])


def _remove_option(self: Any, app_label: str, model_name: str, option_name: str, gone: str) -> None:
    """As Django's, but only the model itself hears of a constraint or index that goes."""
    options = self.models[app_label, model_name].options
    options[option_name] = [each for each in options[option_name] if each.name != gone]
    if "apps" in self.__dict__:
        setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])


def _add_model(self: Any, model_state: Any) -> None:
    """As Django's, but nobody else is made anew: whoever refers to the new model waits for it or comes later."""
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


def _add_field(self: Any, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool) -> None:
    """As Django's, but the model's class is given the field instead of being made anew with all that refer to it."""
    if not preserve_default:
        field = field.clone()
        field.default = NOT_PROVIDED
    key = app_label, model_name
    self.models[key].fields[name] = field
    if self._relations is not None:
        self.resolve_model_field_relations(key, name, field)
    if "apps" in self.__dict__:
        field.clone().contribute_to_class(self.apps.get_model(app_label, model_name), name)
        self.apps.clear_cache()


LIGHT = {
    "_append_option": _append_option,
    "_remove_option": _remove_option,
    "add_model": _add_model,
    "add_field": _add_field,
}


@contextmanager
def light() -> Iterator[None]:
    """Until the block ends, a new table, field, constraint or index does not make every related model anew.

    Django makes the classes of all models that refer to the changed one again, and of those that refer to these. With
    each of our tables referring to others that was nearly all that a first start computed; the statements are the same.
    """
    before = {name: getattr(ProjectState, name) for name in LIGHT}
    for name, method in LIGHT.items():
        setattr(ProjectState, name, method)
    try:
        yield
    finally:
        for name, method in before.items():
            setattr(ProjectState, name, method)
