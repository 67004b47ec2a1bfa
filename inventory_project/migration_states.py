"""Migrations without needless work: a constraint or an index concerns its own table and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


def _append_option(self: Any, app_label: str, model_name: str, option_name: str, added: Any) -> None:
    """As Django's, but only the model itself hears of it."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], added]
    if "apps" in self.__dict__:  # the models are there as classes already
        setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])


@contextmanager
def light() -> Iterator[None]:
    """Until the block ends, a new constraint or index does not make every related model anew.

    Django makes the classes of all models that refer to the changed one again, as for a new field. With each of our
    tables referring to others that was two thirds of what a first start computed; the statements are the same.
    """
    before = ProjectState._append_option  # type: ignore[attr-defined]
    ProjectState._append_option = _append_option  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._append_option = before  # type: ignore[attr-defined]
