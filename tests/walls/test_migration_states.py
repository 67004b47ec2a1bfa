"""Migrations without needless work end at the same models as Django's own."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from inventory_project import migration_states


def described(apps: Apps) -> dict[str, Any]:
    """Every model's fields, the models these refer to, its constraints and indexes, and who refers to it."""
    return {
        model._meta.label: {
            "fields": [f"{field.column} {field.deconstruct()}" for field in model._meta.fields],
            "refers to": [field.related_model._meta.label for field in model._meta.fields if field.is_relation],
            "referred to by": sorted(relation.related_model._meta.label for relation in model._meta.related_objects),
            "constraints": model._meta.constraints,
            "indexes": model._meta.indexes,
        }
        for model in apps.get_models(include_auto_created=True)
    }


def test_the_light_way_ends_at_the_models_of_the_long_way() -> None:
    loader = MigrationLoader(None)
    state = ProjectState(real_apps=loader.unmigrated_apps)
    with migration_states.light():
        assert state.apps  # classes from the beginning, as when there is a database
        for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
            state = loader.graph.nodes[key].mutate_state(state, preserve=False)
    light, whole = described(state.apps), described(loader.project_state().apps)
    assert len(light) > 80
    assert light == whole
