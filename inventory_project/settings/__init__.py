"""Settings, one file per concern, driven by the environment (docs/operations.md lists every variable)."""

from inventory_project.settings.base import *  # noqa: F403
