"""What the engine refuses."""

from __future__ import annotations


class EngineInputError(ValueError):
    """The arrays do not fit together, or a setting has no meaning. The sentence names the argument."""
