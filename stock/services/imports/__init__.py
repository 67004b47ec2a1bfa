"""Imports as jobs: reading files, judging their rows, applying and undoing them."""
